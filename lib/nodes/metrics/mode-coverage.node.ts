import { formatShape } from '@/lib/tensor/spec';
import { rankProblem, specOn, textProblem } from '../common/inference';
import { keyField } from '../common/metric-key';
import { asFloat, floatOn, tensorOn } from '../common/operands';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'mode-coverage',
  version: 1,
  title: 'Mode coverage',
  summary: 'How many groups of the data a generator reaches.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['modes', 'mode collapse', 'gan', 'diversity', 'recall of modes'],
  icon: 'chart-dots-3',
  fields: { key: keyField('modes') },
  inputs: [
    { id: 'x', title: 'Made examples', type: 'tensor' },
    { id: 'real', title: 'Real examples', type: 'tensor' },
    { id: 'labels', title: 'Group of each real one', type: 'tensor' },
  ],
  outputs: [{ id: 'metric', title: 'Groups reached', type: 'metric' }],
  oftenNext: ['training'],
};

export function infer({ inputs }: InferContext): Inference {
  const [x, real, labels] = [specOn(inputs, 'x'), specOn(inputs, 'real'), specOn(inputs, 'labels')];
  const problems: Problem[] = [];
  for (const [port, spec] of Object.entries({ x, real, labels }))
    if (spec?.dtype === 'string') problems.push(textProblem('Mode coverage', port));
  if (x?.shape && x.shape.length !== 2) problems.push(rankProblem('Mode coverage', 'x', x, [2]));
  const [made, true_] = [x?.shape?.at(-1), real?.shape?.at(-1)];
  if (typeof made === 'number' && typeof true_ === 'number' && made !== true_)
    problems.push({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'real',
      message: `Made and real examples must be of one kind, but are ${formatShape(x?.shape ?? null)} and ${formatShape(real?.shape ?? null)}.`,
      expected: formatShape(x?.shape ?? null),
      received: formatShape(real?.shape ?? null),
    });
  return { outputs: {}, problems };
}

export const docs: KindDocs = {
  text: 'A generator may please its judge with a single kind of example. This counts the groups of real examples that it makes too: a group is reached where at least a quarter of its fair share of made ones lies within three deviations of its middle.',
  formula: 'Σ_k [ #{x : ‖x − μ_k‖ ≤ 3·σ_k·√d} ≥ n / (4·K) ]',
  source: 'after Metz et al., Unrolled generative adversarial networks, 2017',
};

export const examples: KindExample[] = [
  {
    title: 'Points in groups',
    inputs: {
      x: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features' }],
      real: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }],
    },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    combine: 'concat',
    measure: (tf, { inputs }) => ({
      x: tf.clone(tf.reshape(floatOn(tf, inputs, 'x'), [-1])),
      real: tf.clone(tf.reshape(floatOn(tf, inputs, 'real'), [-1])),
      label: tf.clone(tf.reshape(asFloat(tf, tensorOn(inputs, 'labels')), [-1])),
    }),
    result({ x = [], real = [], label = [] }) {
      const count = label.length;
      if (count === 0) return 0;
      const size = real.length / count;
      const made = x.length / size;
      const groups = groupsOf(real, label, size);
      const share = made / (4 * groups.size);
      let reached = 0;
      for (const { middle, deviation } of groups.values()) {
        let near = 0;
        for (let row = 0; row < made; row++)
          if (distance(x, row * size, middle) <= 3 * deviation * Math.sqrt(size)) near++;
        if (near > 0 && near >= share) reached++;
      }
      return reached;
    },
  },
};

type Numbers = ArrayLike<number>;

/** Middle of each group, and its deviation along one axis. */
function groupsOf(real: Numbers, label: Numbers, size: number) {
  const groups = new Map<number, { middle: number[]; deviation: number; rows: number[] }>();
  for (let row = 0; row < label.length; row++) {
    const name = label[row] as number;
    const group = groups.get(name) ?? { middle: new Array<number>(size).fill(0), deviation: 0, rows: [] };
    group.rows.push(row);
    groups.set(name, group);
  }
  for (const group of groups.values()) {
    for (const row of group.rows)
      for (let axis = 0; axis < size; axis++)
        group.middle[axis] = (group.middle[axis] ?? 0) + (real[row * size + axis] as number) / group.rows.length;
    const squares = group.rows.reduce((sum, row) => sum + distance(real, row * size, group.middle) ** 2, 0);
    group.deviation = Math.sqrt(squares / (group.rows.length * size));
  }
  return groups;
}

function distance(values: Numbers, from: number, middle: readonly number[]): number {
  return Math.sqrt(middle.reduce((sum, at, axis) => sum + ((values[from + axis] as number) - at) ** 2, 0));
}
