import { timeOf } from '@/lib/nodes/common/time-of';
import type { CompileContext } from './context';
import { producerOf } from './make-ops';
import type { Body, Op, ValueId } from './program';

type Kinds = CompileContext['kinds'];

/**
 * Whether a body can read a sequence on its first input piece by piece, each op going on from where it stopped: all that
 * depends on the sequence works on each step alone, or remembers, and meets nothing else that has steps.
 */
export function canStep(body: Body, kinds: Kinds): boolean {
  const [sequence] = body.inputs;
  if (!sequence) return false;
  const made = new Map(body.ops.map((op) => [op.id, op]));
  const stepped = new Set<ValueId>([sequence.value]);
  for (const op of body.ops) {
    const reads = Object.values(op.in).flat();
    if (!reads.some((id) => stepped.has(id))) continue;
    if (!goesOn(op, kinds, (id) => stepped.has(id) || isVariable(id, made))) return false;
    for (const [port, id] of Object.entries(op.out)) if (!(port in op.uses)) stepped.add(id);
  }
  return true;
}

function goesOn(op: Op, kinds: Kinds, fits: (id: ValueId) => boolean): boolean {
  const face = kinds[op.kind]?.face;
  if (!face || op.body !== undefined) return false;
  const time = timeOf(face, op.params);
  if (time === 'pointwise') return Object.values(op.in).flat().every(fits);
  return time === 'causal' && face.steps?.every((port) => (op.in[port] ?? []).every(fits)) === true;
}

/** A layer's variable as a tensor has no steps. */
function isVariable(id: ValueId, made: ReadonlyMap<string, Op>): boolean {
  const path = producerOf(id);
  return id.slice(path.length + 1) in (made.get(path)?.uses ?? {});
}
