import { describe, expect, it } from 'vitest';
import type { KerasLayer, PlainParams } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { parseParams } from '@/lib/nodes/parse-params';
import { infer } from './example';

const emitting = Object.entries(kinds).filter(([, { face }]) => face.role === 'op');

describe.each(emitting)('%s', (_, kind) => {
  const emit = kind.emit;

  it('answers how it is written for Keras', () => {
    expect(emit).toBeDefined();
  });

  it.each(kind.face.examples)('gives layers that hold all its variables, or says why not: $title', (example) => {
    for (const set of choices(kind.face.fields)) {
      const { params } = parseParams(kind.face, { ...example.params, ...set });
      const inference = infer(kind.face, params, example.inputs);
      if (inference.problems?.some(({ severity }) => severity === 'error')) continue;
      const emission = emit?.keras({ params, inputs: example.inputs, outputs: inference.outputs });
      if (emission === undefined) throw new Error('no emission');
      if (!Array.isArray(emission)) {
        expect(emission.unsupported.length).toBeGreaterThan(10);
        continue;
      }
      const slots = (inference.variables ?? []).map(({ slot }) => slot);
      expect(emission.flatMap(({ weights }) => weights).sort()).toEqual([...slots].sort());
      for (const layer of emission) expectLayer(layer);
    }
  });
});

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
