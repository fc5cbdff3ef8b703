import { required } from '@/lib/base/invariant';
import type { GraphNode } from './graph-def';
import { liveNodes, nodeOf, type RecordedStep } from './net';

/** A graph to run. */
export interface StepGraph {
  nodes: GraphNode[];
  /** Fetched, in the order of the step's outputs. */
  outputs: string[];
  /** The node behind all that is written, if anything is. */
  done: string | null;
}

/** The handle of a state's variable; all graphs of a session that name the same key share it. */
export const handleNode = (name: string, key: string, type: number, shape: number[]): GraphNode => ({
  name,
  op: 'VarHandleOp',
  inputs: [],
  attributes: { dtype: { type }, shape: { shape }, shared_name: { text: key }, container: { text: '' } },
});

/**
 * Turns placeholders of state into variables that are read, and that change in place once nothing of the step still
 * needs their old values: TensorFlow would otherwise copy them first. Leaves out what nothing needs.
 */
export function stepGraph(step: RecordedStep): StepGraph {
  const { net, outputs, writes } = step;
  const live = liveNodes(step);
  // What an op leaves in a variable need not be read for that alone.
  const looked = new Set([...live.flatMap(({ inputs }) => inputs), ...outputs.values()]);
  for (const [key, ref] of writes) if (net.node(ref)?.state !== key) looked.add(ref);
  const wanted = new Set(live.flatMap(({ changes }) => (changes ? [nodeOf(changes.gradient)] : [])));
  const nodes: GraphNode[] = [];
  const handles = new Map<string, string>();
  const reads = new Map<string, string[]>();
  const writers = new Map<string, string>();
  /** Gradients so far, and the node that waits for so many of them. */
  const gradients: string[] = [];
  const barriers = new Map<number, string>();

  const handle = (key: string, { type, shape }: { type: number; shape: number[] }): string => {
    const known = handles.get(key);
    if (known !== undefined) return known;
    const name = `handle${handles.size}`;
    handles.set(key, name);
    nodes.push(handleNode(name, key, type, shape));
    return name;
  };
  /** What has to come before a write of the key. */
  const before = (key: string): string[] => {
    const writer = writers.get(key);
    return [...(reads.get(key) ?? []), ...(writer === undefined ? [] : [writer])].map((name) => `^${name}`);
  };
  const barrier = (): string[] => {
    if (gradients.length === 0) return [];
    let name = barriers.get(gradients.length);
    if (name === undefined) {
      name = `barrier${gradients.length}`;
      barriers.set(gradients.length, name);
      nodes.push({ name, op: 'NoOp', inputs: gradients.map((one) => `^${one}`), attributes: {} });
    }
    return [`^${name}`];
  };

  for (const node of live) {
    const { name, op, inputs, attributes, state, changes } = node;
    if (state !== undefined) {
      if (!looked.has(name)) continue;
      const spec = required(node.outputs[0], name);
      const from = handle(state, spec);
      nodes.push({ name, op: 'ReadVariableOp', inputs: [from, ...inputs], attributes: { dtype: { type: spec.type } } });
      reads.set(state, [...(reads.get(state) ?? []), name]);
    } else if (changes) {
      const controls = new Set([...changes.states.flatMap(({ key }) => before(key)), ...barrier()]);
      const changed = changes.states.map(({ key, ...spec }) => handle(key, spec));
      nodes.push({ name, op, inputs: [...changed, ...inputs, ...controls], attributes });
      for (const { key } of changes.states) writers.set(key, name);
    } else nodes.push({ name, op, inputs, attributes });
    if (wanted.has(name)) gradients.push(name);
  }

  for (const [key, ref] of writes) {
    // Already there: an op left it so, or nothing changed.
    if (net.node(ref)?.state === key) continue;
    const spec = required(net.output(ref), ref);
    const name = `assign${nodes.length}`;
    const to = handle(key, spec);
    nodes.push({
      name,
      op: 'AssignVariableOp',
      inputs: [to, ref, ...before(key)],
      attributes: { dtype: { type: spec.type } },
    });
    writers.set(key, name);
  }
  const written = [...new Set(writers.values())];
  if (written.length > 0)
    nodes.push({ name: 'done', op: 'NoOp', inputs: written.map((name) => `^${name}`), attributes: {} });
  // What is given cannot be fetched as it is.
  const fetched = [...outputs.values()].map((ref) => {
    const node = net.node(ref);
    if (node?.op !== 'Placeholder' || node.state !== undefined) return ref;
    const name = `fetched${nodes.length}`;
    const { type } = required(net.output(ref), ref);
    nodes.push({ name, op: 'Identity', inputs: [ref], attributes: { T: { type } } });
    return name;
  });
  return { nodes, outputs: fetched, done: written.length > 0 ? 'done' : null };
}
