import { expect, it } from 'vitest';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { isLive, liveNumbers, portsOf } from '@/lib/nodes/common/ports';
import { faces } from '@/lib/nodes/faces.generated';
import type { Face } from '@/lib/nodes/kind';

const face = (id: string): Face => faces[id] as Face;
const NO_WORLD = { dataset: () => undefined, block: () => undefined };

it('fills in defaults and leaves out what the kind does not know', () => {
  const { params, problems } = parseParams(face('dense'), { units: 7, colour: 'red' });
  expect(params).toEqual({
    units: 7,
    activation: 'linear',
    bias: true,
    kernelInit: 'glorot_uniform',
    spectral: false,
    powerIterations: 1,
  });
  expect(problems).toEqual([]);
});

it.each([
  ['dense', 'units', 0, 'Units must be a whole number from 1 to 1000000, not 0.'],
  ['dense', 'units', 2.5, 'Units must be a whole number from 1 to 1000000, not 2.5.'],
  ['dense', 'bias', 'yes', 'Bias must be on or off, not “yes”.'],
  ['conv-2d', 'kernel', [3], 'Kernel must be 2 × a whole number from 1 to 1024, not [3].'],
  ['conv-2d', 'padding', 'full', 'Padding must be one of same, valid, not “full”.'],
  ['reshape', 'shape', [-1, -1], 'Shape must be sizes from 1 up, with at most one -1 for "what is left", not [-1,-1].'],
  ['sgd', 'until', 0, 'Until must be a whole number of at least 1, or none, not 0.'],
])('puts the default in place of a wrong value: %s.%s = %j', (id, key, value, message) => {
  const { params, problems } = parseParams(face(id), { [key]: value });
  const fallback = face(id).fields[key]?.default;
  expect(params[key]).toEqual(fallback);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ code: 'param-range', severity: 'error', param: key, message });
  expect(problems[0]?.remedies?.[0]).toMatchObject({ set: { [key]: fallback } });
});

it('gives kinds that learn a way to share their weights, and promoted numbers an input', () => {
  const { params } = parseParams(face('dense'), {});
  expect(portsOf(face('dense'), params, NO_WORLD).inputs.map(({ id }) => id)).toEqual(['x', 'weights']);
  expect(portsOf(face('flatten'), {}, NO_WORLD).outputs.map(({ id }) => id)).toEqual(['y']);
  const adam = portsOf(face('adam'), parseParams(face('adam'), {}).params, NO_WORLD, ['rate', 'every']);
  expect(adam.inputs.map(({ id, type }) => `${id}:${type}`)).toEqual([
    'loss:loss',
    'weights:weights',
    'param:rate:number',
  ]);
});

it('lists the live numbers, one for each wire of a list', () => {
  expect(isLive(face('dropout'), 'rate')).toBe(true);
  expect(isLive(face('dense'), 'units')).toBe(false);
  expect(isLive(face('loss-sum'), 'weights.1')).toBe(true);
  expect(isLive(face('loss-sum'), 'weights')).toBe(false);
  expect(liveNumbers(face('loss-sum'), { weights: [1, 0.5] }, { losses: 3 })).toEqual({
    'weights.0': 1,
    'weights.1': 0.5,
    'weights.2': 1,
  });
});
