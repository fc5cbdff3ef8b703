import type { Spec } from '@/lib/tensor/spec';
import { specOn, textProblem } from '../common/inference';
import { tensorOn } from '../common/operands';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'class-weight',
  version: 1,
  title: 'Class weights',
  summary: 'Rare classes weigh more, so that all count the same.',
  category: 'data',
  makes: 'data',
  role: 'fold',
  due: 'start',
  aliases: ['balanced', 'imbalance', 'class weights', 'rare classes', 'inverse frequency'],
  icon: 'scale',
  fields: {},
  inputs: [{ id: 'labels', title: 'Labels', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Weight of each class', type: 'tensor' }],
  oftenNext: ['gather'],
};

export function infer({ inputs }: InferContext): Inference {
  const labels = specOn(inputs, 'labels');
  const classes = labels?.meaning === 'one-hot' ? labels.shape?.at(-1) : labels?.classes;
  const size = typeof classes === 'number' ? classes : null;
  const y: Spec = { shape: [size], dtype: 'float32', meaning: 'sample-weight' };
  const outputs = { y: size === null ? y : { ...y, classes: size } };
  if (labels?.dtype === 'string') return { outputs, problems: [textProblem('Class weights', 'labels')] };
  if (!labels?.shape || size !== null) return { outputs };
  return {
    outputs,
    problems: [
      {
        code: 'unknown-static',
        severity: 'error',
        port: 'labels',
        message:
          'Class weights needs labels that say how many classes there are. Wire the label of a data set, or One-hot.',
        expected: 'labels of a known number of classes',
        received: 'labels of unknown classes',
      },
    ],
  };
}

export const docs: KindDocs = {
  text: 'Counts how often each class occurs in the training data, once, before training starts. Gather picks the weight of each example by its label; wired to Sample weight of a loss, every class then counts the same in total.',
  formula: 'w_c = n / (classes · n_c)',
  source: 'King and Zeng, Logistic regression in rare events data, 2001; scikit-learn compute_class_weight',
};

export const examples: KindExample[] = [
  {
    title: 'Three classes',
    inputs: { labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }] },
  },
  {
    title: 'One-hot',
    inputs: { labels: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'one-hot', classes: 3 }] },
  },
];

export const run: KindRun = {
  as: 'hold',
  hold: {
    combine: 'concat',
    measure(tf, { inputs }) {
      const labels = tensorOn(inputs, 'labels');
      const numbers = labels.rank > 1 && (labels.shape.at(-1) ?? 1) > 1 ? tf.argMax(labels, -1) : labels;
      return { numbers: tf.cast(tf.reshape(numbers, [-1]), 'float32') };
    },
    hold({ numbers = [] }, _, { labels }) {
      const [spec] = labels ?? [];
      const classes = Number(spec?.meaning === 'one-hot' ? spec.shape?.at(-1) : spec?.classes);
      const counts = new Float64Array(classes);
      for (const number of numbers) counts[Math.round(number)] = (counts[Math.round(number)] ?? 0) + 1;
      // A class that never occurs weighs nothing: no example asks for it.
      const data = Float32Array.from(counts, (count) => (count === 0 ? 0 : numbers.length / (classes * count)));
      return { y: { data, shape: [classes] } };
    },
  },
};
