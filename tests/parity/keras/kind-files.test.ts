import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { callFunction } from '@/lib/engine/call-function';
import { exporter as keras } from '@/lib/export/keras/keras.exporter';
import { exporter as code } from '@/lib/export/keras-code/keras-code.exporter';
import type { HostTensor } from '@/lib/nodes/kind';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import { examplesOf } from '@/tests/helpers/examples-of';
import { PEERS_TIMEOUT, preparePeers } from '@/tests/helpers/venv';
import { exampleModel, exportInput, layerKinds } from './example-models';
import { askPeer, expectClose } from './peer';

/**
 * Every example of every kind that Keras has layers for, as a file with weights and as code. Callers and gradients are
 * left to the whole models of `tests/parity/emission`: alone they have no block to call and no way to differentiate.
 */
const ours = new Map<string, HostTensor>();
const refused: string[] = [];

/** `NETLOOM_KINDS=lstm,gru` tries these alone. */
const chosen = process.env.NETLOOM_KINDS?.split(',');
const tried = layerKinds()
  .filter(([id, { face }]) => face.calls === undefined && id !== 'gradient' && chosen?.includes(id) !== false)
  .flatMap(([id, kind]) =>
    examplesOf(kind).map((example, at) => ({ id, kind, example, name: `${id}_${at}`.replaceAll('-', '_') })),
  );
let peer: Awaited<ReturnType<typeof askPeer>>;

beforeAll(async () => {
  await preparePeers();
  const host = await openNodeHost({ engine: 'cpu', threads: 1, datasets: nodeDatasets() });
  const files: Record<string, Uint8Array> = {};
  const tensors: Record<string, HostTensor> = {};
  const cases: { name: string; inputs: string[]; code: boolean }[] = [];
  for (const { id, kind, example, name } of tried) {
    const model = exampleModel(kind, example, example.params ?? {});
    if (!model) throw new Error(`${example.title} of ${id} does not compile`);
    const [file, script] = [await keras.export(exportInput(model, id)), await code.export(exportInput(model, id))];
    if (!('bytes' in file && 'bytes' in script)) {
      refused.push(name);
      continue;
    }
    files[`${name}/model.keras`] = file.bytes;
    files[`${name}/model.py`] = script.bytes;
    for (const [input, tensor] of Object.entries(model.inputs)) tensors[`${name}/${input}`] = tensor;
    const { answer } = callFunction(model.program, model.weights, host, 'answer', model.inputs);
    ours.set(name, required(answer, name));
    cases.push({ name, inputs: Object.keys(model.inputs), code: true });
  }
  peer = await askPeer('./load_models.py', { cases }, files, tensors);
}, PEERS_TIMEOUT);

afterAll(() => peer?.close());

it('compares most kinds', () => {
  expect(ours.size).toBeGreaterThan(chosen ? 0 : 40);
});

describe.each(tried)('$id: $example.title', ({ name }) => {
  it('comes back from its file and from its code, or is refused', async () => {
    const answer = ours.get(name);
    if (!answer) return expect(refused).toContain(name);
    expectClose(await peer.tensor(`${name}/keras`), answer);
    expectClose(await peer.tensor(`${name}/code`), answer);
  });
});
