import type { PlainParams } from '@/lib/nodes/kind';
import { type FlatNode, isResultPort } from './flat';
import { innerSlot } from './inner-slot';
import { producerOf, valueId } from './make-ops';
import type { Body, Op, Path, ValueId, VariableId } from './program';
import { readsOf, Slicer } from './slices';

/**
 * Takes the ops in callers' blocks out of the program's ops into bodies. A body holds what its outputs need; its caller
 * uses the variables in it, and is driven by the clocks in it, which stay with the program. `order` has inner callers first.
 */
export function makeBodies(
  order: readonly FlatNode[],
  all: ReadonlyMap<Path, Op>,
): { ops: Map<Path, Op>; bodies: Record<Path, Body> } {
  const ops = new Map(all);
  const inside = new Map<Path, FlatNode[]>();
  const bodies: Record<Path, Body> = {};
  for (const node of order) {
    const members = node.within === undefined ? undefined : inside.get(node.within);
    if (members) members.push(node);
    else if (node.within !== undefined) inside.set(node.within, [node]);
    const op = ops.get(node.path);
    if (!op || !node.entry) continue;
    const body = makeBody(node, node.entry, membersOf(inside.get(node.path) ?? [], ops));
    bodies[node.path] = body;
    ops.set(node.path, callerOp(node, op, body, ops));
  }
  for (const nodes of inside.values())
    for (const { path } of nodes) if (ops.get(path)?.where !== 'clock') ops.delete(path);
  return { ops, bodies };
}

function membersOf(nodes: readonly FlatNode[], ops: ReadonlyMap<Path, Op>): Map<Path, Op> {
  const members = new Map<Path, Op>();
  for (const { path } of nodes) {
    const op = ops.get(path);
    if (op && op.where !== 'clock') members.set(path, op);
  }
  return members;
}

function makeBody(caller: FlatNode, entry: FlatNode, members: ReadonlyMap<Path, Op>): Body {
  const outputs: Body['outputs'] = [];
  for (const port of caller.inputs) {
    const wire = caller.wires.get(port.id)?.[0];
    if (isResultPort(port.id) && wire)
      outputs.push({ port: port.id.slice(resultPrefix), value: valueId(wire.from, wire.port) });
  }
  const slicer = new Slicer(members);
  const wanted = slicer.ancestors(outputs.map(({ value }) => value));
  return {
    inputs: entry.outputs.map(({ id }) => ({ port: id, value: valueId(entry.path, id) })),
    outputs,
    ops: slicer.opsOf(slicer.inOrder(wanted)),
  };
}

const resultPrefix = '$out.'.length;

/** The caller reads what its body reads from around it, under names within the body. */
function callerOp(node: FlatNode, op: Op, body: Body, ops: ReadonlyMap<Path, Op>): Op {
  const uses: Record<string, VariableId> = { ...op.uses };
  const numbers = { ...op.numbers };
  for (const inner of body.ops) {
    for (const [slot, variable] of Object.entries(inner.uses)) uses[innerSlot(node.path, inner, slot)] = variable;
    for (const value of [...readsOf(inner), ...body.outputs.map((output) => output.value)])
      if (ops.get(producerOf(value))?.where === 'clock') numbers[value] = value;
  }
  return { ...op, params: callParams(node, op.params), numbers, uses, body: node.path };
}

/** What the block is and how it was set is in the body. */
function callParams(node: FlatNode, params: PlainParams): PlainParams {
  const { [node.face?.calls?.field ?? 'block']: _block, set: _set, ...rest } = params;
  return rest;
}

/** Every op of some bodies, those of inner callers too. */
export function opsInside(ops: readonly Op[], bodies: Readonly<Record<Path, Body>>): Op[] {
  return ops.flatMap((op) => {
    const body = op.body === undefined ? undefined : bodies[op.body];
    return body ? [...body.ops, ...opsInside(body.ops, bodies)] : [];
  });
}

/** Values that bodies take in, by caller. */
export const entriesOf = (bodies: Readonly<Record<Path, Body>>): ValueId[] =>
  Object.values(bodies).flatMap((body) => body.inputs.map(({ value }) => value));
