import { slotOf } from '../common/make-weight';
import { trainable } from '../common/operands';
import { flagOf } from '../common/params';
import type { MakeWeight, PlainParams, RunContext, Tensor, Tf, VariableDecl } from '../kind';

/** What a normalisation learns for each feature: `gamma`, its scale, and `beta`, its shift, as its switches say. */
export const affineVariables = (params: PlainParams, size: number): VariableDecl[] => [
  ...(flagOf(params, 'scale') ? [trainable('gamma', [size], { law: 'ones' })] : []),
  ...(flagOf(params, 'center') ? [trainable('beta', [size], { law: 'zeros' })] : []),
];

/** Their slots, in Keras' order. */
export const affineSlots = (params: PlainParams): string[] => [
  ...(flagOf(params, 'scale') ? ['gamma'] : []),
  ...(flagOf(params, 'center') ? ['beta'] : []),
];

/** `γ·x + β`, with those of the two that are there. */
export function scaleAndShift(tf: Tf, x: Tensor, { gamma, beta }: RunContext['variables']): Tensor {
  const scaled = gamma ? tf.mul(x, gamma) : x;
  return beta ? tf.add(scaled, beta) : scaled;
}

/**
 * Scale and shift of a normalisation, which PyTorch and ONNX have both or none of: what is missing here is one or zero.
 * With `inner`, as `[channels, 1, …]`.
 */
export const affineWeight =
  (slot: 'gamma' | 'beta', enabled: boolean, size: number, inner = 0): MakeWeight =>
  (slots) => ({
    data: enabled ? slotOf(slots, slot).data : new Float32Array(size).fill(slot === 'gamma' ? 1 : 0),
    shape: [size, ...Array.from({ length: inner }, () => 1)],
  });
