import { type Dim, fitsDim, formatShape, type Spec } from '@/lib/tensor/spec';
import { rankProblem, specOn, textProblem } from '../common/inference';
import { asFloat } from '../common/operands';
import { flagOf } from '../common/params';
import { dropMask } from '../common/unroll';
import type { Field } from '../field';
import type { InferContext, PlainParams, PortFace, Problem, RunContext, Tensor, Tf } from '../kind';

/** What all kinds of attention share: queries ask, keys answer how well they fit, values are mixed accordingly. */

export const attentionFields = (): Record<string, Field> => ({
  causal: {
    type: 'switch',
    title: 'Causal',
    default: false,
    help: 'No step looks at a later one, so that the network can write step by step.',
  },
  dropout: {
    type: 'number',
    title: 'Dropout',
    default: 0,
    min: 0,
    max: 0.99,
    step: 0.05,
    live: true,
    help: 'The share of looks that is silenced while training.',
  },
  scores: {
    type: 'switch',
    title: 'Hand out where it looks',
    default: false,
    help: 'How much each step attends to each other one, as an attention map.',
  },
});

export const ATTENTION_INPUTS: PortFace[] = [
  { id: 'x', title: 'Query', type: 'tensor' },
  { id: 'value', title: 'Value', type: 'tensor', optional: true },
  { id: 'key', title: 'Key', type: 'tensor', optional: true },
  { id: 'mask', title: 'Mask', type: 'tensor', optional: true },
];

export const attentionOutputs = (params: PlainParams): PortFace[] => [
  { id: 'y', title: 'Output', type: 'tensor' },
  ...(flagOf(params, 'scores') ? [{ id: 'scores', title: 'Attention', type: 'tensor' } as const] : []),
];

/** Only where the queries look at themselves does a step of the output belong to a step of the values. */
export const attentionTime = (params: PlainParams): 'causal' | 'mixing' =>
  flagOf(params, 'causal') ? 'causal' : 'mixing';

export interface Attending {
  query: Spec;
  key: Spec;
  value: Spec;
  batch: Dim;
  /** Steps that ask, and steps that are looked at. */
  asks: Dim;
  looked: Dim;
}

/** What is wired: values are the queries unless told otherwise, keys are the values. Null while shapes are unknown. */
export function attendingOn(
  title: string,
  { inputs }: Pick<InferContext, 'inputs'>,
): { problems: Problem[] } | Attending | null {
  const query = specOn(inputs, 'x');
  const value = specOn(inputs, 'value') ?? query;
  const key = specOn(inputs, 'key') ?? value;
  const problems: Problem[] = [];
  for (const [port, spec] of [
    ['x', query],
    ['value', value],
    ['key', key],
  ] as const) {
    if (spec?.dtype === 'string') problems.push(textProblem(title, port));
    else if (spec?.shape && spec.shape.length !== 3) problems.push(rankProblem(title, port, spec, [3]));
  }
  if (problems.length > 0) return { problems };
  if (!query?.shape || !value?.shape || !key?.shape) return null;
  const [batch = null, asks = null] = query.shape;
  const looked = value.shape[1] ?? null;
  if (!fitsDim(key.shape[1] ?? null, looked)) {
    problems.push({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'key',
      message: `Each value has a key: ${formatShape(value.shape)} and ${formatShape(key.shape)} have different numbers of steps.`,
      expected: formatShape([looked]),
      received: formatShape(key.shape),
    });
  }
  problems.push(...maskProblems(title, specOn(inputs, 'mask'), batch, asks, looked));
  return problems.length > 0 ? { problems } : { query, key, value, batch, asks, looked };
}

function maskProblems(title: string, mask: Spec | undefined, batch: Dim, asks: Dim, looked: Dim): Problem[] {
  if (mask?.dtype === 'string') return [textProblem(title, 'mask')];
  if (!mask?.shape) return [];
  const wanted = mask.shape.length === 3 ? [batch, asks, looked] : [batch, looked];
  if (
    mask.shape.length === wanted.length &&
    mask.shape.every((dim, axis) => dim === 1 || fitsDim(dim, wanted[axis] ?? null))
  )
    return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: 'mask',
      message: `The mask of ${title} says for each value (${formatShape([batch, looked])}), or for each query and value (${formatShape([batch, asks, looked])}), whether it may be looked at; here it is ${formatShape(mask.shape)}.`,
      expected: `${formatShape([batch, looked])} or ${formatShape([batch, asks, looked])}`,
      received: formatShape(mask.shape),
    },
  ];
}

/** What takes a look out of the softmax: 0 where it may be, else very much below. */
const FORBIDDEN = -1e9;

/**
 * Softmax over the last axis of `scores` `[batch, queries, values]`, without what is masked, with dropout while training.
 * `heads`: how many rows of `scores` in turn belong to one example.
 */
export function lookWhere(tf: Tf, context: RunContext, scores: Tensor, heads = 1): Tensor {
  const { params, inputs } = context;
  const [rows = 1, asks = 1, looked = 1] = scores.shape;
  const masks: Tensor[] = [];
  const mask = inputs.mask?.[0];
  if (mask) {
    const open = tf.cast(tf.notEqual(asFloat(tf, mask), 0), 'float32');
    const wide = tf.expandDims(mask.rank === 3 ? open : tf.expandDims(open, 1), 1);
    const [batch = 1, , high = 1, long = 1] = wide.shape;
    masks.push(tf.reshape(tf.tile(wide, [1, heads, 1, 1]), [batch * heads, high, long]));
  }
  if (flagOf(params, 'causal')) masks.push(earlierSteps(tf, asks, looked));
  const open = masks.length === 0 ? null : masks.reduce((both, one) => tf.mul(both, one));
  const allowed = open ? tf.add(tf.mul(scores, open), tf.mul(tf.sub(1, open), FORBIDDEN)) : scores;
  const shares = tf.softmax(allowed, -1);
  // Where nothing may be looked at, nothing is.
  const weights = open ? tf.mul(shares, open) : shares;
  const keep = dropMask(tf, context, 'dropout', [rows, asks, looked]);
  return keep ? tf.mul(weights, keep) : weights;
}

/** `[1, asks, looked]`: one where it lies no later than the step that asks. */
function earlierSteps(tf: Tf, asks: number, looked: number): Tensor {
  const values = Float32Array.from({ length: asks * looked }, (_, at) =>
    at % looked > Math.floor(at / looked) ? 0 : 1,
  );
  return tf.tensor3d(values, [1, asks, looked]);
}

/** The tensors that ask, are asked, and are mixed. */
export function attendingTensors(tf: Tf, inputs: RunContext['inputs']): { query: Tensor; key: Tensor; value: Tensor } {
  const on = (port: string): Tensor | undefined => inputs[port]?.[0];
  const query = on('x');
  if (!query) throw new Error('Invariant: attention without a query');
  const value = on('value') ?? query;
  const key = on('key') ?? value;
  return { query: asFloat(tf, query), key: asFloat(tf, key), value: asFloat(tf, value) };
}
