import type { Fix } from '@/lib/graph/diagnostic';
import { canConnect, type PortType } from '@/lib/graph/port-type';
import type { PortFace } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import type { FlatInstance, FlatNode } from '../flat';
import { inferRemembered } from '../memo';
import type { Path } from '../program';
import { batch, type Workbench, wire } from './workbench';

/** A node, or an instance of a block: whatever has ports. */
export type Member = FlatNode | FlatInstance;

interface Candidate {
  member: Member;
  port: PortFace;
  score: number;
}

export const isInstance = (member: Member): member is FlatInstance => 'gives' in member;

/**
 * The output of the same graph that fits an open input best: its kind raises no problem with it, it has a like name, it
 * leads nowhere yet, and it stands near. Nothing behind the node itself, which would make a circle.
 */
export function connectNearest(bench: Workbench, member: Member, port: PortFace): Fix | undefined {
  const best = candidates(bench, member, port).sort((a, b) => b.score - a.score)[0];
  if (!best) return undefined;
  const name = best.member.node.name || best.member.id;
  const title = `Connect ${name}${best.port.id === 'y' ? '' : ` (${best.port.title.toLowerCase()})`}`;
  return {
    title,
    command: batch(title, [
      wire(bench, member.graph, [best.member.id, best.port.id], [member.id, port.id], port.variadic),
    ]),
  };
}

function candidates(bench: Workbench, member: Member, port: PortFace): Candidate[] {
  const behind = downstream(bench, member);
  const used = new Set<string>();
  for (const other of bench.flat.nodes.values())
    for (const wires of other.wires.values()) for (const { from, port: output } of wires) used.add(`${from}.${output}`);
  const prefix = member.path.slice(0, member.path.length - member.id.length);
  const found: Candidate[] = [];
  for (const other of [...bench.order, ...bench.flat.instances.values()]) {
    // Only what stands beside the node in the same copy of the graph can be wired to it.
    if (other.graph !== member.graph || other.path !== `${prefix}${other.id}` || other === member) continue;
    for (const output of other.outputs) {
      const source = isInstance(other) ? other.gives.get(output.id) : { from: other.path, port: output.id };
      if (!source || !fits(output.type, port.type) || behind.has(source.from)) continue;
      const known = bench.inferred.get(source.from);
      if (!known || known.tainted) continue;
      const score = scoreOf(bench, member, port, output, known.outputs[source.port]);
      if (score === null) continue;
      const fresh = used.has(`${source.from}.${source.port}`) ? 0 : 3;
      const near = distance(bench, member, other, source.from);
      found.push({ member: other, port: output, score: score + fresh - near });
    }
  }
  return found;
}

/** A loss where a tensor is wanted is allowed, but hardly meant. */
const fits = (from: PortType, to: PortType) =>
  from !== 'weights' && canConnect(from, to) && (from === to || to === 'metric');

function scoreOf(
  bench: Workbench,
  member: Member,
  port: PortFace,
  output: PortFace,
  spec: Spec | undefined,
): number | null {
  let score = alike(port.id, output.id) ? 4 : 0;
  if (port.type !== 'tensor') return score;
  if (!spec) return null;
  if (output.id === 'index' || output.id === 'perExample') score -= 20;
  score += meaningScore(port, spec);
  const known = bench.inferred.get(member.path);
  if (isInstance(member) || !known || !member.infer) return score;
  const inputs: Record<string, Spec[]> = { ...known.inputs, [port.id]: [spec] };
  const complete = member.inputs.every(
    (input) => input.optional || input.type === 'weights' || (inputs[input.id]?.length ?? 0) > 0,
  );
  if (!complete) return score;
  const problems = inferRemembered(member.infer, member.params, inputs, bench.env).problems ?? [];
  return problems.some((problem) => problem.severity === 'error') ? null : score - 5 * problems.length;
}

/** Labels want classes, scores want what a layer makes. */
function meaningScore(port: PortFace, spec: Spec): number {
  const label = /label|target/.test(port.id);
  const given = spec.meaning === 'class' || spec.meaning === 'one-hot' || spec.meaning === 'sample-weight';
  return label === given ? 4 : -6;
}

const alike = (a: string, b: string) => a === b || a === `${b}s` || b === `${a}s`;

/** In screens, up to 2; without a layout, later nodes of the order are nearer. */
function distance({ document, order }: Workbench, a: Member, b: Member, source: Path): number {
  const places = document.layout[a.graph] ?? {};
  const [here, there] = [places[a.id], places[b.id]];
  if (here && there) return Math.min(2, Math.hypot(here.x - there.x, here.y - there.y) / 1500);
  return 1 - order.findIndex((node) => node.path === source) / Math.max(1, order.length);
}

/** The node itself, or all inside the instance, and all that reads from it. */
function downstream({ flat }: Workbench, member: Member): Set<Path> {
  const feeds = new Map<Path, Path[]>();
  const stack: Path[] = [member.path];
  for (const other of flat.nodes.values()) {
    if (other.scopes.includes(member.path)) stack.push(other.path);
    for (const wires of other.wires.values())
      for (const { from } of wires) {
        const fed = feeds.get(from);
        if (fed) fed.push(other.path);
        else feeds.set(from, [other.path]);
      }
  }
  const found = new Set<Path>();
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    stack.push(...(feeds.get(path) ?? []));
  }
  return found;
}
