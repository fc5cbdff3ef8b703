import { required } from '@/lib/base/invariant';
import type { PortId } from '@/lib/graph/document';
import type { InitDecl, Tensor, Tf, VariableDecl } from '../kind';

/** The tensor on a port that the compiler has found wired. */
export const tensorOn = (inputs: Record<PortId, Tensor[]>, port: PortId): Tensor =>
  required(inputs[port]?.[0], `the tensor on ${port}`);

/** Number tensors of other dtypes become float32. */
export const asFloat = (tf: Tf, x: Tensor): Tensor => (x.dtype === 'float32' ? x : tf.cast(x, 'float32'));

/** The tensor on a port as float32. */
export const floatOn = (tf: Tf, inputs: Record<PortId, Tensor[]>, port: PortId): Tensor =>
  asFloat(tf, tensorOn(inputs, port));

export const variableOf = (variables: Record<string, Tensor>, slot: string): Tensor =>
  required(variables[slot], `variable ${slot}`);

/** A variable that gradients change. */
export const trainable = (slot: string, shape: number[], init: InitDecl): VariableDecl => ({
  slot,
  shape,
  role: 'trainable',
  init,
});

/** A layer's bias, where it has one. */
export const biasOf = (enabled: boolean, size: number): VariableDecl[] =>
  enabled ? [trainable('bias', [size], { law: 'zeros' })] : [];
