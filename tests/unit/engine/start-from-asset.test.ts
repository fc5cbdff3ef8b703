import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assetValues } from '@/lib/engine/asset-values';
import { callFunction, weightsOf } from '@/lib/engine/call-function';
import type { EngineHost } from '@/lib/engine/host';
import { exporter } from '@/lib/export/safetensors/safetensors.exporter';
import type { Document } from '@/lib/graph/document';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeAssets } from '@/server/domain/assets/node-assets';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openCpuHost } from '@/server/engine/cpu-host';
import { collectRun } from '@/tests/helpers/collect-run';
import { mlpDocument, programOf, testCards } from '@/tests/helpers/programs';

let folder: string;
let host: EngineHost;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'netloom-assets-'));
  host = await openCpuHost(nodeDatasets());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const network = (): Document => mlpDocument('iris', 'features', [8, 3], { batch: 30, epochs: 3 });

/** What a network says of the first flowers. */
async function answers(program: ReturnType<typeof programOf>, weights: ReturnType<typeof weightsOf>) {
  const iris = await host.datasets.open('iris', {});
  const { features } = iris.read('test', [...Array(15).keys()], ['features']);
  const [fn] = program.functions;
  return callFunction(program, weights, host, fn?.name ?? '', { [fn?.inputs[0]?.name ?? '']: features as never });
}

it('starts another document where an exported one ended, with the same numbers', async () => {
  const document = network();
  const trained = programOf(document);
  const { last } = await collectRun(trained, host);
  const weights = weightsOf(last ?? { tensors: {} });
  const exported = await exporter.export({
    program: trained,
    kinds,
    function: trained.functions[0]?.name ?? '',
    weights,
    document,
    cards: testCards,
    savedAt: new Date(0),
    assets: { tfjsBundle: async () => '' },
  });
  if (!('bytes' in exported)) throw new Error('refused');
  const file = path.join(folder, 'iris.safetensors');
  writeFileSync(file, exported.bytes);
  const assets = nodeAssets({ files: { iris: file } });
  const withAssets = { ...host, assets };

  // The same layers by other names, one of which takes nothing over; nothing is learned.
  const next = network();
  next.graph.nodes.dense0 = {
    ...next.graph.nodes.dense0,
    name: 'first',
    start: { asset: 'iris', scope: 'dense0' },
  } as never;
  next.graph.nodes.dense1 = { ...next.graph.nodes.dense1, start: { asset: 'iris' } } as never;
  Object.assign(next.graph.nodes.adam?.params ?? {}, { rate: 0 });
  const program = programOf(next, testCards, assets.cards());
  const second = await collectRun(program, withAssets, { seed: 99 });
  const kept = weightsOf(second.last ?? { tensors: {} });
  expect(kept).toEqual(weights);
  expect(await answers(program, kept)).toEqual(await answers(trained, weights));

  // A run goes on from its own checkpoints, without the file.
  const { last: paused } = await collectRun(program, withAssets, { seed: 99, pauseAfter: 5 });
  const resumed = await collectRun(program, host, { seed: 99, ...(paused && { resume: paused }) });
  expect(weightsOf(resumed.last ?? { tensors: {} })).toEqual(weights);
});

it('says what is wrong where the file is gone, or is another one than it was', async () => {
  const next = network();
  next.graph.nodes.dense1 = { ...next.graph.nodes.dense1, start: { asset: 'head' } } as never;
  const tensors = {
    'dense1/kernel': { shape: [8, 3], dtype: 'float32' as const },
    'dense1/bias': { shape: [3], dtype: 'float32' as const },
  };
  const program = programOf(next, testCards, { head: { id: 'head', title: 'head', tensors } });
  await expect(assetValues(program, host)).rejects.toThrow('cannot be read here');
  await expect(assetValues(program, { ...host, assets: nodeAssets({}) })).rejects.toThrow('not on this machine');
  const assets = {
    card: async () => undefined,
    read: async () => ({ 'dense1/kernel': { shape: [4, 3], data: new Float32Array(12) } }),
  };
  await expect(assetValues(program, { ...host, assets })).rejects.toThrow('should be 8×3, but is 4×3');
});
