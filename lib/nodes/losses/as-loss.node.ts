import { flopsPerExample, rankProblem, specOn, textProblem } from '../common/inference';
import { inferLoss, LOSS_OUTPUTS, reducedLoss, reductionField, SAMPLE_WEIGHT } from '../common/loss';
import { floatOn } from '../common/operands';
import { textOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { lossEmit } from './loss-emission';

export const face: Face = {
  id: 'as-loss',
  version: 1,
  title: 'As loss',
  summary: 'Makes any tensor something to make small.',
  category: 'losses',
  makes: 'loss',
  role: 'op',
  aliases: ['custom loss', 'objective', 'minimise', 'minimize'],
  icon: 'target-arrow',
  fields: { reduce: reductionField() },
  inputs: [{ id: 'x', title: 'Value', type: 'tensor' }, SAMPLE_WEIGHT],
  outputs: LOSS_OUTPUTS,
  grad: ['x'],
  second: true,
  oftenNext: ['sgd', 'adam', 'loss-sum'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const problems = x?.dtype === 'string' ? [textProblem('As loss', 'x')] : [];
  if (x?.shape?.length === 0 && inputs.sampleWeight?.length)
    problems.push(rankProblem('A weighted loss', 'x', x, [1, 2]));
  const perExample = x?.shape ? x.shape.slice(0, 1) : null;
  return inferLoss(inputs, perExample, flopsPerExample(x?.shape ?? null, 1), problems, x?.shape ?? null);
}

export const docs: KindDocs = {
  text: 'Turns numbers that you computed yourself into a loss: their mean over the batch. An optimizer makes it small.',
  formula: 'L = mean(x)',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }] } },
  { title: 'A number', inputs: { x: [{ shape: [], dtype: 'float32', meaning: 'score' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const reduce = textOf(params, 'reduce') === 'sum' ? 'sum' : 'mean';
    // What is given as one number an example would be handed out as it came.
    return reducedLoss(tf, x.rank <= 1 ? tf.clone(x) : x, inputs.sampleWeight?.[0], reduce);
  },
};

export const emit: Emit = lossEmit;
