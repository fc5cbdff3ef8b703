import { paramOfPort } from '@/lib/nodes/common/ports';
import type { Face, Infer, InferContext, PortFace } from '@/lib/nodes/kind';
import { type FlatNode, resultPort } from './flat';
import { type ExpandedCall, wiresInto } from './scope';

/** Through the entry a caller's inputs get into its block. It is inferred like any node, by `calls.enter`. */
export const entryOf = (caller: FlatNode, face: Face): FlatNode => ({
  ...caller,
  path: `${caller.path}/$in`,
  id: '$in',
  ...entryKind(face),
  scopes: [caller.path, ...caller.scopes],
  within: caller.path,
});

const entryKinds = new WeakMap<Face, { face: Face; infer: Infer }>();

function entryKind(face: Face): { face: Face; infer: Infer } {
  const known = entryKinds.get(face);
  if (known) return known;
  // An instance is no op either: both stand for what is in their block.
  const { calls, ...rest } = face;
  const made = {
    face: { ...rest, role: 'instance' as const },
    infer: (context: InferContext) => ({ outputs: calls?.enter(context) ?? {} }),
  };
  entryKinds.set(face, made);
  return made;
}

const isTensor = (port: Pick<PortFace, 'type'>): boolean => port.type === 'tensor' || port.type === 'loss';

/**
 * Ports between a caller and its block, once the caller has its own: the entry sees the caller's wires and gives the block's
 * inputs, and the caller gets an input for each of the block's outputs, so that it comes after them and sees their specs.
 */
export function connectCall({ node, block, inner }: ExpandedCall): void {
  const { entry } = node;
  if (!entry) return;
  entry.wires = node.wires;
  entry.inputs = node.inputs.filter((port) => isTensor(port) && paramOfPort(port.id) === undefined);
  entry.outputs = block.inputs.filter(isTensor).map(({ id, name, type }) => ({ id, title: name || id, type }));
  const results = block.outputs.filter(isTensor);
  for (const port of node.face?.calls?.first ? results.slice(0, 1) : results) {
    const id = resultPort(port.id);
    node.inputs = [...node.inputs, { id, title: port.name || port.id, type: port.type }];
    const { wires } = wiresInto(inner, '$out', port);
    if (wires.length > 0) node.wires.set(id, wires);
  }
}
