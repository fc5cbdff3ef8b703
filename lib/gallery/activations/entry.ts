import { buildDocument, type NodePlan } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const X = 0.7;

const output = (key: string, from: string, column: number): NodePlan => ({
  kind: 'output',
  params: { key },
  from: { x: from },
  at: { column },
});

const activation = (fn: string): NodePlan => ({
  kind: 'activation',
  params: { function: fn },
  from: { x: 'x' },
  at: { column: 1 },
});

const equals = (metric: string, value: number) =>
  [
    { metric, op: '>=', value: value - 1e-6 },
    { metric, op: '<=', value: value + 1e-6 },
  ] as const;

const sigmoid = 1 / (1 + Math.exp(-X));

const document = buildDocument({
  title: 'Activations',
  expected: [
    ...equals('sigmoid', sigmoid),
    ...equals('sigmoid-slope', sigmoid * (1 - sigmoid)),
    ...equals('tanh', Math.tanh(X)),
    ...equals('tanh-slope', 1 - Math.tanh(X) ** 2),
    ...equals('relu', X),
    ...equals('relu-slope', 1),
  ],
  settings: { batch: 1, lengths: {} },
  rows: [
    {
      height: 220,
      nodes: {
        x: { kind: 'constant', params: { value: [[X]] } },
        sigmoid: activation('sigmoid'),
        rest: { kind: 'subtract', from: { a: 'one', b: 'sigmoid' }, at: { column: 2 } },
        slope1: { kind: 'multiply', from: { x: ['sigmoid', 'rest'] }, at: { column: 3 } },
        out1: output('sigmoid-slope', 'slope1', 4),
        value1: output('sigmoid', 'sigmoid', 5),
      },
    },
    {
      height: 220,
      nodes: {
        one: { kind: 'constant', params: { value: [[1]] } },
        tanh: activation('tanh'),
        square: { kind: 'square', from: { x: 'tanh' }, at: { column: 2 } },
        slope2: { kind: 'subtract', from: { a: 'one', b: 'square' }, at: { column: 3 } },
        out2: output('tanh-slope', 'slope2', 4),
        value2: output('tanh', 'tanh', 5),
      },
    },
    {
      nodes: {
        relu: activation('relu'),
        slope3: { kind: 'divide', from: { a: 'relu', b: 'x' }, at: { column: 3 } },
        out3: output('relu-slope', 'slope3', 4),
        value3: output('relu', 'relu', 5),
      },
    },
  ],
});

/** Sigmoid, tanh and ReLU at one number, with their slopes from closed forms. */
export const entry: GalleryEntry = {
  id: 'activations',
  title: 'Activations',
  section: 'A',
  summary: 'Three ways to bend a line',
  minutes: 10,
  document,
  thumbnail: { draw: 'neuron', inputs: ['0.7'], output: '.668' },
  lesson: [
    {
      text: 'One number goes into three activation functions. Each bends it in its own way.',
      nodes: ['x', 'sigmoid', 'tanh', 'relu'],
    },
    {
      text: 'The sigmoid squeezes any number into 0 to 1: a probability. Its slope is g·(1 − g), at most a quarter, and nearly nothing far from 0.',
      nodes: ['sigmoid', 'rest', 'slope1'],
    },
    {
      text: 'tanh goes from −1 to 1 and is steeper: its slope is 1 − g². Far from 0 it is flat as well; gradients vanish there.',
      nodes: ['tanh', 'square', 'slope2'],
    },
    {
      text: 'ReLU lets positive numbers through and stops negative ones. Its slope is 1 or 0, which is why deep networks learn with it.',
      nodes: ['relu', 'slope3'],
    },
    { text: 'Set the number to 5, then to −5. Which slopes are left?', nodes: ['x', 'out1', 'out2'] },
  ],
};
