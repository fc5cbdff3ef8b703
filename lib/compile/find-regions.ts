import { type FlatNode, wireInto } from './flat';
import { gradientPorts, gradientReach, type ReachGraph } from './gradient-reach';
import type { Body, Op, Path, ValueId } from './program';
import { variableAt } from './variable-at';

/** What a gradient op differentiates, and whether its `of` depends on its `wrt` at all. */
export interface Region {
  op: Op;
  node: FlatNode;
  /** The ops around it: of the program, or of the body that it stands in. */
  ops: ReadonlyMap<Path, Op>;
  /** In topological order. */
  paths: Path[];
  reaches: boolean;
}

/** Gives every gradient op its region: the ops through which a gradient flows from `of` back to `wrt`. */
export function findRegions(graph: ReachGraph): {
  ops: Map<Path, Op>;
  bodies: Record<Path, Body>;
  regions: Region[];
} {
  const regions: Region[] = [];
  const within = (ops: ReadonlyMap<Path, Op>): Map<Path, Op> => {
    const found = new Map(ops);
    for (const op of ops.values()) {
      const node = graph.nodes.get(op.id);
      if (!node?.face?.differentiates || !wireInto(node, 'of') || !wireInto(node, 'wrt')) continue;
      const region = { op, node, ops, ...between(op, { ...graph, ops }) };
      regions.push(region);
      found.set(op.id, { ...op, region: region.paths });
    }
    return found;
  };
  const bodies = Object.fromEntries(
    Object.entries(graph.bodies).map(([path, body]) => {
      const ops = within(new Map(body.ops.map((op) => [op.id, op])));
      return [path, { ...body, ops: [...ops.values()] }];
    }),
  );
  return { ops: within(graph.ops), bodies, regions };
}

/** Backwards from `of` along what carries a gradient, then forwards from `wrt` among what was met. */
function between({ in: inputs }: Op, graph: ReachGraph): Pick<Region, 'paths' | 'reaches'> {
  const [of = '', wrt = ''] = [inputs.of?.[0], inputs.wrt?.[0]];
  const met = gradientReach([of], graph).ops;
  const variable = variableAt(wrt, graph.ops);
  const depends = new Set<ValueId>([wrt]);
  const paths: Path[] = [];
  for (const op of graph.ops.values()) {
    const node = graph.nodes.get(op.id);
    if (!node) continue;
    const uses = variable !== undefined && Object.values(op.uses).includes(variable);
    // A variable that several layers share may be read as a tensor from each of them.
    if (uses) for (const slot of Object.keys(op.uses)) if (op.uses[slot] === variable) depends.add(`${op.id}.${slot}`);
    if (!met.has(op.id)) continue;
    const ports = gradientPorts(node, op, graph);
    if (!uses && !ports.some((port) => op.in[port]?.some((value) => depends.has(value)))) continue;
    paths.push(op.id);
    for (const value of Object.values(op.out)) depends.add(value);
  }
  return { paths, reaches: depends.has(of) };
}
