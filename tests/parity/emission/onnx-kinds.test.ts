import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exporter } from '@/lib/export/onnx/onnx.exporter';
import type { HostTensor } from '@/lib/nodes/kind';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import { PEERS_TIMEOUT, preparePeers } from '@/tests/helpers/venv';
import { askPeer, expectClose } from '../keras/peer';
import { answerOf, exportInput, inputsOf, isRandom } from './emitted-model';
import { oneOpModels } from './one-op-models';

/** Every example of every kind as an ONNX file, checked by ONNX' own checker and run by ONNX Runtime. */
const suites = oneOpModels();
const ours = new Map<string, HostTensor>();
/** Answers that are another each time: only their shapes are compared. */
const random = new Set<string>();
const refused = new Map<string, string>();
let peer: Awaited<ReturnType<typeof askPeer>>;

beforeAll(async () => {
  await preparePeers();
  const host = await openNodeHost({ engine: 'cpu', threads: 1, datasets: nodeDatasets() });
  const files: Record<string, Uint8Array> = {};
  const tensors: Record<string, HostTensor> = {};
  const cases: { name: string; file: string; inputs: Record<string, string> }[] = [];
  for (const model of suites.flatMap(({ models }) => models)) {
    for (const [key, tensor] of Object.entries(model.inputs)) tensors[`${model.name}/${key}`] = tensor;
    for (const { name: fn } of model.program.functions) {
      const name = `${model.name}/${fn}`;
      const exported = await exporter.export(exportInput(model, fn));
      if ('diagnostics' in exported) {
        refused.set(name, exported.diagnostics.map(({ message }) => message).join('\n'));
        continue;
      }
      files[`${name}.onnx`] = exported.bytes;
      ours.set(name, answerOf(model, fn, host));
      if (isRandom(model, fn, host)) random.add(name);
      const inputs = Object.fromEntries(inputsOf(model, fn).map((input) => [input, `${model.name}/${input}`]));
      cases.push({ name, file: `${name}.onnx`, inputs });
    }
  }
  peer = await askPeer('../emission/run_onnx.py', { cases }, files, tensors);
}, PEERS_TIMEOUT);

afterAll(() => peer?.close());

it('compares most kinds', () => {
  const compared = suites.filter(({ models }) => models.some(({ name }) => ours.has(`${name}/y`)));
  expect(compared.length).toBeGreaterThan(suites.length * 0.8);
});

describe.each(suites)('$id', ({ models }) => {
  it.each(models)('gives the same numbers in ONNX Runtime, or says why not: $title', async ({ name, program }) => {
    for (const fn of program.functions) {
      const key = `${name}/${fn.name}`;
      const wanted = ours.get(key);
      expect((peer.answer.problems as Record<string, string>)[key]).toBeUndefined();
      if (wanted && random.has(key)) expect((await peer.tensor(key)).shape).toEqual(wanted.shape);
      else if (wanted) expectClose(await peer.tensor(key), wanted);
      else expect(refused.get(key)).toMatch(/cannot be exported to ONNX: /);
    }
  });
});
