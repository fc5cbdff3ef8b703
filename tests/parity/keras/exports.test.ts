import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import type { Program } from '@/lib/compile/program';
import { rowByRow } from '@/lib/engine/batches';
import { callFunction } from '@/lib/engine/call-function';
import type { EngineHost } from '@/lib/engine/host';
import type { Exporter } from '@/lib/export/exporter';
import { exporters } from '@/lib/export/exporters.generated';
import { emptyDocument } from '@/lib/graph/document';
import type { HostTensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import { PEERS_TIMEOUT, preparePeers } from '@/tests/helpers/venv';
import { predictWithTfjs } from '../tfjs/load-tfjs';
import { askPeer, expectClose } from './peer';
import { seededTensor, seededWeights } from './seeded';
import { parityCard, type SeededModel, seededModels } from './seeded-models';

const models = seededModels();
const formats: Record<string, Exporter> = exporters;

interface Case {
  model: SeededModel;
  inputs: Record<string, HostTensor>;
  ours: HostTensor;
  tfjs: Uint8Array;
}

let host: EngineHost;
let peer: Awaited<ReturnType<typeof askPeer>>;
const cases = new Map<string, Case>();

/** As the data set's node has them. */
const ORDERS = ['shuffled', 'stored', 'rows'];

const ordered = (program: Program, order: string): Program => ({
  ...program,
  ops: program.ops.map((op) => (op.kind === 'dataset' ? { ...op, params: { ...op.params, order } } : op)),
});

async function exported(format: string, model: SeededModel): Promise<Uint8Array> {
  const result = await formats[format]?.export({
    program: model.program,
    kinds,
    function: 'answer',
    weights: seededWeights(model.program),
    document: emptyDocument(model.title),
    cards: { parity: parityCard },
    savedAt: new Date('2026-11-24T12:00:00Z'),
    assets: {
      tfjsBundle: () => readFile(createRequire(import.meta.url).resolve('@tensorflow/tfjs/dist/tf.min.js'), 'utf8'),
    },
  });
  if (!result || !('bytes' in result)) throw new Error(JSON.stringify(result));
  return result.bytes;
}

beforeAll(async () => {
  await preparePeers();
  host = await openNodeHost({ engine: 'auto', threads: 2, datasets: nodeDatasets() });
  const files: Record<string, Uint8Array> = {};
  const tensors: Record<string, HostTensor> = {};
  for (const model of models) {
    const fn = model.program.functions.find((one) => one.name === 'answer');
    const inputs = Object.fromEntries(
      (fn?.inputs ?? []).map(({ name, value }) => {
        const spec = model.program.values[value];
        if (!spec) throw new Error(value);
        return [name, seededTensor(spec, name)];
      }),
    );
    const { answer } = callFunction(model.program, seededWeights(model.program), host, 'answer', inputs);
    if (!answer) throw new Error('no answer');
    files[`${model.name}/model.keras`] = await exported('keras', model);
    files[`${model.name}/model.py`] = await exported('keras-code', model);
    for (const [name, tensor] of Object.entries(inputs)) tensors[`${model.name}/${name}`] = tensor;
    cases.set(model.name, { model, inputs, ours: answer, tfjs: await exported('tfjs', model) });
  }
  tensors['mlp/label'] = { data: Int32Array.of(0, 1, 2, 0, 1, 2), shape: [6] };
  for (const order of ORDERS) {
    const model = required(cases.get('mlp'), 'mlp').model;
    files[`${order}/model.py`] = await exported('keras-code', { ...model, program: ordered(model.program, order) });
  }
  const request = {
    ordered: ORDERS.map((name) => ({ name })),
    cases: models.map(({ name }) => ({
      name,
      inputs: Object.keys(cases.get(name)?.inputs ?? {}),
      code: true,
      ...(name === 'mlp' ? { train: 'label' } : {}),
    })),
  };
  peer = await askPeer('./load_models.py', request, files, tensors);
}, PEERS_TIMEOUT);

afterAll(() => peer?.close());

describe.each(models.map((model) => [model.name, model] as const))('%s', (name, model) => {
  const one = () => {
    const found = cases.get(name);
    if (!found) throw new Error(name);
    return found;
  };
  const facts = () =>
    (
      peer.answer.facts as Record<
        string,
        { parameters: number; names: string[]; code_names: string[]; losses?: number[] }
      >
    )[name];

  it('says something that depends on its weights', () => {
    expect(new Set(one().ours.data).size).toBeGreaterThan(6);
  });

  it('predicts the same in real Keras from the .keras file', async () => {
    expectClose(await peer.tensor(`${name}/keras`), one().ours);
    const sizes = model.program.variables.map(({ shape }) => shape.reduce((product, length) => product * length, 1));
    expect(facts()?.parameters).toBe(sizes.reduce((sum, size) => sum + size, 0));
  });

  it('predicts the same from the Python code with the weights beside it', async () => {
    expectClose(await peer.tensor(`${name}/code`), one().ours);
    expect(facts()?.code_names).toEqual(facts()?.names);
  });

  it('predicts the same in TensorFlow.js from the ZIP', async () => {
    expectClose(await predictWithTfjs(one().tfjs, one().inputs), one().ours);
    expect(Buffer.from(unzipSync(one().tfjs)['README.txt'] ?? []).toString('utf8')).toContain('Input');
  });
});

it('trains on with the exported code', () => {
  const { mlp } = peer.answer.facts as Record<string, { losses?: number[] }>;
  expect(mlp?.losses).toHaveLength(2);
  for (const loss of mlp?.losses ?? []) expect(Number.isFinite(loss)).toBe(true);
});

it.each([
  ['shuffled', true, [0, 1, 2, 3, 4, 5, 6]],
  ['stored', false, [0, 1, 2, 3, 4, 5, 6]],
  ['rows', false, [...rowByRow(7, 2)]],
])('trains on examples that are %s as the document does', async (order, shuffle, rows) => {
  expect(peer.answer.facts).toMatchObject({ [order]: { shuffle } });
  expect([...(await peer.tensor(`${order}/targets`)).data]).toEqual(rows);
  expect([...(await peer.tensor(`${order}/inputs`)).data]).toEqual(rows.flatMap((row) => [row, row]));
});
