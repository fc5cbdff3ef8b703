import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const number = (value: number) => ({ kind: 'constant', params: { value: [[value]] } });
const weight = (value: number) => ({ kind: 'parameter', params: { value } });

const document = buildDocument({
  title: 'Perceptron',
  expected: [
    { metric: 'z', op: '>=', value: -6.000001 },
    { metric: 'z', op: '<=', value: -5.999999 },
    { metric: 'answer', op: '>=', value: 0.002472 },
    { metric: 'answer', op: '<=', value: 0.002473 },
  ],
  settings: { batch: 1, lengths: {} },
  rows: [
    {
      height: 144,
      nodes: {
        x1: number(-1),
        product1: { kind: 'multiply', from: { x: ['x1', 'w1'] }, at: { column: 2 } },
        z: { kind: 'output', params: { key: 'z' }, from: { x: 'sum' }, at: { column: 4 } },
      },
    },
    {
      height: 160,
      nodes: {
        w1: weight(3),
        w0: { ...weight(1), at: { column: 2, down: 36 } },
        sum: { kind: 'add', from: { x: ['w0', 'product1', 'product2'] }, at: { column: 3 } },
        g: { kind: 'activation', params: { function: 'sigmoid' }, from: { x: 'sum' } },
        answer: { kind: 'output', params: { key: 'answer' }, from: { x: 'g' } },
      },
    },
    {
      height: 144,
      nodes: {
        x2: number(2),
        product2: { kind: 'multiply', from: { x: ['x2', 'w2'] }, at: { column: 2 } },
      },
    },
    { nodes: { w2: weight(-2) } },
  ],
});

/** One neuron, with every number on a wire: 1 + 3·(−1) − 2·2 = −6, σ(−6) = 0.00247. */
export const entry: GalleryEntry = {
  id: 'perceptron',
  title: 'Perceptron',
  section: 'A',
  summary: 'Three numbers in, one decision out',
  minutes: 10,
  document,
  thumbnail: { draw: 'neuron', inputs: ['1', '−1', '2'], output: '.002' },
  lesson: [
    { text: 'A perceptron gets numbers: here x₁ = −1 and x₂ = 2.', nodes: ['x1', 'x2'] },
    {
      text: 'Each has a weight that says how much it counts and in which direction: w₁ = 3, w₂ = −2. w₀ = 1 counts always; it is called the bias.',
      nodes: ['w0', 'w1', 'w2'],
    },
    {
      text: 'The products are added up: 1 + 3·(−1) + (−2)·2. Guess the sum before you look at the wire.',
      nodes: ['product1', 'product2', 'sum'],
    },
    { text: 'The sigmoid g(z) = 1 / (1 + e⁻ᶻ) turns −6 into 0.00247: a very clear no.', nodes: ['g', 'answer'] },
    {
      text: 'On the line 1 + 3x₁ − 2x₂ = 0 the answer is exactly one half: it is the border between yes and no. Change x₁ until the answer turns to yes.',
      nodes: ['x1', 'answer'],
    },
  ],
};
