import { handedOn, rests } from '@/lib/nodes/common/evaluation-of';
import type { Face } from '@/lib/nodes/kind';
import { producerOf } from './make-ops';
import type { Num, Op, Path, ValueId } from './program';

export const clocksOf = (numbers: Record<string, Num>): ValueId[] =>
  Object.values(numbers).filter((number) => typeof number === 'string');

/** What an op reads: its inputs, and the clocks that drive its numbers. */
export function readsOf(op: Pick<Op, 'in' | 'numbers'>): ValueId[] {
  const reads: ValueId[] = [];
  for (const port in op.in) for (const value of op.in[port] ?? []) reads.push(value);
  for (const key in op.numbers) {
    const number = op.numbers[key];
    if (typeof number === 'string') reads.push(number);
  }
  return reads;
}

/** What a finished network needs of an op to have one of its values: a resting op hands on one input and no more. */
export function readsWhenDone(op: Op, value: ValueId, face: Pick<Face, 'evaluation'> | undefined): ValueId[] {
  if (!face || !rests(face, op.params)) return readsOf(op);
  return op.in[handedOn(value.slice(op.id.length + 1))] ?? [];
}

/** Slices of a graph of ops: the ancestors of values, always in the graph's topological order. */
export class Slicer {
  private readonly producers = new Map<Path, Path[]>();

  constructor(readonly ops: ReadonlyMap<Path, Op>) {}

  /** Ops whose outputs an op reads. */
  private before(op: Op): readonly Path[] {
    const known = this.producers.get(op.id);
    if (known) return known;
    const producers = readsOf(op).map(producerOf);
    this.producers.set(op.id, producers);
    return producers;
  }

  /** Producers of `values` and all that they need; `stop` ops are neither entered nor taken. */
  ancestors(values: Iterable<ValueId>, stop: ReadonlySet<Path> = new Set()): Set<Path> {
    const found = new Set<Path>();
    const stack = [...values].map(producerOf);
    for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
      if (found.has(path) || stop.has(path)) continue;
      const op = this.ops.get(path);
      if (!op) continue;
      found.add(path);
      for (const producer of this.before(op)) stack.push(producer);
    }
    return found;
  }

  /** The members of a set in topological order. */
  inOrder(paths: ReadonlySet<Path>): Path[] {
    return paths.size === 0 ? [] : [...this.ops.keys()].filter((path) => paths.has(path));
  }

  opsOf(paths: Iterable<Path>): Op[] {
    const ops: Op[] = [];
    for (const path of paths) {
      const op = this.ops.get(path);
      if (op) ops.push(op);
    }
    return ops;
  }
}
