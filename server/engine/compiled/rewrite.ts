import { indexOf, liveNodes, Net, nodeOf, type RecordedNode, type RecordedStep } from './net';

/** What a rule sees beside its node. */
export interface Around {
  /** What has been written so far; the node's inputs are in it. */
  net: Net;
  /** Where an output of the old step is now, if it has been written. */
  place(ref: string): string;
  /** Nodes of the old step that take this output of it. */
  users(ref: string): RecordedNode[];
  /** Whether an output of the old step is one of the step. */
  isSeen(ref: string): boolean;
}

/** The output that takes the place of the node's first one, or undefined where the node stays. `old`: with its old inputs. */
export type Rule = (node: RecordedNode, around: Around, old: RecordedNode) => string | undefined;

/**
 * Writes a step anew: a rule for each op may put others in its place. Of nodes that compute the same, one is left, and none
 * that nothing needs. `prefix`: of the names of new nodes.
 */
export function rewrite(step: RecordedStep, rules: Readonly<Record<string, Rule>>, prefix: string): RecordedStep {
  const old = liveNodes(step);
  const net = new Net(prefix);
  const moved = new Map<string, string>();
  const users = new Map<string, RecordedNode[]>();
  for (const node of old)
    for (const ref of node.inputs) {
      const those = users.get(ref) ?? [];
      those.push(node);
      users.set(ref, those);
    }
  const seen = new Set([...step.outputs.values(), ...step.writes.values()]);
  const place = (ref: string): string => moved.get(ref) ?? ref;
  const around: Around = {
    net,
    place,
    users: (ref) => users.get(ref) ?? [],
    isSeen: (ref) => seen.has(ref),
  };
  for (const node of old) {
    const now = { ...node, inputs: node.inputs.map(place) };
    if (now.changes) now.changes = { ...now.changes, gradient: place(now.changes.gradient) };
    const instead = rules[node.op]?.(now, around, node) ?? net.share(now);
    if (instead === node.name) continue;
    moved.set(node.name, instead);
    for (let i = 1; i < node.outputs.length; i++)
      moved.set(`${node.name}:${i}`, `${nodeOf(instead)}:${indexOf(instead) + i}`);
  }
  const all = (refs: ReadonlyMap<string, string>) => new Map([...refs].map(([key, ref]) => [key, place(ref)]));
  return { net, outputs: all(step.outputs), writes: all(step.writes) };
}
