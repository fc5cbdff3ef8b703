import type { Spec } from '@/lib/tensor/spec';
import { rankProblem, specOn } from '../common/inference';
import { numberOf, textOf } from '../common/params';
import { scoresField } from '../common/scores';
import { emitEveryField } from '../common/sink-fields';
import type { Face, HostTensor, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';
import { hostClasses } from './host-labels';

export const face: Face = {
  id: 'decision-boundary',
  version: 1,
  title: 'Decision boundary',
  summary: 'Colours the plane by what the network would say there.',
  category: 'sinks',
  makes: 'metric',
  role: 'sink',
  aliases: ['decision map', 'contour', 'plane', 'field', '2d', 'boundary'],
  icon: 'chart-scatter',
  fields: {
    every: emitEveryField(20),
    count: {
      type: 'number',
      title: 'Points',
      default: 300,
      min: 0,
      max: 5000,
      integer: true,
      help: 'How many validation points are drawn over the map, where their labels are wired.',
    },
    from: scoresField(),
  },
  inputs: [
    { id: 'x', title: 'Points', type: 'tensor' },
    { id: 'scores', title: 'Scores', type: 'tensor' },
    { id: 'label', title: 'Labels', type: 'tensor', optional: true },
  ],
  outputs: [],
  body: { draw: 'thumbnails' },
  oftenNext: [],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const scores = specOn(inputs, 'scores');
  const problems: Problem[] = [];
  if (x?.shape && (x.shape.length !== 2 || (typeof x.shape[1] === 'number' && x.shape[1] !== 2))) {
    problems.push({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'x',
      message: 'A decision boundary is drawn over a plane: the points must have two numbers each.',
      expected: 'batch×2',
      received: x.shape.map(String).join('×'),
    });
  }
  if (scores?.shape && scores.shape.length !== 2)
    problems.push(rankProblem('Decision boundary', 'scores', scores, [2]));
  return { outputs: {}, problems };
}

export const docs: KindDocs = {
  text: 'Asks the network about 64 × 64 places of the plane and paints each with the answer. Where the colours meet lies the decision boundary; watch it bend while the network learns.',
};

export const examples: KindExample[] = [
  {
    title: 'Two classes in the plane',
    inputs: {
      x: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features', range: [-1, 1] }],
      scores: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      label: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
];

const SIZE = 64;

/** Where the points' range is not known, the plane is shown from -1 to 1. */
const rangeOf = (x: Spec | undefined): [number, number] => x?.range ?? [-1, 1];

export const run: KindRun = {
  as: 'sink',
  sink: {
    feed(_, specs) {
      const [low, high] = rangeOf(specs.x?.[0]);
      const step = (high - low) / (SIZE - 1);
      const data = new Float32Array(SIZE * SIZE * 2);
      for (let place = 0; place < SIZE * SIZE; place++) {
        data[2 * place] = low + step * (place % SIZE);
        data[2 * place + 1] = low + step * Math.floor(place / SIZE);
      }
      return { x: { data, shape: [SIZE * SIZE, 2] } };
    },
    pack(values, params, specs) {
      const range = rangeOf(specs.x?.[0]);
      const scores = values.scores?.[0];
      const classes = Math.max(1, Math.round((scores?.data.length ?? 0) / (SIZE * SIZE)));
      const logits = textOf(params, 'from') === 'logits';
      const points = pointsOf(values['rows:x']?.[0], values.label?.[0], numberOf(params, 'count'));
      return {
        sample: 'field',
        x: range,
        y: range,
        size: [SIZE, SIZE],
        values: scores === undefined ? [] : probabilities(scores, classes, logits).map(rounded),
        classes,
        ...(points && { points }),
      };
    },
  },
};

/** Finer shades cannot be seen, and a log of many maps stays small. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** Scores as probabilities: a sigmoid of a single one, a softmax over several. */
function probabilities({ data }: HostTensor, classes: number, logits: boolean): number[] {
  if (!logits) return [...data];
  if (classes === 1) return Array.from(data, (score) => 1 / (1 + Math.exp(-score)));
  const values: number[] = [];
  for (let start = 0; start < data.length; start += classes) {
    const row = data.subarray(start, start + classes);
    const largest = Math.max(...row);
    const shares = Array.from(row, (score) => Math.exp(score - largest));
    const sum = shares.reduce((total, share) => total + share, 0);
    values.push(...shares.map((share) => share / sum));
  }
  return values;
}

function pointsOf(
  rows: HostTensor | undefined,
  label: HostTensor | undefined,
  count: number,
): { x: number[]; y: number[]; label: number[] } | undefined {
  const known = Math.min(count, rows?.shape[0] ?? 0, label?.shape[0] ?? 0);
  const classes = hostClasses(label, label?.shape[0] ?? 0, 0.5);
  if (rows === undefined || classes === undefined || known === 0) return undefined;
  const coordinate = (axis: number): number[] =>
    Array.from({ length: known }, (_, index) => rows.data[2 * index + axis] ?? 0);
  return { x: coordinate(0), y: coordinate(1), label: classes.slice(0, known) };
}
