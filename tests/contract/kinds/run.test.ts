import { beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import type { Kind, KindExample, RunContext } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { examplesOf } from '@/tests/helpers/examples-of';
import { BATCH, infer, type Prepared, prepare, runExample, shapeMatches, tf, withoutBatch } from './example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const MODES: RunContext['mode'][] = ['train', 'evaluation'];
const running = Object.entries(kinds).filter(([, { run }]) => run?.as === 'op' || run?.as === 'source');

describe.each(running)('%s', (_, kind) => {
  describe.each(examplesOf(kind))('$title', (example) => {
    it.each(MODES)('gives what inference promised, in %s mode', (mode) => {
      check(kind, example, prepare(kind, example, {}, mode));
    });

    it('gives what inference promised where the batch is not known', () => {
      const prepared = prepare(kind, example);
      const { outputs: promised, variables = [] } = infer(kind, prepared.params, withoutBatch(example.inputs));
      // What is learned cannot depend on how many examples come at once.
      const known = prepared.inference.variables ?? [];
      expect(variables.map(({ slot, shape }) => [slot, shape])).toEqual(known.map(({ slot, shape }) => [slot, shape]));
      tf.tidy(() => {
        const { outputs } = runExample(kind, prepared);
        expect(Object.keys(promised).sort()).toEqual(Object.keys(outputs).sort());
        for (const [port, { dtype, shape }] of Object.entries(outputs)) {
          const spec = required(promised[port], port);
          expect(spec.dtype, `dtype of ${port}`).toBe(dtype);
          expect(shapeMatches(spec, shape), `${port}: ${JSON.stringify(spec.shape)} is not ${shape}`).toBe(true);
          // No more becomes unknown than depends on the batch.
          const before = prepared.inference.outputs[port]?.shape;
          before?.forEach((dim, axis) => {
            if (typeof dim === 'number') expect(spec.shape?.[axis], `axis ${axis} of ${port}`).toBe(dim);
          });
        }
      });
      prepared.dispose();
    });

    it('gives finite numbers for each choice of each field', () => {
      for (const [key, field] of Object.entries(kind.face.fields)) {
        if (field.type === 'choice') for (const { value } of field.choices) checkWith(kind, example, { [key]: value });
        if (field.type === 'switch') for (const value of [true, false]) checkWith(kind, example, { [key]: value });
      }
    });

    it('makes no tensor that is not handed out', () => {
      const prepared = prepare(kind, example);
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        runExample(kind, prepared);
        return [];
      });
      expect(tf.memory().numTensors).toBe(before);
      prepared.dispose();
    });

    it('hands out tensors of its own', () => {
      const prepared = prepare(kind, example);
      const given = new Set([
        ...Object.values(prepared.context.inputs).flat(),
        ...Object.values(prepared.context.variables),
      ]);
      tf.tidy(() => {
        const { outputs, writes = {} } = runExample(kind, prepared);
        for (const tensor of [...Object.values(outputs), ...Object.values(writes)])
          expect(given.has(tensor)).toBe(false);
      });
      prepared.dispose();
    });
  });
});

/** Some choices make an example invalid (a shape that no longer fits): then inference says so, and nothing runs. */
function checkWith(kind: Kind, example: KindExample, set: Record<string, string | boolean>): void {
  const prepared = prepare(kind, example, set);
  const refused = prepared.inference.problems?.some(({ severity }) => severity === 'error');
  if (refused) prepared.dispose();
  else check(kind, example, prepared);
}

function check(kind: Kind, example: KindExample, prepared: Prepared): void {
  const { inference, context } = prepared;
  expect((inference.problems ?? []).filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(Number.isFinite(inference.flops ?? 0)).toBe(true);
  tf.tidy(() => {
    const { outputs, writes = {} } = runExample(kind, prepared);
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(inference.outputs).sort());
    for (const [port, tensor] of Object.entries(outputs)) {
      const spec = inference.outputs[port];
      if (spec === undefined) throw new Error(`no spec for ${port}`);
      expect(spec.dtype, `dtype of ${port}`).toBe(tensor.dtype);
      expect(shapeMatches(spec, tensor.shape), `${port}: ${JSON.stringify(spec.shape)} is not ${tensor.shape}`).toBe(
        true,
      );
      const values = [...tensor.dataSync()];
      expect(values.every(Number.isFinite), `${port} is finite`).toBe(true);
      if (spec.range) {
        const [low, high] = spec.range;
        expect(
          values.every((value) => value >= low - 1e-5 && value <= high + 1e-5),
          `${port} in its range`,
        ).toBe(true);
      }
    }
    for (const [slot, tensor] of Object.entries(writes)) {
      expect(context.variables[slot]?.shape).toEqual(tensor.shape);
    }
  });
  const carries = (inference.variables ?? []).filter(({ role }) => role === 'carry');
  if (carries.length > 0 && context.mode === 'train') expect(example.inputs).toBeDefined();
  expect(context.batch).toBe(BATCH);
  prepared.dispose();
}
