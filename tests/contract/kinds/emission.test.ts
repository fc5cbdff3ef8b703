import { describe, expect, it } from 'vitest';
import { parseParams } from '@/lib/nodes/common/parse-params';
import type { EmitContext, KerasLayer, Kind, KindExample, PlainParams, VariableDecl } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { examplesOf } from '@/tests/helpers/examples-of';
import { infer } from './example';

const emitting = Object.entries(kinds).filter(([, { face }]) => face.role === 'op');

describe.each(emitting)('%s', (_, kind) => {
  const emit = kind.emit;

  it('answers how it is written for Keras, PyTorch and ONNX', () => {
    expect(emit?.keras).toBeDefined();
    expect(emit?.torch).toBeDefined();
    expect(emit?.onnx).toBeDefined();
  });

  it.each(examplesOf(kind))('can be written for PyTorch and ONNX, or says why not: $title', (example) => {
    for (const context of contexts(kind, example)) {
      const [torch, onnx] = [emit?.torch(context), emit?.onnx(context)];
      for (const emission of [torch, onnx])
        if (emission && 'unsupported' in emission) expect(emission.unsupported).toMatch(REASON);
      if (torch && 'forward' in torch) {
        // Weights belong to a submodule.
        if (torch.weights) expect(torch.module).toBeDefined();
        for (const helper of torch.helpers ?? []) expect(helper).toMatch(/^\s*(def|class) \w+/);
      }
    }
  });

  it.each(examplesOf(kind))('gives layers that hold all its variables, or says why not: $title', (example) => {
    for (const context of contexts(kind, example)) {
      const emission = emit?.keras(context);
      if (emission === undefined) throw new Error('no emission');
      if (!Array.isArray(emission)) {
        expect(emission.unsupported).toMatch(REASON);
        continue;
      }
      const slots = context.variables.filter(({ perExample }) => !perExample).map(({ slot }) => slot);
      expect(emission.flatMap(({ weights }) => weights).sort()).toEqual([...slots].sort());
      for (const layer of emission) expectLayer(layer);
    }
  });
});

/** A clause that goes after “… cannot be exported to Keras: ”. */
const REASON = /^\S.{10,}[^.\s]$/;

/** An example with each choice and switch of its fields, as far as that is no mistake. */
function contexts(kind: Kind, example: KindExample): (EmitContext & { variables: VariableDecl[] })[] {
  return [...choices(kind.face.fields)].flatMap((set) => {
    const { params } = parseParams(kind.face, { ...example.params, ...set });
    const { outputs, problems = [], variables = [] } = infer(kind, params, example.inputs);
    if (problems.some(({ severity }) => severity === 'error')) return [];
    return [{ params, inputs: example.inputs, outputs, variables }];
  });
}

function* choices(fields: (typeof kinds)[string]['face']['fields']): Generator<PlainParams> {
  yield {};
  for (const [key, field] of Object.entries(fields)) {
    if (field.type === 'choice') for (const { value } of field.choices) yield { [key]: value };
    if (field.type === 'switch') for (const value of [true, false]) yield { [key]: value };
  }
}

function expectLayer({ className, config }: KerasLayer): void {
  expect(className).toMatch(/^[A-Z][A-Za-z0-9]+$/);
  expect(JSON.parse(JSON.stringify(config))).toEqual(config);
  for (const key of Object.keys(config)) expect(key).toMatch(/^[a-z0-9_]+$/);
}
