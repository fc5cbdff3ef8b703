import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type FlatNode, wireInto } from './flat';
import { producerOf, valueId } from './make-ops';
import { clash, free, keyOf } from './plan-metrics';
import type { Fn, Op, Path, ValueId } from './program';
import { readsWhenDone, type Slicer } from './slices';

/**
 * One function for each output node. It starts at the wires given as `inputs`, or else at the sources of its slice,
 * and holds none of them. What only the training needs of them is left out: the mask that was augmented with its picture.
 */
export function planFunctions(
  order: readonly FlatNode[],
  slicer: Slicer,
): { functions: Fn[]; diagnostics: Diagnostic[] } {
  const functions: Fn[] = [];
  const diagnostics: Diagnostic[] = [];
  const taken = new Map<string, FlatNode>();
  const faces = new Map(order.map(({ path, face }) => [path, face]));
  for (const node of order) {
    const wire = wireInto(node, 'x');
    if (node.face?.role !== 'output' || !wire) continue;
    const name = keyOf(node);
    const other = taken.get(name);
    if (other) {
      diagnostics.push(clash(node, other, name, taken));
      continue;
    }
    taken.set(name, node);
    const given = (node.wires.get('inputs') ?? []).map((input) => valueId(input.from, input.port));
    functions.push(makeFunction(name, valueId(wire.from, wire.port), given, slicer, faces));
  }
  functions.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { functions, diagnostics };
}

function makeFunction(
  name: string,
  output: ValueId,
  given: ValueId[],
  slicer: Slicer,
  faces: ReadonlyMap<Path, FlatNode['face']>,
): Fn {
  const cut = new Set(given);
  const ops = new Set<Path>();
  const inputs = new Set<ValueId>();
  const seen = new Set<ValueId>();
  const stack = [output];
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    const op = slicer.ops.get(producerOf(value));
    // A held value has no op: who calls the function gives it, like what comes out of a source.
    if (!op || cut.has(value) || op.where === 'source') {
      inputs.add(value);
      continue;
    }
    ops.add(op.id);
    stack.push(...readsWhenDone(op, value, faces.get(op.id)));
  }
  const names = new Set<string>();
  const ordered = [
    ...given.filter((value) => inputs.has(value)),
    ...[...inputs].filter((value) => !cut.has(value)).sort(),
  ];
  return {
    name,
    inputs: ordered.map((value) => {
      const input = free(inputName(value, slicer.ops.get(producerOf(value))), names);
      names.add(input);
      return { name: input, value };
    }),
    outputs: [{ name, value: output }],
    ops: slicer.inOrder(ops),
  };
}

/** A field's name, or the kind where the port is only the kind's one output. Names of nodes are not in the hash. */
function inputName(value: ValueId, op: Op | undefined): string {
  const port = value.slice(value.indexOf('.') + 1);
  return port === 'y' && op ? op.kind : port;
}
