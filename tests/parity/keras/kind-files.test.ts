import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { callFunction } from '@/lib/engine/call-function';
import { exporter as keras } from '@/lib/export/keras/keras.exporter';
import { exporter as code } from '@/lib/export/keras-code/keras-code.exporter';
import type { HostTensor } from '@/lib/nodes/kind';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import { PEERS_TIMEOUT, preparePeers } from '@/tests/helpers/venv';
import { exampleModel, exportInput, layerKinds } from './example-models';
import { askPeer, expectClose } from './peer';

/** The first example of every kind that Keras has layers for, as a file with weights and as code. */
const ours = new Map<string, HostTensor>();
const refused: string[] = [];
let peer: Awaited<ReturnType<typeof askPeer>>;

beforeAll(async () => {
  await preparePeers();
  const host = await openNodeHost({ engine: 'cpu', threads: 1, datasets: nodeDatasets() });
  const files: Record<string, Uint8Array> = {};
  const tensors: Record<string, HostTensor> = {};
  const cases: { name: string; inputs: string[]; code: boolean }[] = [];
  for (const [id, kind] of layerKinds()) {
    const [example] = kind.face.examples;
    const model = example && exampleModel(kind, example, example.params ?? {});
    if (!model) throw new Error(`the first example of ${id} does not compile`);
    const [file, script] = [await keras.export(exportInput(model, id)), await code.export(exportInput(model, id))];
    if (!('bytes' in file && 'bytes' in script)) {
      refused.push(id);
      continue;
    }
    const name = id.replaceAll('-', '_');
    files[`${name}/model.keras`] = file.bytes;
    files[`${name}/model.py`] = script.bytes;
    for (const [input, tensor] of Object.entries(model.inputs)) tensors[`${name}/${input}`] = tensor;
    const { answer } = callFunction(model.program, model.weights, host, 'answer', model.inputs);
    ours.set(id, required(answer, id));
    cases.push({ name, inputs: Object.keys(model.inputs), code: true });
  }
  peer = await askPeer('./load_models.py', { cases }, files, tensors);
}, PEERS_TIMEOUT);

afterAll(() => peer?.close());

it('compares most kinds', () => {
  expect(ours.size).toBeGreaterThan(20);
});

describe.each(layerKinds())('%s', (id) => {
  it('comes back from its file and from its code, or is refused', async () => {
    const answer = ours.get(id);
    if (!answer) return expect(refused).toContain(id);
    const name = id.replaceAll('-', '_');
    expectClose(await peer.tensor(`${name}/keras`), answer);
    expectClose(await peer.tensor(`${name}/code`), answer);
  });
});
