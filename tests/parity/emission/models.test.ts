import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exporter as keras } from '@/lib/export/keras/keras.exporter';
import { exporter as kerasCode } from '@/lib/export/keras-code/keras-code.exporter';
import { exporter as onnx } from '@/lib/export/onnx/onnx.exporter';
import type { HostTensor } from '@/lib/nodes/kind';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import { runTorch, torchMissing } from '@/tests/helpers/torch';
import { PEERS_TIMEOUT, preparePeers } from '@/tests/helpers/venv';
import { askPeer, expectClose } from '../keras/peer';
import { answerOf, exportInput, inputsOf } from './emitted-model';
import { type TorchCase, torchFiles } from './torch-files';
import { wholeModels } from './whole-models';

/** Whole networks, written as ONNX files, PyTorch modules and, where it has layers for them, for Keras, and run there. */
const missing = await torchMissing();
const models = wholeModels();
const functions = models.flatMap((model) =>
  model.program.functions.map(({ name: fn }) => ({ name: `${model.name}/${fn}`, model, fn })),
);
const ours = new Map<string, HostTensor>();
let runtime: Awaited<ReturnType<typeof askPeer>>;
let layers: Awaited<ReturnType<typeof askPeer>>;
/** What Keras has no layers for. */
const refused: string[] = [];
/** Names of layers there are words. */
const kerasName = (input: string): string => input.replaceAll('-', '_');
let torch: Awaited<ReturnType<typeof askPeer>>;

beforeAll(async () => {
  await preparePeers();
  const host = await openNodeHost({ engine: 'cpu', threads: 1, datasets: nodeDatasets() });
  const tensors: Record<string, HostTensor> = {};
  const onnxFiles: Record<string, Uint8Array> = {};
  const modules: Record<string, Uint8Array> = {};
  const onnxCases: { name: string; file: string; inputs: Record<string, string> }[] = [];
  const torchCases: TorchCase[] = [];
  const kerasFiles: Record<string, Uint8Array> = {};
  const kerasTensors: Record<string, HostTensor> = {};
  const kerasCases: { name: string; inputs: string[]; code: boolean }[] = [];
  for (const { name, model, fn } of functions) {
    for (const [key, tensor] of Object.entries(model.inputs)) tensors[`${model.name}/${key}`] = tensor;
    ours.set(name, answerOf(model, fn, host));
    const exported = await onnx.export(exportInput(model, fn));
    if ('diagnostics' in exported) throw new Error(JSON.stringify(exported.diagnostics));
    onnxFiles[`${name}.onnx`] = exported.bytes;
    const inputs = Object.fromEntries(inputsOf(model, fn).map((input) => [input, `${model.name}/${input}`]));
    onnxCases.push({ name, file: `${name}.onnx`, inputs });
    const made = await torchFiles(model, fn, name);
    if ('refused' in made) throw new Error(made.refused);
    Object.assign(modules, made.files);
    torchCases.push(made.case);
    const key = name.replaceAll('/', '_');
    const [file, script] = [await keras.export(exportInput(model, fn)), await kerasCode.export(exportInput(model, fn))];
    if (!('bytes' in file && 'bytes' in script)) {
      refused.push(name);
      continue;
    }
    kerasFiles[`${key}/model.keras`] = file.bytes;
    kerasFiles[`${key}/model.py`] = script.bytes;
    for (const input of inputsOf(model, fn)) {
      const tensor = model.inputs[input];
      if (tensor) kerasTensors[`${key}/${kerasName(input)}`] = tensor;
    }
    kerasCases.push({ name: key, inputs: inputsOf(model, fn).map(kerasName), code: true });
  }
  layers = await askPeer('./load_models.py', { cases: kerasCases }, kerasFiles, kerasTensors);
  runtime = await askPeer('../emission/run_onnx.py', { cases: onnxCases }, onnxFiles, tensors);
  if (missing === null)
    torch = await askPeer('../emission/run_torch.py', { cases: torchCases }, modules, tensors, runTorch);
}, PEERS_TIMEOUT);

afterAll(() => Promise.all([runtime?.close(), torch?.close(), layers?.close()]));

it('has layers and operations of Keras for all but two', () => {
  expect(refused).toEqual(['staged/answer', 'tied/again']);
});

describe.each(functions)('$name', ({ name }) => {
  const wanted = () => {
    const answer = ours.get(name);
    if (!answer) throw new Error(name);
    return answer;
  };

  it('says something that depends on its input', () => {
    expect(new Set(wanted().data).size).toBeGreaterThan(5);
  });

  it('predicts the same in ONNX Runtime', async () => {
    expect((runtime.answer.problems as Record<string, string>)[name]).toBeUndefined();
    expectClose(await runtime.tensor(name), wanted());
  });

  it('predicts the same in Keras, from the file and from the code', async (context) => {
    if (refused.includes(name)) return context.skip('Keras has no layers for it');
    const key = name.replaceAll('/', '_');
    expectClose(await layers.tensor(`${key}/keras`), wanted());
    expectClose(await layers.tensor(`${key}/code`), wanted());
  });

  it('predicts the same in PyTorch', async (context) => {
    if (missing) return context.skip(missing);
    expect((torch.answer.problems as Record<string, string>)[name]).toBeUndefined();
    expectClose(await torch.tensor(name), wanted());
  });
});
