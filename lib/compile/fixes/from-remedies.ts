import type { Command } from '@/lib/graph/command';
import type { Fix } from '@/lib/graph/diagnostic';
import type { EdgeId } from '@/lib/graph/document';
import type { PlainParams, Remedy } from '@/lib/nodes/kind';
import { formatDim } from '@/lib/tensor/spec';
import { type FlatNode, type FlatWire, titleOf } from '../flat';
import type { NodeProblem } from '../infer-specs';
import { freshId } from './fresh-id';
import { insertOnWire, originOfAxes } from './insert-node';
import { batch, type Workbench } from './workbench';

/** Kinds that merge axes: they belong where the axes should have ended, not where somebody stumbled over them. */
const MERGES_AXES = new Set(['flatten', 'global-average-pool-2d']);

/** The ways out that a kind offers, as commands on this document; and the wire where the trouble began, with why. */
export function fixesFromRemedies(
  bench: Workbench,
  { node, problem }: NodeProblem,
): { fixes: Fix[]; origin?: { edge: EdgeId; why: string } } {
  const fixes: Fix[] = [];
  let origin: { edge: EdgeId; why: string } | undefined;
  for (const remedy of problem.remedies ?? []) {
    if ('insert' in remedy && MERGES_AXES.has(remedy.insert.kind)) {
      const from = originOfAxes(bench, node, remedy.insert.port, remedy.insert.wire);
      if (from && from.node !== node && from.node.graph === node.graph)
        origin = { edge: from.wire.edge, why: whyThere(bench, from) };
    }
    const fix = makeFix(bench, node, remedy);
    if (fix) fixes.push(remedy.cost === undefined ? fix : { ...fix, cost: remedy.cost });
  }
  if (problem.code === 'logits-expected') fixes.push(...skipSquash(bench, node, problem.port));
  return { fixes, ...(origin === undefined ? {} : { origin }) };
}

function whyThere(bench: Workbench, { node, wire }: { node: FlatNode; wire: FlatWire }): string {
  const size = bench.inferred.get(wire.from)?.outputs[wire.port]?.shape?.slice(1, -1).map(formatDim).join('×');
  const title = titleOf(node);
  return `The picture is still ${size ?? 'whole'} at ${title}, which works on its last axis only and so answers once for each position.`;
}

function makeFix(bench: Workbench, node: FlatNode, remedy: Remedy): Fix | undefined {
  if ('set' in remedy) return setParams(node, remedy.set, remedy.title);
  if ('setSource' in remedy) {
    const found = settableSource(bench, node, remedy.setSource);
    return found ? setParams(found.node, found.set, remedy.title) : undefined;
  }
  const { port, kind, params = {}, wire: index = 0 } = remedy.insert;
  if (MERGES_AXES.has(kind)) {
    const from = originOfAxes(bench, node, port, index);
    return from ? insertOnWire(bench, from.node, from.wire.edge, kind, params, remedy.title) : undefined;
  }
  const wire = node.wires.get(port)?.[index];
  return wire ? insertOnWire(bench, node, wire.edge, kind, params, remedy.title) : undefined;
}

function setParams(node: FlatNode, set: PlainParams, title: string): Fix {
  const commands = Object.entries(set).map(
    ([param, value]): Command => ({ do: 'set-param', graph: node.graph, id: node.id, param, value }),
  );
  return { title, command: batch(title, commands) };
}

/** What a convolution calls the number that a dense layer calls units. */
const ALIASES: Record<string, string> = { units: 'filters' };

/** The nearest node upstream that has the params: activations, dropout and the like are passed. */
function settableSource(
  bench: Workbench,
  node: FlatNode,
  { port, wire: index = 0, set }: { port: string; wire?: number; set: PlainParams },
): { node: FlatNode; set: PlainParams } | undefined {
  let wire = node.wires.get(port)?.[index];
  for (let steps = 0; wire && steps < 100; steps++) {
    const source: FlatNode | undefined = bench.flat.nodes.get(wire.from);
    const fields = source?.face?.fields;
    if (!source || !fields) return undefined;
    const renamed = Object.fromEntries(
      Object.entries(set).map(([key, value]) => [key in fields ? key : (ALIASES[key] ?? key), value]),
    );
    if (Object.keys(renamed).every((key) => key in fields)) return { node: source, set: renamed };
    if (source.face?.learns) return undefined;
    const input = source.inputs.find((candidate) => candidate.type === 'tensor' && source.wires.has(candidate.id));
    wire = input ? source.wires.get(input.id)?.[0] : undefined;
  }
  return undefined;
}

/** Probabilities where logits are wanted: leave out the softmax or sigmoid that made them. */
function skipSquash(bench: Workbench, node: FlatNode, port: string | undefined): Fix[] {
  const wire = port === undefined ? undefined : node.wires.get(port)?.[0];
  const source = wire ? bench.flat.nodes.get(wire.from) : undefined;
  if (!source || bench.inferred.get(source.path)?.outputs[wire?.port ?? '']?.meaning !== 'probabilities') return [];
  const activation = source.params.activation;
  if (activation === 'softmax' || activation === 'sigmoid')
    return [setParams(source, { activation: 'linear' }, `Use the logits: no activation in ${titleOf(source)}`)].filter(
      () => allows(source, 'activation', 'linear'),
    );
  const before = source.face?.learns ? undefined : source.wires.get(source.face?.passThrough?.input ?? 'x')?.[0];
  if (!before || !wire || source.graph !== node.graph) return [];
  const from = bench.flat.nodes.get(before.from);
  if (!from || from.graph !== node.graph) return [];
  const title = `Use the logits, from before ${titleOf(source)}`;
  return [
    {
      title,
      command: {
        do: 'batch',
        title,
        commands: [
          { do: 'remove-edge', graph: node.graph, id: wire.edge },
          {
            do: 'add-edge',
            graph: node.graph,
            id: freshId(bench.document, node.graph, 'e', from.id, node.id),
            edge: { from: [from.id, before.port], to: [node.id, port ?? 'x'] },
          },
        ],
      },
    },
  ];
}

function allows(node: FlatNode, key: string, value: string): boolean {
  const field = node.face?.fields[key];
  return field?.type === 'choice' && field.choices.some((choice) => choice.value === value);
}
