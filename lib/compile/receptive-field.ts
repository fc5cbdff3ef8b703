/** How many input numbers one output number sees, and how far apart neighbours' centres lie, by spatial axis. */
export interface Field {
  size: number[];
  jump: number[];
}

export const startField = (axes: number): Field => ({ size: Array(axes).fill(1), jump: Array(axes).fill(1) });

/**
 * The field after an op: a window of k with stride s adds (k − 1) · jump and multiplies the jump by s. Where wires
 * meet, the widest counts. Null where nothing spatial came in.
 */
export function growField(before: readonly Field[], window?: { size: number[]; stride: number[] }): Field | null {
  const [first, ...rest] = before;
  if (!first) return null;
  const met = rest.reduce<Field>(
    (widest, field) => ({
      size: widest.size.map((size, axis) => Math.max(size, field.size[axis] ?? 0)),
      jump: widest.jump.map((jump, axis) => Math.max(jump, field.jump[axis] ?? 0)),
    }),
    first,
  );
  if (!window) return met;
  return {
    size: met.size.map((size, axis) => size + ((window.size[axis] ?? 1) - 1) * (met.jump[axis] ?? 1)),
    jump: met.jump.map((jump, axis) => jump * (window.stride[axis] ?? 1)),
  };
}
