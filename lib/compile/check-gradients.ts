import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import { sameDim } from '@/lib/tensor/spec';
import type { Region } from './find-regions';
import { freshId } from './fixes/fresh-id';
import { type FlatNode, placeOf, titleOf, wireInto } from './flat';
import { bodyReach, gradientPorts, gradientReach, type ReachGraph } from './gradient-reach';
import { producerOf } from './make-ops';
import type { Op, Path, ValueId } from './program';
import { remedyParam } from './remedy-param';

interface Gradients extends ReachGraph {
  document: Document;
  regions: readonly Region[];
  /** Nodes whose inputs could not be inferred: nothing is said about them. */
  isTainted(path: Path): boolean;
}

/** Whether what gradient nodes ask for can be had: a way from `wrt` to `of`, and second derivatives where they are needed. */
export function checkGradients(graph: Gradients): Diagnostic[] {
  return graph.regions.flatMap((region) => {
    if (graph.isTainted(region.node.path)) return [];
    if (!region.reaches) return [notUpstream(region, graph)];
    const ops = region.paths.flatMap((path) => withBodies(region.ops.get(path), graph));
    return [...checkSecond(region, ops, graph), ...checkMixing(region, ops, graph)];
  });
}

/** An op, or what of a caller's block a gradient flows through. */
function withBodies(op: Op | undefined, graph: Gradients): Op[] {
  if (!op) return [];
  return bodyReach(op, graph)?.ops.flatMap((inner) => withBodies(inner, graph)) ?? [op];
}

function notUpstream(region: Region, graph: Gradients): Diagnostic {
  const { node } = region;
  const wire = wireInto(node, 'wrt');
  const source = graph.nodes.get(wire?.from ?? '');
  const [fix, ...alternatives] = feedingWires(region, graph);
  return {
    code: 'wrt-not-upstream',
    severity: 'error',
    message: `${titleOf(node)} asks how one wire changes with another, but no gradient gets from “Of” back to ${source ? titleOf(source) : 'that wire'}. Wire “With respect to” to something that “Of” is computed from.`,
    at: placeOf(node, { port: 'wrt', ...(wire ? { edge: wire.edge } : {}) }),
    expected: 'a wire that leads to “Of” through ops that pass a gradient on',
    received: 'none that does',
    ...(fix ? { fix } : {}),
    ...(alternatives.length > 0 ? { alternatives } : {}),
  };
}

/** What `of` is computed from, beside the gradient node: first what has the shape of the wire there. */
function feedingWires({ node, op, ops }: Region, graph: Gradients): Fix[] {
  const wire = wireInto(node, 'wrt');
  const within = { ...graph, ops };
  const met = gradientReach(op.in.of ?? [], within).ops;
  const wanted = graph.values.get(op.in.wrt?.[0] ?? '')?.shape ?? null;
  const found: { value: ValueId; from: FlatNode; fits: boolean }[] = [];
  for (const path of met) {
    const [user, reader] = [ops.get(path), graph.nodes.get(path)];
    if (!user || !reader) continue;
    for (const value of gradientPorts(reader, user, within).flatMap((port) => user.in[port] ?? [])) {
      const from = graph.nodes.get(producerOf(value));
      const spec = graph.values.get(value);
      if (!from || spec?.dtype !== 'float32' || met.has(from.path) || !isBeside(from, node)) continue;
      if (found.some((other) => other.value === value)) continue;
      const fits = spec.shape?.length === wanted?.length;
      found.push({
        value,
        from,
        fits: fits && !!spec.shape?.every((dim, axis) => sameDim(dim, wanted?.[axis] ?? null)),
      });
    }
  }
  return found
    .sort((a, b) => Number(b.fits) - Number(a.fits))
    .slice(0, 3)
    .map(({ value, from }) => {
      const port = value.slice(from.path.length + 1);
      const title = `Differentiate for ${titleOf(from)} (${port})`;
      return {
        title,
        command: {
          do: 'batch',
          title,
          commands: [
            ...(wire ? [{ do: 'remove-edge', graph: node.graph, id: wire.edge } as const] : []),
            {
              do: 'add-edge',
              graph: node.graph,
              id: freshId(graph.document, node.graph, 'e', from.id, port, node.id),
              edge: { from: [from.id, port], to: [node.id, 'wrt'] },
            },
          ],
        },
      };
    });
}

