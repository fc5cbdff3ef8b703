import { slotOf } from '../common/make-weight';
import type { MakeWeight } from '../kind';

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
