import { beforeAll, describe, expect, it } from 'vitest';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { liveNumbers } from '@/lib/nodes/common/ports';
import type { ClockContext, HostTensor, Kind, KindExample, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { metricTable, sample } from '@/lib/protocol/run-event';
import { seedOf } from '@/lib/tensor/philox';
import { examplesOf } from '@/tests/helpers/examples-of';
import { BATCH, engine, fill, prepare, tf } from './example';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const of = (role: Kind['face']['role']) => Object.entries(kinds).filter(([, { face }]) => face.role === role);
const metrics = of('fold').filter(([, kind]) => kind.run?.as === 'fold');
const holding = Object.entries(kinds).flatMap(([id, kind]) => {
  const { run } = kind;
  const hold = run?.as === 'hold' ? run.hold : run?.as === 'op' ? run.fit : undefined;
  return hold ? [{ id, kind, hold }] : [];
});

describe.each(holding)('$id, held or fitted', ({ kind, hold }) => {
  it.each(examplesOf(kind))('gives tensors as inference promised, for whatever batches: $title', (example) => {
    const { params, inference, context, dispose } = prepare(kind, example);
    const before = tf.memory().numTensors;
    const measured = (inputs: Record<string, Tensor[]>, batch: number) =>
      tf.tidy(() => {
        const tensors = Object.entries(hold.measure(engine, { params, inputs, batch }));
        return Object.fromEntries(tensors.map(([name, tensor]) => [name, [...tensor.dataSync()]]));
      });
    const whole = measured(context.inputs, BATCH);
    const joined: Record<string, number[]> = {};
    for (const [first, size] of [
      [0, 2],
      [2, 1],
    ] as const) {
      const part = map(context.inputs, (tensor) => tf.slice(tensor, [first], [size]));
      for (const [name, values] of Object.entries(measured(part, size))) {
        const sums = joined[name];
        if (!sums) joined[name] = values;
        else if (hold.combine === 'concat') sums.push(...values);
        else joined[name] = sums.map((sum, at) => sum + (values[at] ?? Number.NaN));
      }
      tf.dispose(part);
    }
    expect(tf.memory().numTensors).toBe(before);
    const doubles = (totals: Record<string, number[]>) =>
      Object.fromEntries(Object.entries(totals).map(([name, all]) => [name, Float64Array.from(all)]));
    const given = hold.hold(doubles(whole), params, example.inputs);
    const again = hold.hold(doubles(joined), params, example.inputs);
    const slots = (inference.variables ?? []).filter(({ role }) => role === 'fitted').map(({ slot }) => slot);
    const outputs = kind.face.role === 'fold' ? Object.keys(inference.outputs) : slots;
    expect(Object.keys(given).sort()).toEqual([...outputs].sort());
    for (const [name, { data, shape }] of Object.entries(given)) {
      const spec = inference.outputs[name]?.shape?.map((dim) => (dim === 'examples' ? BATCH : dim));
      const variable = inference.variables?.find(({ slot }) => slot === name);
      expect(shape).toEqual(kind.face.role === 'fold' ? spec : variable?.shape);
      expect(data instanceof Int32Array ? 'int32' : 'float32').toBe(variable?.dtype ?? 'float32');
      expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
      data.forEach((value, at) => {
        expect(Number.isFinite(value)).toBe(true);
        expect(value).toBeCloseTo(again[name]?.data[at] ?? Number.NaN, 5);
      });
    }
    dispose();
  });
});

describe.each(metrics)('metric %s', (_, kind) => {
  const run = kind.run;
  if (run?.as !== 'fold') throw new Error('a fold without a fold');

  it.each(examplesOf(kind))('adds up over batches: $title', (example) => {
    const { params, context, dispose } = prepare(kind, example);
    const whole = totalsOf(kind, context.inputs, params, BATCH);
    const parts = [0, 1, 2].map((row) =>
      totalsOf(
        kind,
        map(context.inputs, (tensor) => tf.slice(tensor, [row], [1])),
        params,
        1,
      ),
    );
    for (const [name, values] of Object.entries(whole)) {
      if (run.fold.combine === 'concat') continue;
      values.forEach((value, index) => {
        const sum = parts.reduce((total, part) => total + (part[name]?.[index] ?? Number.NaN), 0);
        expect(sum).toBeCloseTo(value, 4);
      });
    }
    const result = run.fold.result(whole, params, example.inputs);
    if (typeof result === 'number') expect(Number.isFinite(result)).toBe(true);
    else expect(metricTable.safeParse(result).error).toBeUndefined();
    dispose();
  });

  it('says which way is good, where it is a number', () => {
    const example = examplesOf(kind)[0] as KindExample;
    const { params, context, dispose } = prepare(kind, example);
    const result = run.fold.result(totalsOf(kind, context.inputs, params, BATCH), params, example.inputs);
    const monitored = Array.isArray(kind.face.outputs) && kind.face.outputs.some(({ type }) => type === 'metric');
    expect(monitored).toBe(typeof result === 'number');
    expect(kind.face.fields.key?.default).toMatch(/^[a-z]/);
    dispose();
  });
});

function totalsOf(
  kind: Kind,
  inputs: Record<string, Tensor[]>,
  params: KindExample['params'],
  batch: number,
): Record<string, Float32Array> {
  const { run } = kind;
  if (run?.as !== 'fold') throw new Error('no fold');
  const before = tf.memory().numTensors;
  const measured: Record<string, Float32Array> = {};
  tf.tidy(() => {
    const tensors = run.fold.measure(engine, { params: params ?? {}, inputs, batch });
    for (const [name, tensor] of Object.entries(tensors)) measured[name] = tensor.dataSync() as Float32Array;
  });
  expect(tf.memory().numTensors).toBe(before);
  return measured;
}

const map = (inputs: Record<string, Tensor[]>, change: (tensor: Tensor) => Tensor): Record<string, Tensor[]> =>
  Object.fromEntries(Object.entries(inputs).map(([port, tensors]) => [port, tensors.map(change)]));

describe.each(of('optimizer'))('optimizer %s', (_, kind) => {
  const run = kind.run;
  if (run?.as !== 'optimizer') throw new Error('an optimizer without a formula');
  const { optimizer } = run;

  /** Minimises Σ w² from w = (1, −2, 0.5); numbers as constants or as tensors, as in a traced step. */
  function descend(params: KindExample['params'], steps: number, traced: boolean): number[] {
    const plain = parseParams(kind.face, params ?? {}).params;
    const constants = liveNumbers(kind.face, plain);
    const numbers = Object.fromEntries(
      Object.entries(constants).map(([key, value]) => [key, traced ? tf.scalar(value) : value]),
    );
    let variable: Tensor = tf.tensor1d([1, -2, 0.5]);
    let slots: Record<string, Tensor> = {};
    for (const [name, first] of Object.entries(optimizer.slots)) {
      const filled = first(plain);
      if (filled !== null) slots[name] = tf.fill([3], filled);
    }
    const names = Object.keys(slots).sort();
    for (let t = 1; t <= steps; t++) {
      const next = optimizer.update(engine, {
        variable,
        gradient: tf.mul(variable, 2),
        slots,
        params: plain,
        numbers,
        t: traced ? tf.scalar(t) : t,
      });
      expect(Object.keys(next.slots).sort()).toEqual(names);
      ({ variable, slots } = next);
    }
    return [...variable.dataSync()];
  }

  describe.each(examplesOf(kind))('$title', ({ params }) => {
    it('goes down', () => {
      tf.tidy(() => {
        const once = descend(params, 1, false);
        expect(once.every((value, index) => Math.abs(value) < Math.abs([1, -2, 0.5][index] ?? 0))).toBe(true);
        const later = descend(params, 30, false);
        expect(square(later)).toBeLessThan(square(once));
      });
    });

    it('does the same with traced numbers', () => {
      tf.tidy(() => {
        const constant = descend(params, 5, false);
        descend(params, 5, true).forEach((value, index) => {
          expect(value).toBeCloseTo(constant[index] ?? Number.NaN, 5);
        });
      });
    });

    it('stays where there is no slope', () => {
      tf.tidy(() => {
        const plain = parseParams(kind.face, { ...params, rate: 0 }).params;
        const slots: Record<string, Tensor> = {};
        for (const [name, first] of Object.entries(optimizer.slots)) {
          const filled = first(plain);
          if (filled !== null) slots[name] = tf.fill([2], filled);
        }
        const { variable } = optimizer.update(engine, {
          variable: tf.tensor1d([3, -4]),
          gradient: tf.zeros([2]),
          slots,
          params: plain,
          numbers: liveNumbers(kind.face, plain),
          t: 1,
        });
        expect([...variable.dataSync()]).toEqual([3, -4]);
      });
    });
  });

  it.each(examplesOf(kind))('says how many numbers it keeps for each weight: $title', ({ params }) => {
    const plain = parseParams(kind.face, params ?? {}).params;
    const { keeps = 0 } = kind.face;
    const kept = Object.values(optimizer.slots).filter((first) => first(plain) !== null);
    expect(typeof keeps === 'function' ? keeps(plain) : keeps).toBe(kept.length);
  });

  it('has the fields that the engine reads of every optimizer', () => {
    for (const key of ['rate', 'every', 'from', 'until', 'accumulate', 'clip', 'clipAt', 'nonFinite']) {
      expect(kind.face.fields[key], key).toBeDefined();
    }
  });
});

const square = (values: number[]): number => values.reduce((total, value) => total + value * value, 0);

describe.each(of('clock'))('schedule %s', (_, kind) => {
  const run = kind.run;
  if (run?.as !== 'clock') throw new Error('a clock that does not run');

  it.each(examplesOf(kind))('gives finite numbers at any moment: $title', ({ params }) => {
    for (const unit of ['iterations', 'epochs']) {
      const plain = parseParams(kind.face, { ...params, unit }).params;
      for (const iterations of [100, null]) {
        for (const iteration of [0, 1, 50, 99, 1000]) {
          const context: ClockContext = {
            params: plain,
            numbers: {},
            iteration,
            epoch: Math.floor(iteration / 10),
            iterationsPerEpoch: iterations === null ? null : 10,
            iterations,
          };
          const values = run.run(context);
          const outputs = Array.isArray(kind.face.outputs) ? kind.face.outputs.map(({ id }) => id) : [];
          expect(Object.keys(values)).toEqual(outputs);
          for (const value of Object.values(values)) expect(Number.isFinite(value)).toBe(true);
        }
      }
    }
  });
});

describe.each(of('sink'))('sink %s', (_, kind) => {
  const run = kind.run;
  if (run?.as !== 'sink') throw new Error('a sink that packs nothing');

  it.each(examplesOf(kind))('packs a sample that the protocol knows: $title', (example) => {
    const { params } = parseParams(kind.face, example.params ?? {});
    const fed = run.sink.feed?.(params, example.inputs) ?? {};
    const rows = Object.values(fed)[0]?.shape[0];
    const values: Record<string, HostTensor[]> = {};
    for (const [port, specs] of Object.entries(example.inputs)) {
      values[port] = specs.map((spec, wire) => {
        const given = fed[port];
        if (given) return given;
        const depends = rows !== undefined && spec.dtype === 'float32';
        const shape = (spec.shape ?? []).map((dim) => (dim === 'batch' ? (depends ? rows : BATCH) : dim));
        return host(fill({ ...spec, shape }, seedOf(port, wire)));
      });
      if (fed[port]) values[`rows:${port}`] = specs.map((spec, wire) => host(fill(spec, seedOf(port, wire))));
    }
    const packed = run.sink.pack(values, params, example.inputs);
    expect(sample.safeParse(packed).error).toBeUndefined();
  });
});

function host(tensor: Tensor): HostTensor {
  const data = tensor.dataSync() as Float32Array;
  const { shape } = tensor;
  tensor.dispose();
  return { data, shape };
}
