import type { Json } from '@/lib/base/json';
import { scalarSpec } from '../common/inference';
import { trainable, variableOf } from '../common/operands';
import { flagOf } from '../common/params';
import type {
  Emit,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  PlainParams,
  Problem,
  Tensor,
} from '../kind';
import { lossEmit } from './loss-emission';

const FORMS = ['gaussian', 'softmax'];

export const face: Face = {
  id: 'uncertainty-sum',
  version: 1,
  title: 'Uncertainty sum',
  summary: 'Adds losses by weights that it learns.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  learns: true,
  aliases: ['multi-task', 'learned weights', 'homoscedastic uncertainty', 'kendall', 'loss weighting', 'log variance'],
  icon: 'sum',
  fields: {
    learn: {
      type: 'switch',
      title: 'Learn the weights',
      default: true,
      essential: true,
      help: 'Off: the losses are simply added.',
    },
    forms: {
      type: 'json',
      title: 'Forms',
      default: [],
      help: 'For each loss, in the order of the wires, "gaussian" (regression) or "softmax" (classification); gaussian where none is given.',
    },
  },
  inputs: [{ id: 'losses', title: 'Losses', type: 'loss', variadic: true }],
  outputs: [
    { id: 'loss', title: 'Loss', type: 'loss' },
    { id: 'factors', title: 'Weight of each', type: 'tensor' },
  ],
  second: true,
  oftenNext: ['adam', 'mean-metric'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const count = inputs.losses?.length ?? 0;
  const learns = flagOf(params, 'learn') && count > 0;
  return {
    outputs: {
      loss: scalarSpec(),
      factors: { shape: [count], dtype: 'float32', meaning: 'score' },
    },
    ...(learns ? { variables: [trainable('log_variance', [count], { law: 'zeros' })] } : {}),
    flops: 6 * count,
    problems: formProblems(params.forms ?? []),
  };
}

export const docs: KindDocs = {
  text: 'When a network has several tasks, their losses have different sizes. Each gets a learned log-variance s: a loss that stays large is trusted less, and the term in s keeps it from being trusted not at all. Weight of each shows the e^−s over time.',
  formula: 'L = Σ e^−s·l/2 + s/2 (gaussian),  Σ e^−s·l + s/2 (softmax)',
  source: 'Kendall, Gal and Cipolla, Multi-task learning using uncertainty to weigh losses, 2018',
};

export const examples: KindExample[] = [
  {
    title: 'A classification and two regressions',
    params: { forms: ['softmax', 'gaussian'] },
    inputs: { losses: [scalarSpec(), scalarSpec(), scalarSpec()] },
  },
  { title: 'Equal weights', params: { learn: false }, inputs: { losses: [scalarSpec(), scalarSpec()] } },
];

function formProblems(forms: Json): Problem[] {
  const list = Array.isArray(forms) ? forms : [forms];
  const wrong = list.find((form) => typeof form !== 'string' || !FORMS.includes(form));
  if (Array.isArray(forms) && wrong === undefined) return [];
  return [
    {
      code: 'param-range',
      severity: 'error',
      param: 'forms',
      message: `Forms is a list of "gaussian" and "softmax", one for each loss, not ${JSON.stringify(forms)}.`,
      expected: '"gaussian" or "softmax"',
      received: JSON.stringify(wrong ?? forms),
      remedies: [{ title: 'Take gaussian for all', set: { forms: [] } }],
    },
  ];
}

const formOf = ({ forms }: PlainParams, index: number): Json | undefined =>
  Array.isArray(forms) ? forms[index] : undefined;

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const losses = inputs.losses ?? [];
    if (!flagOf(params, 'learn')) {
      const loss = losses.reduce((sum, each) => tf.add(sum, each), tf.scalar(0) as Tensor);
      return { outputs: { loss, factors: tf.ones([losses.length]) } };
    }
    const logVariance = variableOf(variables, 'log_variance');
    const factors = tf.exp(tf.neg(logVariance));
    const halves = tf.tensor1d(losses.map((_, index) => (formOf(params, index) === 'softmax' ? 1 : 0.5)));
    const together = tf.stack(losses.map((loss) => tf.reshape(loss, [])));
    const weighed = tf.sum(tf.mul(tf.mul(factors, halves), together));
    return { outputs: { loss: tf.add(weighed, tf.mul(tf.sum(logVariance), 0.5)), factors } };
  },
};

export const emit: Emit = lossEmit;
