import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostTensor } from '@/lib/nodes/kind';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import { runTorch, torchMissing } from '@/tests/helpers/torch';
import { PEERS_TIMEOUT } from '@/tests/helpers/venv';
import { askPeer, expectClose } from '../keras/peer';
import { answerOf, isRandom } from './emitted-model';
import { oneOpModels } from './one-op-models';
import { type TorchCase, torchFiles } from './torch-files';

/** Every example of every kind as PyTorch code, loaded with its weights and run by PyTorch. */
const missing = await torchMissing();
const suites = oneOpModels();
const ours = new Map<string, HostTensor>();
/** Answers that are another each time: only their shapes are compared. */
const random = new Set<string>();
const refused = new Map<string, string>();
let peer: Awaited<ReturnType<typeof askPeer>>;

beforeAll(async () => {
  if (missing) return;
  const host = await openNodeHost({ engine: 'cpu', threads: 1, datasets: nodeDatasets() });
  const files: Record<string, Uint8Array> = {};
  const tensors: Record<string, HostTensor> = {};
  const cases: TorchCase[] = [];
  for (const model of suites.flatMap(({ models }) => models)) {
    for (const [key, tensor] of Object.entries(model.inputs)) tensors[`${model.name}/${key}`] = tensor;
    for (const { name: fn } of model.program.functions) {
      const name = `${model.name}/${fn}`;
      const made = await torchFiles(model, fn, name);
      if ('refused' in made) {
        refused.set(name, made.refused);
        continue;
      }
      Object.assign(files, made.files);
      ours.set(name, answerOf(model, fn, host));
      if (isRandom(model, fn, host)) random.add(name);
      cases.push(made.case);
    }
  }
  peer = await askPeer('../emission/run_torch.py', { cases }, files, tensors, runTorch);
}, PEERS_TIMEOUT);

afterAll(() => peer?.close());

it('compares most kinds', (context) => {
  if (missing) return context.skip(missing);
  const compared = suites.filter(({ models }) => models.some(({ name }) => ours.has(`${name}/y`)));
  expect(compared.length).toBeGreaterThan(suites.length * 0.8);
});

describe.each(suites)('$id', ({ models }) => {
  it.for(models)('gives the same numbers in PyTorch, or says why not: $title', async ({ name, program }, context) => {
    if (missing) return context.skip(missing);
    for (const fn of program.functions) {
      const key = `${name}/${fn.name}`;
      expect((peer.answer.problems as Record<string, string>)[key]).toBeUndefined();
      const wanted = ours.get(key);
      if (wanted && random.has(key)) expect((await peer.tensor(key)).shape).toEqual(wanted.shape);
      else if (wanted) expectClose(await peer.tensor(key), wanted);
      else expect(refused.get(key)).toMatch(/cannot be exported to PyTorch: /);
    }
  });
});
