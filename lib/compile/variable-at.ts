import { producerOf } from './make-ops';
import type { Op, Path, ValueId, VariableId } from './program';

/** The variable that a value is, where it is a layer's. */
export function variableAt(value: ValueId, ops: ReadonlyMap<Path, Op>): VariableId | undefined {
  const path = producerOf(value);
  return ops.get(path)?.uses[value.slice(path.length + 1)];
}
