import { elementsPerExample, type Spec } from '@/lib/tensor/spec';
import { type Flat, type FlatInstance, type FlatNode, isEntry, isResultPort } from './flat';
import type { Inferred } from './infer-specs';
import type { Variables } from './make-variables';
import { measureMemory } from './measure-memory';
import type { NodeReport, Path } from './program';
import { type Field, growField, startField } from './receptive-field';
import type { NodeInsight, Totals } from './result';

interface Forms {
  flat: Flat;
  order: readonly FlatNode[];
  inferred: ReadonlyMap<Path, Inferred>;
  variables: Variables;
  batch: number;
  /** Whether a caller, by path, goes through its block step by step, each going on from where the one before stopped. */
  steps(caller: Path): boolean;
}

const noReport = (): NodeReport => ({ parameters: 0, trainableParameters: 0, flops: 0, activationBytes: 0 });

/** Parameters, FLOPs, memory and receptive field of every node. A variable counts where it is owned. */
export function measureNodes(forms: Forms): Map<Path, NodeReport> {
  const { flat, order, inferred, variables } = forms;
  const reports = new Map<Path, NodeReport>();
  const fields = new Map<Path, Field | null>();
  for (const node of order) {
    const known = inferred.get(node.path);
    const report = noReport();
    for (const id of Object.values(variables.uses.get(node.path) ?? {})) {
      const variable = variables.all.get(id);
      if (!variable || variable.resets || !id.startsWith(`${node.path}#`)) continue;
      const size = variable.shape.reduce((product, length) => product * length, 1);
      report.parameters += size;
      if (variable.role === 'trainable' && !variable.frozen) report.trainableParameters += size;
    }
    const calls = callsOf(node, forms);
    report.flops = calls * (known?.inference.flops ?? 0);
    if (node.face?.role === 'op')
      for (const port of node.outputs)
        if (port.type === 'tensor') report.activationBytes += calls * bytesOf(known?.outputs[port.id]);
    const field = fieldOf(node, known, fields, flat);
    fields.set(node.path, field);
    if (field && node.face?.role === 'op') report.receptiveField = field.size;
    if (!isEntry(node)) reports.set(node.path, report);
  }
  return reports;
}

/**
 * How often a node runs in one evaluation: more than once in the block of a caller, but for a sequence that is made step by
 * step, which is gone through once.
 */
function callsOf(node: FlatNode, forms: Forms): number {
  const caller = node.within === undefined ? undefined : forms.flat.nodes.get(node.within);
  const calls = caller?.face?.calls;
  if (!caller || !calls) return 1;
  const once = calls.causal === true && forms.steps(caller.path);
  const times = once ? 1 : (calls.times?.(caller.params, forms.inferred.get(caller.path)?.inputs ?? {}) ?? 1);
  return callsOf(caller, forms) * times;
}

/** float32, int32 and bool all take four bytes on the device. */
const bytesOf = (spec: Spec | undefined): number => (spec ? 4 * (elementsPerExample(spec.shape) ?? 0) : 0);

function fieldOf(
  node: FlatNode,
  known: Inferred | undefined,
  fields: ReadonlyMap<Path, Field | null>,
  flat: Flat,
): Field | null {
  if (!known) return null;
  const output = node.outputs.find((port) => port.type === 'tensor');
  const shape = output ? known.outputs[output.id]?.shape : undefined;
  if (!shape || shape.length < 3) return null;
  const spatial = shape.length - 2;
  if (node.face?.role === 'dataset' || node.face?.role === 'source') return startField(spatial);
  const before: Field[] = [];
  for (const port of node.inputs) {
    if (port.type !== 'tensor') continue;
    for (const wire of node.wires.get(port.id) ?? []) {
      const field = flat.nodes.has(wire.from) ? fields.get(wire.from) : undefined;
      if (field && field.size.length === spatial) before.push(field);
    }
  }
  return growField(before, known.inference.window);
}

/** What the editor shows on nodes, on instances, whose figures are those of all copies together, and on callers. */
export function makeInsights(forms: Forms, reports: ReadonlyMap<Path, NodeReport>): Record<Path, NodeInsight> {
  const { flat, inferred } = forms;
  const insights: Record<Path, NodeInsight> = {};
  const sums = new Map<Path, NodeReport>();
  for (const node of flat.nodes.values()) {
    const report = reports.get(node.path);
    for (const scope of report ? node.scopes : []) {
      const sum = sums.get(scope) ?? noReport();
      if (report) addReport(sum, report);
      sums.set(scope, sum);
    }
  }
  for (const node of flat.nodes.values()) {
    if (isEntry(node)) continue;
    const known = inferred.get(node.path);
    const report = { ...(reports.get(node.path) ?? noReport()) };
    const inside = sums.get(node.path);
    if (inside) addReport(report, inside);
    insights[node.path] = {
      inputs: node.inputs
        .filter(({ id }) => !isResultPort(id))
        .map((port) => ({ ...port, specs: known?.inputs[port.id] ?? [] })),
      outputs: node.outputs.map((port) => ({ ...port, spec: known?.outputs[port.id] ?? null })),
      ...report,
    };
  }
  for (const instance of flat.instances.values())
    insights[instance.path] = {
      ...instanceInsight(instance, inferred),
      ...(sums.get(instance.path) ?? noReport()),
    };
  return insights;
}

function instanceInsight(instance: FlatInstance, inferred: ReadonlyMap<Path, Inferred>) {
  const specAt = (from: Path, port: string): Spec | null => inferred.get(from)?.outputs[port] ?? null;
  return {
    inputs: instance.inputs.map((port) => ({
      ...port,
      specs: (instance.wires.get(port.id) ?? []).flatMap((wire) => specAt(wire.from, wire.port) ?? []),
    })),
    outputs: instance.outputs.map((port) => {
      const gives = instance.gives.get(port.id);
      return { ...port, spec: gives ? specAt(gives.from, gives.port) : null };
    }),
  };
}

function addReport(sum: NodeReport, report: NodeReport): void {
  sum.parameters += report.parameters;
  sum.trainableParameters += report.trainableParameters;
  sum.flops += report.flops;
  sum.activationBytes += report.activationBytes;
}

/** Sums over all nodes: FLOPs of one example forward, activations of one batch, memory while training. */
export function totalsOf(flat: Flat, reports: ReadonlyMap<Path, NodeReport>, batch: number): Totals {
  const sum = noReport();
  for (const report of reports.values()) addReport(sum, report);
  return {
    nodes: reports.size,
    parameters: sum.parameters,
    trainableParameters: sum.trainableParameters,
    flops: sum.flops,
    activationBytes: sum.activationBytes * batch,
    memory: measureMemory(flat, reports, batch),
  };
}
