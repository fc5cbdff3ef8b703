import { elementsPerExample, type Spec } from '@/lib/tensor/spec';
import { rankProblem, specOn, textProblem } from '../common/inference';
import { keyField } from '../common/metric-key';
import { asFloat, floatOn, tensorOn } from '../common/operands';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'auc',
  version: 1,
  title: 'AUC',
  summary: 'How well a score ranks yes above no.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['roc', 'area under the curve', 'ranking', 'outlier detection', 'anomaly', 'mann-whitney'],
  icon: 'chart-area-line',
  fields: { key: keyField('auc') },
  inputs: [
    { id: 'x', title: 'Score', type: 'tensor' },
    { id: 'labels', title: 'Labels', type: 'tensor' },
  ],
  outputs: [{ id: 'metric', title: 'AUC', type: 'metric' }],
  oftenNext: ['training'],
};

export function infer({ inputs }: InferContext): Inference {
  const [x, labels] = [specOn(inputs, 'x'), specOn(inputs, 'labels')];
  if (x?.dtype === 'string') return { outputs: {}, problems: [textProblem('AUC', 'x')] };
  if (labels?.dtype === 'string') return { outputs: {}, problems: [textProblem('AUC', 'labels')] };
  const single = !x?.shape || x.shape.length === 1 || elementsPerExample(x.shape) === 1;
  if (x?.meaning === 'class') return { outputs: {}, problems: [noScore(x)] };
  return { outputs: {}, problems: single || !x ? [] : [rankProblem('AUC', 'x', x, [1])] };
}

export const docs: KindDocs = {
  text: 'The probability that an example of the class “yes” gets a higher score than one of “no”: 0.5 is guessing, 1 is perfect, whatever the threshold. Scores may have any scale.',
  formula: 'P(score(yes) > score(no)) + ½·P(equal)',
  source: 'Hanley and McNeil, The meaning and use of the area under a ROC curve, 1982',
};

export const examples: KindExample[] = [
  {
    title: 'A score for each',
    inputs: {
      x: [{ shape: ['batch'], dtype: 'float32', meaning: 'score' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
];

/** Decisions have lost the order that is measured. */
const noScore = ({ classes }: Spec): Problem => ({
  code: 'metric-foreign',
  severity: 'warning',
  port: 'x',
  message:
    'AUC asks how well a score puts the examples in order, but gets the number of a class for each: most are then equal. Wire the score from before the decision.',
  expected: 'scores',
  received: classes === undefined ? 'classes' : `${classes} classes`,
});

export const run: KindRun = {
  as: 'fold',
  fold: {
    combine: 'concat',
    measure: (tf, { inputs }) => ({
      score: tf.clone(tf.reshape(floatOn(tf, inputs, 'x'), [-1])),
      label: tf.clone(tf.reshape(asFloat(tf, tensorOn(inputs, 'labels')), [-1])),
    }),
    /** By the sum of ranks (Mann and Whitney); equal scores share the mean of their ranks. */
    result({ score = [], label = [] }) {
      const order = [...score.keys()].sort((a, b) => (score[a] as number) - (score[b] as number));
      let ranks = 0;
      let yes = 0;
      for (let first = 0; first < order.length; ) {
        let last = first;
        while (last + 1 < order.length && score[order[last + 1] as number] === score[order[first] as number]) last++;
        const rank = (first + last) / 2 + 1;
        for (let at = first; at <= last; at++) {
          if ((label[order[at] as number] as number) < 0.5) continue;
          ranks += rank;
          yes++;
        }
        first = last + 1;
      }
      const no = score.length - yes;
      // Where one class is missing there is nothing to rank.
      return yes === 0 || no === 0 ? 0.5 : (ranks - (yes * (yes + 1)) / 2) / (yes * no);
    },
  },
};
