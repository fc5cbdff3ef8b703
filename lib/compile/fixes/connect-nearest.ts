import type { Fix } from '@/lib/graph/diagnostic';
import { canConnect, type PortType } from '@/lib/graph/port-type';
import type { PortFace } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import { type FlatNode, titleOf } from '../flat';
import { inferRemembered } from '../memo';
import { batch, type Workbench, wire } from './workbench';

interface Candidate {
  node: FlatNode;
  port: PortFace;
  score: number;
}

/**
 * The output of the same graph that fits an open input best: its kind raises no problem with it, it has a like name, it
 * leads nowhere yet, and it stands near. Nothing behind the node itself, which would make a circle.
 */
export function connectNearest(bench: Workbench, node: FlatNode, port: PortFace): Fix | undefined {
  const best = candidates(bench, node, port)[0];
  if (!best) return undefined;
  const title = `Connect ${titleOf(best.node)}${best.port.id === 'y' ? '' : ` (${best.port.title.toLowerCase()})`}`;
  return {
    title,
    command: batch(title, [wire(bench, node.graph, [best.node.id, best.port.id], [node.id, port.id], port.variadic)]),
  };
}

/** All outputs that fit, best first. */
export function candidates(bench: Workbench, node: FlatNode, port: PortFace): Candidate[] {
  const behind = downstream(bench, node);
  const used = new Set<string>();
  for (const other of bench.flat.nodes.values())
    for (const wires of other.wires.values()) for (const { from, port: output } of wires) used.add(`${from}.${output}`);
  const prefix = node.path.slice(0, node.path.length - node.id.length);
  const found: Candidate[] = [];
  for (const other of bench.order) {
    // Only what stands beside the node in the same copy of the graph can be wired to it.
    if (other.graph !== node.graph || behind.has(other.path) || other.path !== `${prefix}${other.id}`) continue;
    if (bench.inferred.get(other.path)?.tainted) continue;
    for (const output of other.outputs) {
      if (!fits(output.type, port.type)) continue;
      const score = scoreOf(bench, node, port, other, output, used);
      if (score !== null) found.push({ node: other, port: output, score });
    }
  }
  return found.sort((a, b) => b.score - a.score);
}

/** A loss where a tensor is wanted is allowed, but hardly meant. */
const fits = (from: PortType, to: PortType) =>
  from !== 'weights' && canConnect(from, to) && (from === to || to === 'metric');

function scoreOf(
  bench: Workbench,
  node: FlatNode,
  port: PortFace,
  other: FlatNode,
  output: PortFace,
  used: ReadonlySet<string>,
): number | null {
  let score = 0;
  if (port.type === 'tensor') {
    const spec = bench.inferred.get(other.path)?.outputs[output.id];
    const known = bench.inferred.get(node.path);
    if (!spec || !known || !node.face) return null;
    if (output.id === 'index' || output.id === 'perExample') score -= 20;
    const inputs: Record<string, Spec[]> = { ...known.inputs, [port.id]: [spec] };
    const complete = node.inputs.every(
      (input) => input.optional || input.type === 'weights' || (inputs[input.id]?.length ?? 0) > 0,
    );
    if (complete) {
      const problems = inferRemembered(node.face, node.params, inputs, bench.env).problems ?? [];
      if (problems.some((problem) => problem.severity === 'error')) return null;
      score -= 5 * problems.length;
    }
    score += meaningScore(port, spec);
  }
  if (!used.has(`${other.path}.${output.id}`)) score += 3;
  if (alike(port.id, output.id)) score += 4;
  return score - distance(bench, node, other);
}

/** Labels want classes, scores want what a layer makes. */
function meaningScore(port: PortFace, spec: Spec): number {
  const label = /label|target/.test(port.id);
  const given = spec.meaning === 'class' || spec.meaning === 'one-hot' || spec.meaning === 'sample-weight';
  return label === given ? 4 : -6;
}

const alike = (a: string, b: string) => a === b || a === `${b}s` || b === `${a}s`;

/** In screens, up to 2; without a layout, later nodes of the order are nearer. */
function distance({ document, order }: Workbench, a: FlatNode, b: FlatNode): number {
  const places = document.layout[a.graph] ?? {};
  const [here, there] = [places[a.id], places[b.id]];
  if (here && there) return Math.min(2, Math.hypot(here.x - there.x, here.y - there.y) / 1500);
  return 1 - order.indexOf(b) / Math.max(1, order.length);
}

function downstream({ flat }: Workbench, node: FlatNode): Set<string> {
  const feeds = new Map<string, string[]>();
  for (const other of flat.nodes.values())
    for (const wires of other.wires.values())
      for (const { from } of wires) feeds.set(from, [...(feeds.get(from) ?? []), other.path]);
  const found = new Set<string>();
  const stack = [node.path];
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    stack.push(...(feeds.get(path) ?? []));
  }
  return found;
}
