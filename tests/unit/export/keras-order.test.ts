import { expect, it } from 'vitest';
import type { GraphLayer } from '@/lib/export/keras-graph';
import { inKerasOrder } from '@/lib/export/keras-order';

const layer = (name: string, ...calls: string[][]): GraphLayer => ({
  name,
  className: 'Dense',
  config: {},
  weights: [],
  make: [],
  weightsAt: [],
  tfjs: {},
  at: {},
  calls: calls.map((inputs) => ({
    inputs: inputs.map((from) => {
      const [source = '', call = '0'] = from.split(':');
      return { layer: source, call: Number(call) };
    }),
    outputs: [{ shape: [null, 1], dtype: 'float32' }],
  })),
});

const order = (layers: GraphLayer[], outputs: string[], inputs: string[]): string[] =>
  inKerasOrder(
    layers,
    outputs.map((output) => ({ from: { layer: output, call: 0 } })),
    inputs.map((name) => ({ name })),
  ).map(({ name }) => name);

it('goes by the longest way to the output, then by the walk from it', () => {
  const layers = [
    layer('x', []),
    layer('short', ['x']),
    layer('a', ['x']),
    layer('b', ['a']),
    layer('add', ['b', 'short']),
  ];
  expect(order(layers, ['add'], ['x'])).toEqual(['x', 'a', 'b', 'short', 'add']);
  const turned = [...layers.slice(0, 4), layer('add', ['short', 'b'])];
  expect(order(turned, ['add'], ['x'])).toEqual(['x', 'a', 'short', 'b', 'add']);
});

it('puts a shared layer where its deepest call stands', () => {
  const layers = [
    layer('x', []),
    layer('shared', ['x'], ['between']),
    layer('between', ['shared:0']),
    layer('out', ['shared:1']),
  ];
  expect(order(layers, ['out'], ['x'])).toEqual(['x', 'shared', 'between', 'out']);
});

it('keeps inputs that nothing uses and walks very deep networks', () => {
  const chain = Array.from({ length: 20_000 }, (_, at) => layer(`l${at}`, [at === 0 ? 'x' : `l${at - 1}`]));
  const result = order([layer('x', []), layer('idle', []), ...chain], ['l19999'], ['x', 'idle']);
  expect(result.slice(0, 2)).toEqual(['x', 'l0']);
  expect(result).toContain('idle');
});
