import type { PlainParams } from '@/lib/nodes/kind';
import type { Flat, FlatNode } from './flat';
import { wireInto } from './flat';
import { numbersOf, valueId } from './make-ops';
import type { Due, Num, Update, ValueId } from './program';
import { structuralParams } from './share-weights';

/** An optimizer that Training runs. */
export interface Step {
  node: FlatNode;
  loss: ValueId;
  /** Paths of nodes or instances whose weights were wired; empty: chosen by default. */
  scopes: string[];
  due: Due;
  params: PlainParams;
  numbers: Record<string, Num>;
  accumulate: number;
  clip?: NonNullable<Update['clip']>;
  nonFinite: 'stop' | 'retire';
}

/** Fields that the plan itself reads; the others belong to the algorithm. */
const PLAN_FIELDS = new Set(['every', 'from', 'until', 'accumulate', 'clip', 'clipAt', 'nonFinite']);

/** The training node of the main graph, where there is exactly one. */
export function trainingOf(flat: Flat): FlatNode | undefined {
  const found = [...flat.nodes.values()].filter((node) => node.face?.role === 'training');
  return found.length === 1 && found[0]?.graph === 'main' ? found[0] : undefined;
}

/** The optimizers behind Training's `steps`, in their order. */
export function stepsOf(flat: Flat, training: FlatNode): Step[] {
  const steps: Step[] = [];
  for (const wire of training.wires.get('steps') ?? []) {
    const node = flat.nodes.get(wire.from);
    if (node?.face?.role !== 'optimizer' || steps.some((step) => step.node === node)) continue;
    const loss = wireInto(node, 'loss');
    if (loss) steps.push(stepOf(node, valueId(loss.from, loss.port)));
  }
  return steps;
}

function stepOf(node: FlatNode, loss: ValueId): Step {
  const own = ([key]: [string, unknown]) => !PLAN_FIELDS.has(key.split('.')[0] ?? key);
  const numbers = numbersOf(node);
  const { every, from, until, accumulate, clip, clipAt, nonFinite } = node.params;
  const at: Num = numbers.clipAt ?? (typeof clipAt === 'number' ? clipAt : 1);
  return {
    node,
    loss,
    scopes: (node.wires.get('weights') ?? []).map((wire) => wire.from),
    due: {
      at: 'iteration',
      ...(typeof every === 'number' && every > 1 ? { every } : {}),
      ...(typeof from === 'number' && from > 0 ? { from } : {}),
      ...(typeof until === 'number' ? { until } : {}),
    },
    params: Object.fromEntries(Object.entries(structuralParams(node)).filter(own)),
    numbers: Object.fromEntries(Object.entries(numbers).filter(own)),
    accumulate: typeof accumulate === 'number' ? accumulate : 1,
    ...(clip === 'norm' || clip === 'global-norm' || clip === 'value' ? { clip: { by: clip, at } } : {}),
    nonFinite: nonFinite === 'retire' ? 'retire' : 'stop',
  };
}
