import { numbersOf } from './make-ops';
import type { Variables } from './make-variables';
import type { Op, Update, VariableId } from './program';

/**
 * Moving averages that some ops use. One moves with every update that trains what it follows, or moves that in turn;
 * carries (moving statistics) are copied where they are written.
 */
export function planAverages(updates: readonly Update[], { averages }: Variables, ops: readonly Op[]): void {
  const used = new Set<VariableId>();
  const stack = ops.flatMap((op) => Object.values(op.uses));
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    const average = averages.get(id);
    if (!average || used.has(id)) continue;
    used.add(id);
    stack.push(average.of);
  }
  for (const update of updates) {
    const moved = new Set([...update.weights, ...update.writes.map(({ variable }) => variable)]);
    for (const [variable, { of, by, copied }] of averages) {
      if (!used.has(variable) || !moved.has(of)) continue;
      update.averages.push({ variable, of, decay: copied ? 0 : (numbersOf(by).decay ?? 0) });
      moved.add(variable);
    }
  }
}
