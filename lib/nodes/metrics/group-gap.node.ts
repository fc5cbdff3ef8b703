import { fitsShape, formatShape } from '@/lib/tensor/spec';
import { specOn } from '../common/inference';
import { classNumbers, predictedClasses } from '../common/labels';
import { asFloat, floatOn, tensorOn } from '../common/operands';
import { textOf } from '../common/params';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';
import { CLASS_INPUTS, classFields, inferClasses } from './class-counts';

export const face: Face = {
  id: 'group-gap',
  version: 1,
  title: 'Group gap',
  summary: 'How much accuracy differs between groups.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'lower',
  aliases: ['fairness', 'bias', 'accuracy by group', 'disparity', 'debiasing'],
  icon: 'arrows-horizontal',
  fields: classFields('group-gap'),
  inputs: [
    ...(Array.isArray(CLASS_INPUTS) ? CLASS_INPUTS : []),
    { id: 'group', title: 'Group', type: 'tensor' },
    { id: 'among', title: 'Among which', type: 'tensor', optional: true },
  ],
  outputs: [{ id: 'metric', title: 'Group gap', type: 'metric' }],
  oftenNext: ['training'],
};

export function infer(context: InferContext): Inference {
  const { problems = [] } = inferClasses('Group gap', context);
  const [group, labels] = [specOn(context.inputs, 'group'), specOn(context.inputs, 'labels')];
  return { outputs: {}, problems: [...problems, ...groupProblems(group?.shape ?? null, labels?.shape ?? null)] };
}

export const docs: KindDocs = {
  text: 'The accuracy of each group by itself, then the best less the worst: 0 where all groups are treated alike. “Among which” leaves examples out that are 0 there, such as pictures that show no face.',
  formula: 'max_g a_g − min_g a_g,  a_g: accuracy among the examples of group g',
  source: 'Buolamwini and Gebru, Gender shades, 2018',
};

export const examples: KindExample[] = [
  {
    title: 'Two groups',
    inputs: {
      logits: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'logits' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
      group: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
  {
    title: 'Three classes, among some',
    inputs: {
      logits: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'logits' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }],
      group: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 4 }],
      among: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
];

function groupProblems(group: Parameters<typeof formatShape>[0], labels: Parameters<typeof formatShape>[0]): Problem[] {
  if (group === null || group.length === 1 || fitsShape(group, labels)) return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: 'group',
      message: `Each example belongs to one group: a number for each, not ${formatShape(group)}.`,
      expected: 'batch',
      received: formatShape(group),
    },
  ];
}

export const run: KindRun = {
  as: 'fold',
  fold: {
    combine: 'concat',
    measure(tf, { params, inputs }) {
      const scores = floatOn(tf, inputs, 'logits');
      const labels = classNumbers(tf, tensorOn(inputs, 'labels'), scores);
      const predicted = predictedClasses(tf, scores, textOf(params, 'from') === 'logits' ? 0 : 0.5);
      const flat = (port: 'group' | 'among') => {
        const tensor = inputs[port]?.[0];
        return tensor ? tf.reshape(asFloat(tf, tensor), [-1]) : tf.ones([labels.size]);
      };
      return {
        right: tf.cast(tf.reshape(tf.equal(predicted, labels), [-1]), 'float32'),
        group: tf.clone(flat('group')),
        among: tf.clone(flat('among')),
      };
    },
    result({ right = [], group = [], among = [] }) {
      const sums = new Map<number, { right: number; all: number }>();
      group.forEach((which, i) => {
        if ((among[i] ?? 0) < 0.5) return;
        const sum = sums.get(which) ?? { right: 0, all: 0 };
        sum.right += right[i] ?? 0;
        sum.all++;
        sums.set(which, sum);
      });
      const shares = [...sums.values()].map((sum) => sum.right / sum.all);
      return shares.length < 2 ? 0 : Math.max(...shares) - Math.min(...shares);
    },
  },
};
