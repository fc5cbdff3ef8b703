import { fitsShape, formatShape, type Spec } from '@/lib/tensor/spec';
import { flopsPerExample, rankProblem, specOn } from '../common/inference';
import { classNumbers } from '../common/labels';
import { isConstant, liveNumber } from '../common/live';
import { inferLoss, LOSS_OUTPUTS, weightedLoss, weightsLike } from '../common/loss';
import { asFloat, floatOn, tensorOn } from '../common/operands';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, PortFace, Problem } from '../kind';
import { lossEmit } from './loss-emission';

const MASK: PortFace = { id: 'mask', title: 'Mask', type: 'tensor', optional: true };

export const face: Face = {
  id: 'policy-gradient',
  version: 1,
  title: 'Policy gradient',
  summary: 'Makes actions likelier that turned out well.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['reinforce', 'reinforcement learning', 'actor', 'policy loss', 'rl'],
  icon: 'trophy',
  fields: {
    entropy: {
      type: 'number',
      title: 'Entropy bonus',
      default: 0,
      min: 0,
      soft: [0, 0.1],
      step: 0.001,
      live: true,
      help: 'What it is worth to stay undecided, so that the policy goes on exploring.',
    },
  },
  inputs: [
    { id: 'logits', title: 'Scores', type: 'tensor' },
    { id: 'action', title: 'Action', type: 'tensor' },
    { id: 'advantage', title: 'Advantage', type: 'tensor' },
    MASK,
  ],
  outputs: LOSS_OUTPUTS,
  grad: ['logits'],
  second: true,
  time: 'pointwise',
  oftenNext: ['adam', 'loss-sum'],
};

export function infer(context: InferContext): Inference {
  const logits = specOn(context.inputs, 'logits');
  const { mask } = context.inputs;
  const steps = logits?.shape && logits.shape.length > 1 ? logits.shape.slice(0, -1) : null;
  return inferLoss(
    mask ? { sampleWeight: mask } : {},
    steps,
    flopsPerExample(logits?.shape ?? null, 8),
    problemsOf(context, logits),
  );
}

export const docs: KindDocs = {
  text: 'Raises the chance of actions with a positive advantage and lowers that of the others. An advantage is how much more came of an action than expected: returns less their mean, or less a baseline. One advantage for a whole sequence counts for each of its steps.',
  formula: 'l = −A·log softmax(z)[a] − β·H(softmax(z)),  loss = Σ m·l / Σ m',
  source: 'Williams, Simple statistical gradient-following algorithms for connectionist reinforcement learning, 1992',
};

export const examples: KindExample[] = [
  {
    title: 'Steps of an episode',
    inputs: {
      logits: [{ shape: [6, 2], dtype: 'float32', meaning: 'features' }],
      action: [{ shape: [6], dtype: 'int32', meaning: 'action', classes: 2 }],
      advantage: [{ shape: [6], dtype: 'float32', meaning: 'features' }],
      mask: [{ shape: [6], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
  {
    title: 'One reward for a sequence of choices',
    params: { entropy: 0.1 },
    inputs: {
      logits: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }],
      action: [{ shape: ['batch', 4], dtype: 'int32', meaning: 'tokens', classes: 3 }],
      advantage: [{ shape: ['batch'], dtype: 'float32', meaning: 'reward' }],
    },
  },
];

function problemsOf({ inputs }: InferContext, logits: Spec | undefined): Problem[] {
  if (!logits?.shape) return [];
  if (logits.shape.length < 2) return [rankProblem('Policy gradient', 'logits', logits, [2])];
  const steps = logits.shape.slice(0, -1);
  const [action, advantage] = [specOn(inputs, 'action'), specOn(inputs, 'advantage')];
  const problems: Problem[] = [];
  if (action?.shape && !fitsShape(action.shape, steps))
    problems.push(mismatch('action', 'one action for each row of scores', steps, action));
  if (advantage?.shape && !fitsShape(advantage.shape, steps.slice(0, advantage.shape.length)))
    problems.push(mismatch('advantage', 'one advantage for each action or sequence', steps, advantage));
  return problems;
}

const mismatch = (port: string, what: string, wanted: Spec['shape'], given: Spec): Problem => ({
  code: 'shape-mismatch',
  severity: 'error',
  port,
  message: `Policy gradient needs ${what} (${formatShape(wanted)}), but gets ${formatShape(given.shape)}.`,
  expected: formatShape(wanted),
  received: formatShape(given.shape),
});

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { inputs } = context;
    const scores = floatOn(tf, inputs, 'logits');
    const logs = tf.logSoftmax(scores);
    const taken = asFloat(
      tf,
      tf.oneHot(classNumbers(tf, tensorOn(inputs, 'action'), scores), scores.shape.at(-1) ?? 1),
    );
    const likelihood = tf.sum(tf.mul(taken, logs), -1);
    const advantage = weightsLike(tf, likelihood, tensorOn(inputs, 'advantage'));
    const entropy = liveNumber(context, 'entropy');
    const gain = tf.mul(advantage, likelihood);
    // Σ p·log p is the entropy with its sign turned.
    const perExample = isConstant(entropy, 0)
      ? tf.neg(gain)
      : tf.sub(tf.mul(entropy, tf.sum(tf.mul(tf.exp(logs), logs), -1)), gain);
    return weightedLoss(tf, perExample, inputs.mask?.[0]);
  },
};

export const emit: Emit = lossEmit;