/** In the same copy of the same graph. */
const isBeside = (a: FlatNode, b: FlatNode): boolean =>
  a.graph === b.graph && a.path.slice(0, -a.id.length) === b.path.slice(0, -b.id.length);

const isDifferentiated = ({ node }: Region): boolean => node.params.use === 'differentiable';

function checkSecond(region: Region, ops: readonly Op[], graph: Gradients): Diagnostic[] {
  if (!isDifferentiated(region)) return [];
  const unfit = ops.flatMap((op) => {
    const node = graph.nodes.get(op.id);
    return node?.face && !node.face.second ? [node] : [];
  });
  const [first] = unfit;
  if (!first) return [];
  const { node } = region;
  const others = unfit.length > 1 ? ` (and ${unfit.length - 1} more)` : '';
  const constant = remedyParam(placeOf(node), 'use', 'constant', `Let nothing learn through ${titleOf(node)}`);
  return [
    {
      code: 'not-second-order',
      severity: 'error',
      message: `${titleOf(node)} is to be learned through, so every op in it must be differentiated twice, which ${titleOf(first)}${others} cannot be. Use another op there${first.face?.id.includes('pool') ? ', such as average pooling' : ''}, or make the gradient a constant.`,
      at: placeOf(first),
      expected: 'ops with a second derivative',
      received: first.node.kind,
      ...averageInstead(first, constant.fix),
    },
  ];
}

/** Average pooling has the same ports and settings as max pooling. */
function averageInstead(node: FlatNode, constant: Fix | undefined): Pick<Diagnostic, 'fix' | 'alternatives'> {
  const kind = node.node.kind.replace(/^max-pool/, 'average-pool');
  if (kind === node.node.kind) return constant ? { fix: constant } : {};
  return {
    fix: {
      title: `Make ${titleOf(node)} average pooling`,
      command: { do: 'set-node', graph: node.graph, id: node.id, set: { kind, version: 1 } },
    },
    ...(constant ? { alternatives: [constant] } : {}),
  };
}

/** One gradient for each example means nothing where its output hangs on the other examples. */
function checkMixing({ node, op }: Region, ops: readonly Op[], graph: Gradients): Diagnostic[] {
  const isBatch = (value: ValueId | undefined): boolean => graph.values.get(value ?? '')?.shape?.[0] === 'batch';
  if (!isBatch(op.in.of?.[0]) || !isBatch(op.in.wrt?.[0])) return [];
  const mixing = ops.flatMap((inner) => {
    const found = graph.nodes.get(inner.id);
    return found?.face?.mixesExamples && !inner.frozen ? [found] : [];
  });
  const [first] = mixing;
  if (!first) return [];
  return [
    {
      code: 'batchnorm-mixes-examples',
      severity: 'warning',
      message: `${titleOf(node)} asks for one gradient an example, but through ${titleOf(first)} each example's output hangs on the whole batch. Use layer norm in its place.`,
      at: placeOf(first),
      expected: 'ops that treat each example alone',
      received: first.node.kind,
      ...layerInstead(first),
    },
  ];
}

function layerInstead(node: FlatNode): { fix?: Fix } {
  if (node.face?.id !== 'batch-norm') return {};
  const title = `Make ${titleOf(node)} layer norm`;
  const reset = Object.keys(node.node.params).map(
    (param) => ({ do: 'set-param', graph: node.graph, id: node.id, param }) as const,
  );
  const { graph, id } = node;
  return {
    fix: {
      title,
      command: {
        do: 'batch',
        title,
        commands: [...reset, { do: 'set-node', graph, id, set: { kind: 'layer-norm', version: 1, promoted: null } }],
      },
    },
  };
}
