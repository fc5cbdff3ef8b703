import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { PortId } from '@/lib/graph/document';
import { canConnect, type PortType } from '@/lib/graph/port-type';
import type { FaceEnv, Inference, Problem } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import { blameBatch } from './blame-batch';
import { type Flat, type FlatNode, isFold, placeOf, titleOf } from './flat';
import { inferRemembered } from './memo';
import type { Path } from './program';

/** What inference knows of one node. `blamed`: its problem follows from another one, or was reported. */
export interface Inferred {
  inputs: Record<PortId, Spec[]>;
  outputs: Record<PortId, Spec>;
  inference: Inference;
  /** Nothing that follows from this node is reported. */
  tainted: boolean;
}

/** A problem of a kind's, with the node it arose at: fixes are made from its remedies. */
export interface NodeProblem {
  node: FlatNode;
  problem: Problem;
}

const UNKNOWN: Spec = { shape: null, dtype: 'float32', meaning: 'any' };
const SCALAR: Spec = { shape: [], dtype: 'float32', meaning: 'score' };

/**
 * Specs of all wires, in topological order. Only root causes speak: a node that hangs on one with an error is inferred
 * as far as it goes (for what the editor shows), but reports nothing.
 */
export function inferSpecs(
  flat: Flat,
  order: readonly FlatNode[],
  env: FaceEnv,
): { inferred: Map<Path, Inferred>; problems: NodeProblem[]; diagnostics: Diagnostic[] } {
  const inferred = new Map<Path, Inferred>();
  const problems: NodeProblem[] = [];
  const diagnostics: Diagnostic[] = [];
  const later = new Set(order.map((node) => node.path));
  const early: FlatNode[] = [];
  const take = (node: FlatNode): void => {
    const { known, found, lost } = inferNode(flat, node, inferred, env);
    diagnostics.push(...lost);
    for (const problem of found) problems.push({ node, problem });
    inferred.set(node.path, known);
  };
  for (const node of order) {
    later.delete(node.path);
    if (isFold(node) && [...node.wires.values()].flat().some((wire) => later.has(wire.from))) {
      early.push(node);
      inferred.set(node.path, promiseOf(node, env));
    } else take(node);
  }
  for (const node of early) take(node);
  return { inferred, problems, diagnostics };
}

/** Ports whose wires carry no spec. */
const UNTYPED: ReadonlySet<PortType> = new Set(['weights', 'metric']);

/** What one node gives, from what stands before it; `found` are its own problems, `lost` wires from outputs that are not there. */
export function inferNode(
  flat: Flat,
  node: FlatNode,
  inferred: ReadonlyMap<Path, Inferred>,
  env: FaceEnv,
): { known: Inferred; found: readonly Problem[]; lost: Diagnostic[] } {
  const { inputs, tainted, lost } = gatherInputs(flat, node, inferred);
  const blocked = tainted || node.faulty || lost.length > 0;
  const missing = node.inputs.some(
    (port) => !port.optional && !UNTYPED.has(port.type) && (inputs[port.id]?.length ?? 0) === 0,
  );
  const infer = (given: Record<PortId, Spec[]>): Inference =>
    node.infer && !missing ? inferRemembered(node.infer, node.params, given, env) : { outputs: {} };
  const inference = infer(inputs);
  const found = blocked
    ? []
    : blameBatch(inference.problems ?? [], node, inputs, (given) => infer(given).problems ?? []);
  const outputs: Record<PortId, Spec> = {};
  for (const port of node.outputs) {
    if (port.type === 'tensor') outputs[port.id] = inference.outputs[port.id] ?? UNKNOWN;
    if (port.type === 'loss' || port.type === 'number') outputs[port.id] = inference.outputs[port.id] ?? SCALAR;
  }
  for (const { slot, shape, dtype, perExample } of inference.variables ?? [])
    outputs[slot] ??= { shape: perExample ? ['batch', ...shape] : shape, dtype: dtype ?? 'float32', meaning: 'any' };
  const wrong = found.some((problem) => problem.severity === 'error');
  return { known: { inputs, outputs, inference, tainted: blocked || !node.face || missing || wrong }, found, lost };
}

/** What can be said of a fold that stands before what it measures. */
function promiseOf(node: FlatNode, env: FaceEnv): Inferred {
  const inference: Inference = node.infer ? inferRemembered(node.infer, node.params, {}, env) : { outputs: {} };
  const outputs: Record<PortId, Spec> = {};
  for (const port of node.outputs) if (port.type === 'tensor') outputs[port.id] = inference.outputs[port.id] ?? UNKNOWN;
  return { inputs: {}, outputs, inference, tainted: node.faulty || !node.face };
}

function gatherInputs(flat: Flat, node: FlatNode, inferred: ReadonlyMap<Path, Inferred>) {
  const inputs: Record<PortId, Spec[]> = {};
  const lost: Diagnostic[] = [];
  let tainted = false;
  for (const port of node.inputs) {
    if (UNTYPED.has(port.type) || port.id.startsWith('param:')) continue;
    const specs: Spec[] = [];
    for (const wire of node.wires.get(port.id) ?? []) {
      const source = inferred.get(wire.from);
      // Metrics and steps carry no tensor; a source that was not reached stands in or behind a circle.
      if (!source || source.tainted) tainted = true;
      const spec = source?.outputs[wire.port];
      const from = flat.nodes.get(wire.from);
      const output = from?.outputs.find((candidate) => candidate.id === wire.port);
      if (!output && from?.face && !spec && !source?.tainted) {
        lost.push({
          code: 'port-type',
          severity: 'error',
          message: `${titleOf(from)} has no output ${wire.port}. Wire ${port.title} of ${titleOf(node)} to another output, or remove the wire.`,
          at: placeOf(node, { port: port.id, edge: wire.edge }),
          expected: port.type,
          received: `no output ${wire.port}`,
          fix: { title: 'Remove the wire', command: { do: 'remove-edge', graph: node.graph, id: wire.edge } },
        });
        continue;
      }
      if (!output || canConnect(output.type, port.type)) specs.push(spec ?? UNKNOWN);
    }
    inputs[port.id] = specs;
  }
  for (const port of node.inputs) {
    if (!port.id.startsWith('param:')) continue;
    for (const wire of node.wires.get(port.id) ?? []) if (inferred.get(wire.from)?.tainted !== false) tainted = true;
  }
  return { inputs, tainted, lost };
}
