import type { Net, RecordedNode } from './net';
import type { Around, Rule } from './rewrite';
import { FLOAT } from './types';

const NORM = 'NetloomBatchNorm';
const GRADIENT = 'NetloomBatchNormGrad';

/** The addon computes with so many channels at once. */
const LANES = 16;
/** Of fewer rows there is little to gain, and of one row no statistics. */
const ROWS = 256;

const shape = (net: Net, ref: string | undefined): number[] => net.output(ref ?? '')?.shape ?? [];

const same = (a: readonly number[], b: readonly number[]): boolean => String(a) === String(b);

/** Pictures of floats with channels last, normalised by their own statistics. */
function fits({ attributes, outputs }: RecordedNode): boolean {
  const { T: type, U: sums, data_format: format, is_training: learns } = attributes;
  const isFloat = [type, sums].every((one) => one !== undefined && 'type' in one && one.type === FLOAT);
  const sizes = outputs[0]?.shape ?? [];
  const channels = sizes.at(-1) ?? 0;
  const rows = sizes.slice(0, -1).reduce((product, size) => product * size, 1);
  const isLast = format === undefined || ('text' in format && format.text === 'NHWC');
  const isOwn = learns === undefined || ('bool' in learns && learns.bool === true);
  return isFloat && isLast && isOwn && sizes.length === 4 && channels % LANES === 0 && rows >= ROWS;
}

/** What is added to a batch norm whose result goes nowhere else, and whether ReLU follows. */
function behind(old: RecordedNode, { net, users, place, isSeen }: Around): { added?: string; relu: boolean } {
  const only = (ref: string): RecordedNode | undefined =>
    !isSeen(ref) && users(ref).length === 1 ? users(ref)[0] : undefined;
  const next = only(old.name);
  if (next?.op === 'Relu') return { relu: true };
  const isSum = next?.op === 'AddV2' || next?.op === 'Add';
  const other = isSum ? next.inputs.find((ref) => ref !== old.name) : undefined;
  if (!next || other === undefined || only(next.name)?.op !== 'Relu') return { relu: false };
  const added = place(other);
  return same(shape(net, added), old.outputs[0]?.shape ?? []) ? { added, relu: true } : { relu: false };
}

const normalise: Rule = (node, around, old) => {
  const { net, users } = around;
  const [x = '', gamma = '', beta = ''] = node.inputs;
  const { epsilon, exponential_avg_factor: factor } = node.attributes;
  // What was before has no part in the statistics.
  const isNew = factor === undefined || ('float' in factor && factor.float === 1);
  const isOurs = [3, 4, 5].every((i) =>
    users(`${old.name}:${i}`).every(
      (user) =>
        user.op === 'FusedBatchNormGradV3' &&
        fits(user) &&
        [3, 4].every((j) => users(`${user.name}:${j}`).length === 0),
    ),
  );
  if (!fits(node) || !isNew || !isOurs || !epsilon) return undefined;
  const none = { type: FLOAT, shape: [0] };
  const value = { tensor: { ...none, bytes: new Uint8Array(0) } };
  const { added = net.make('Const', [], { dtype: { type: FLOAT }, value }, [none]), relu } = behind(old, around);
  const channels = { type: FLOAT, shape: shape(net, gamma) };
  const outputs = [...node.outputs.slice(0, 1), ...Array.from({ length: 5 }, () => channels)];
  return net.make(NORM, [x, gamma, beta, added], { epsilon, relu: { bool: relu } }, outputs);
};

/** The batch norm in which this is done already. */
const isDone: Rule = ({ inputs }, { net }) =>
  inputs.find((ref, i) => {
    const norm = net.node(ref);
    if (norm?.op !== NORM || ref !== norm.name) return false;
    const other = inputs[1 - i];
    return other === undefined ? isRelu(norm) : norm.inputs[3] === other;
  });

const isRelu = ({ attributes: { relu } }: RecordedNode): boolean =>
  relu !== undefined && 'bool' in relu && relu.bool === true;

const gradient: Rule = (node, { net }) => {
  const [flow = '', x = '', gamma = '', mean = '', deviation = '', shift = ''] = node.inputs;
  const norm = net.node(mean);
  if (norm?.op !== NORM) return undefined;
  const bent = net.node(flow);
  // Without anything added, the sign is known from the input.
  const passes =
    bent?.op === 'ReluGrad' && bent.inputs[1] === norm.name && isRelu(norm) && shape(net, norm.inputs[3])[0] === 0;
  const from = passes ? (bent.inputs[0] ?? '') : flow;
  const outputs = node.outputs.slice(0, 3);
  return net.make(GRADIENT, [from, x, gamma, mean, deviation, shift], { relu: { bool: passes } }, outputs);
};

/** Batch norm of pictures by the addon (`addon/batch-norm.h`), with a sum and ReLU behind it, and its gradient. */
export const batchNorm: Record<string, Rule> = {
  FusedBatchNormV3: normalise,
  Relu: isDone,
  Add: isDone,
  AddV2: isDone,
  FusedBatchNormGradV3: gradient,
};
