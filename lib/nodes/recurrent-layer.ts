import type { Dim, Spec } from '@/lib/tensor/spec';
import type { Field } from './field';
import { rankProblem, specOn, staticProblem, textProblem, unknownOutput } from './inference';
import type { InferContext, Inference, KerasLayer, PlainParams, Tensor, Tf, VariableDecl } from './kind';
import { asFloat } from './operands';
import { flagOf, numberOf, textOf } from './params';

/** The fields that all recurrent layers share. */
export const recurrentFields = (): Record<string, Field> => ({
  units: {
    type: 'number',
    title: 'Units',
    default: 32,
    min: 1,
    max: 65_536,
    soft: [1, 512],
    integer: true,
    logarithmic: true,
    essential: true,
    help: 'How many numbers the layer remembers from step to step.',
  },
  gives: {
    type: 'choice',
    title: 'Gives',
    default: 'last',
    essential: true,
    choices: [
      { value: 'last', title: 'Last step', help: 'One row for the whole sequence.' },
      { value: 'every', title: 'Every step', help: 'A row for each step.' },
    ],
  },
  backwards: { type: 'switch', title: 'Backwards', default: false, help: 'Reads the sequence from its end.' },
  bias: { type: 'switch', title: 'Bias', default: true },
});

/**
 * Inference of a recurrent layer: `[batch, time, features]` becomes `[batch, units]` or `[batch, time, units]`.
 * `flops`: of one step, by features.
 */
export function inferRecurrent(
  title: string,
  { params, inputs }: InferContext,
  variables: (features: number, units: number) => VariableDecl[],
  flops: (features: number, units: number) => number,
): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem(title, 'x'));
  if (!x?.shape) return unknownOutput();
  const [batch = null, time = null, features] = x.shape;
  if (x.shape.length !== 3 || features === undefined) return unknownOutput(rankProblem(title, 'x', x, [3], ranks(x)));
  const units = numberOf(params, 'units');
  const shape: Dim[] = textOf(params, 'gives') === 'every' ? [batch, time, units] : [batch, units];
  const outputs = { y: { shape, dtype: 'float32', meaning: 'features' } satisfies Spec };
  if (typeof features !== 'number') return { outputs, problems: [staticProblem(title, 'x', x, 'features')] };
  const steps = typeof time === 'number' ? time : 1;
  return { outputs, variables: variables(features, units), flops: steps * flops(features, units) };
}

const ranks = (x: Spec) =>
  x.meaning === 'tokens' && x.shape?.length === 2
    ? [
        {
          title: 'Insert Embedding',
          insert: { port: 'x', kind: 'embedding', params: x.classes === undefined ? {} : { tokens: x.classes } },
        },
      ]
    : [];

/**
 * Runs a cell along axis 1. The products with the input kernel are made for all steps at once; the cell sees one row of
 * them, and the state so far. State and output start at zero.
 */
export function unroll(
  tf: Tf,
  params: PlainParams,
  input: Tensor,
  kernel: Tensor,
  bias: Tensor | undefined,
  states: number,
  cell: (projected: Tensor, state: Tensor[]) => Tensor[],
): Tensor {
  const x = asFloat(tf, input);
  const [batch = 0, time = 0, features = 0] = x.shape;
  const rows = tf.matMul(tf.reshape(x, [batch * time, features]), kernel);
  const projected = tf.reshape(bias ? tf.add(rows, bias) : rows, [batch, time, kernel.shape[1] ?? 0]);
  const steps = [...tf.unstack(projected, 1)]; // a copy: the tape relies on the order of the original
  if (flagOf(params, 'backwards')) steps.reverse();
  const units = numberOf(params, 'units');
  let state: Tensor[] = Array.from({ length: states }, () => tf.zeros([batch, units]));
  const outputs: Tensor[] = [];
  for (const step of steps) {
    state = cell(step, state);
    if (state[0]) outputs.push(state[0]);
  }
  return textOf(params, 'gives') === 'every' ? tf.stack(outputs, 1) : (outputs.at(-1) ?? tf.zeros([batch, units]));
}

/** Keras' layer of a recurrent kind; its weights stand in its cell. */
export function recurrentLayer(className: string, params: PlainParams, config: KerasLayer['config']): KerasLayer {
  const bias = flagOf(params, 'bias');
  return {
    className,
    config: {
      units: numberOf(params, 'units'),
      use_bias: bias,
      return_sequences: textOf(params, 'gives') === 'every',
      return_state: false,
      go_backwards: flagOf(params, 'backwards'),
      stateful: false,
      unroll: false,
      ...config,
    },
    weights: ['kernel', 'recurrent_kernel', ...(bias ? ['bias'] : [])],
    weightsAt: 'cell/vars',
  };
}
