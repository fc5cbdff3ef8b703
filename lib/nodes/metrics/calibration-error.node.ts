import { specOn } from '../common/inference';
import { classNumbers } from '../common/labels';
import { floatOn, tensorOn } from '../common/operands';
import { numberOf, textOf } from '../common/params';
import { scoreProblems, scoresField } from '../common/scores';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun, Tensor } from '../kind';
import { CLASS_INPUTS, classFields, inferClasses } from './class-counts';

const { key } = classFields('calibration-error');

export const face: Face = {
  id: 'calibration-error',
  version: 1,
  title: 'Calibration error',
  summary: 'How far confidence is from being right.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'lower',
  aliases: ['ece', 'expected calibration error', 'reliability', 'confidence', 'overconfident'],
  icon: 'gauge',
  fields: {
    ...(key && { key }),
    from: scoresField(),
    bins: {
      type: 'number',
      title: 'Bins',
      default: 15,
      min: 1,
      max: 200,
      integer: true,
      help: 'Into how many equal steps from 0 to 1 confidences are sorted.',
    },
  },
  inputs: CLASS_INPUTS,
  outputs: [{ id: 'metric', title: 'Calibration error', type: 'metric' }],
  oftenNext: ['training'],
};

export function infer(context: InferContext): Inference {
  const scores = specOn(context.inputs, 'logits');
  const squash = scores?.shape?.at(-1) === 1 ? 'sigmoid' : 'softmax';
  const from = textOf(context.params, 'from');
  const { problems = [] } = inferClasses('Calibration error', { ...context, params: { ...context.params, from } });
  const unsure = scoreProblems('logits', scores, from, squash);
  return { outputs: {}, problems: [...problems.filter(({ code }) => code !== 'logits-expected'), ...unsure] };
}

export const docs: KindDocs = {
  text: 'Of all answers that the network is 80 % sure of, 80 % should be right. Answers are sorted into bins by their confidence; the error is the mean distance between confidence and accuracy, each bin by its size.',
  formula: 'Σ (|bin| / n)·|accuracy(bin) − confidence(bin)|',
  source: 'Naeini et al., 2015; Guo et al., On calibration of modern neural networks, 2017',
};

export const examples: KindExample[] = [
  {
    title: 'Three classes',
    inputs: {
      logits: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }],
    },
  },
  {
    title: 'Yes or no',
    params: { from: 'probabilities', bins: 5 },
    inputs: {
      logits: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'probabilities', range: [0, 1] }],
      labels: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 2 }],
    },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    measure(tf, { params, inputs }) {
      const scores = floatOn(tf, inputs, 'logits');
      const labels = classNumbers(tf, tensorOn(inputs, 'labels'), scores);
      const logits = textOf(params, 'from') === 'logits';
      const bins = numberOf(params, 'bins');
      const single = scores.shape.at(-1) === 1;
      const squashed = !logits ? scores : single ? tf.sigmoid(scores) : tf.softmax(scores);
      // A single score is the confidence in yes; in no it is what is left.
      const yes = single ? tf.reshape(squashed, labels.shape) : undefined;
      const confidence = yes ? tf.maximum(yes, tf.sub(1, yes)) : tf.max(squashed, -1);
      const answer = yes ? tf.cast(tf.greater(yes, 0.5), 'int32') : tf.argMax(squashed, -1);
      const hit = tf.cast(tf.equal(answer, labels), 'float32');
      // Bins are (low, high], the first one closed.
      const bin = tf.maximum(tf.sub(tf.ceil(tf.mul(confidence, bins)), 1), 0);
      const at = tf.equal(tf.expandDims(tf.reshape(bin, [-1]), 1), tf.range(0, bins, 1, 'float32'));
      const member = tf.cast(at, 'float32');
      const total = (values: Tensor): Tensor => tf.sum(tf.mul(member, tf.reshape(values, [-1, 1])), 0);
      return { count: tf.sum(member, 0), confidence: total(confidence), hits: total(hit) };
    },
    result({ count = [], confidence = [], hits = [] }) {
      let [error, all] = [0, 0];
      for (const [bin, size] of Array.from(count).entries()) {
        error += Math.abs((hits[bin] ?? 0) - (confidence[bin] ?? 0));
        all += size;
      }
      return all === 0 ? 0 : error / all;
    },
  },
};
