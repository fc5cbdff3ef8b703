import { canonicalJson } from '@/lib/base/hash';
import { type Document, type Graph, type GraphId, graphOf, type Node } from '@/lib/graph/document';
import type { FaceEnv } from '@/lib/nodes/kind';
import { type CompileContext, faceEnv } from './context';
import { type Flat, type FlatNode, placeOf } from './flat';
import { flatten } from './flatten';
import { type Inferred, inferNode, inferSpecs } from './infer-specs';
import { paramsOf } from './node-params';
import { orderNodes } from './order-nodes';
import type { Path } from './program';
import { resolveDocumentParams } from './resolve-params';
import type { NodeInsight } from './result';

/**
 * The specs of a document, kept up to date edit by edit: after a change of params only the nodes that it reaches are
 * inferred again. It serves the moment between an edit and the next whole compile, which alone reports problems.
 */
export class Reinference {
  private readonly flat: Flat | undefined;
  private readonly order: readonly FlatNode[] = [];
  private readonly inferred: Map<Path, Inferred> = new Map();
  private readonly at = new Map<string, FlatNode[]>();
  private readonly env: FaceEnv;

  constructor(
    private document: Document,
    context: CompileContext,
  ) {
    this.env = faceEnv(document, context);
    const params = resolveDocumentParams(document, context);
    this.flat = flatten(document, context, params.values).flat;
    if (!this.flat) return;
    this.order = orderNodes(this.flat).order;
    this.inferred = inferSpecs(this.flat, this.order, this.env).inferred;
    for (const node of this.order) {
      const key = `${node.graph} ${node.id}`;
      const same = this.at.get(key);
      if (same) same.push(node);
      else this.at.set(key, [node]);
    }
  }

  /**
   * Nodes whose specs changed, or null where more than plain params did: then everything is to be compiled anew, and
   * this object knows nothing of the new state.
   */
  edit(document: Document): Set<Path> | null {
    const edited = changedNodes(this.document, document);
    if (!edited || !this.flat) return null;
    const dirty = new Set<Path>();
    for (const { graph, id, node } of edited) {
      for (const flat of this.at.get(`${graph} ${id}`) ?? []) {
        // Ports may follow from params, and blocks are chosen by them.
        if (!flat.face || flat.face.calls || typeof flat.face.inputs === 'function') return null;
        if (typeof flat.face.outputs === 'function') return null;
        const { params, faulty } = paramsOf(node, flat.face, flat.values, placeOf(flat));
        if (faulty !== flat.faulty) return null;
        Object.assign(flat, { node, params });
        dirty.add(flat.path);
      }
    }
    this.document = document;
    return this.follow(dirty);
  }

  /** What the editor shows of nodes, with the specs of now; figures stay those of the last whole compile. */
  insights(nodes: Record<Path, NodeInsight>, changed: ReadonlySet<Path>): Record<Path, NodeInsight> {
    const next = { ...nodes };
    for (const path of changed) {
      const [insight, known] = [nodes[path], this.inferred.get(path)];
      if (!insight || !known) continue;
      next[path] = {
        ...insight,
        inputs: insight.inputs.map((port) => ({ ...port, specs: known.inputs[port.id] ?? [] })),
        outputs: insight.outputs.map((port) => ({ ...port, spec: known.outputs[port.id] ?? null })),
      };
    }
    return next;
  }

  private follow(dirty: ReadonlySet<Path>): Set<Path> {
    const changed = new Set<Path>();
    const moved = new Set<Path>();
    for (const node of this.order) {
      if (!dirty.has(node.path) && !hangsOn(node, moved)) continue;
      const before = this.inferred.get(node.path);
      const { known } = inferNode(this.flat as Flat, node, this.inferred, this.env);
      this.inferred.set(node.path, known);
      changed.add(node.path);
      if (!before || before.tainted !== known.tainted || !same(before.outputs, known.outputs)) moved.add(node.path);
    }
    return changed;
  }
}

const same = (a: object, b: object): boolean => canonicalJson(a as never) === canonicalJson(b as never);

function hangsOn(node: FlatNode, moved: ReadonlySet<Path>): boolean {
  if (moved.size === 0) return false;
  for (const wires of node.wires.values()) for (const wire of wires) if (moved.has(wire.from)) return true;
  return false;
}

/** Nodes of which nothing but params (or the name) differs; null where anything else of the document's meaning does. */
function changedNodes(before: Document, after: Document): { graph: GraphId; id: string; node: Node }[] | null {
  if (before.params !== after.params || before.presets !== after.presets || before.settings !== after.settings)
    return null;
  const ids = Object.keys(after.blocks);
  if (ids.length !== Object.keys(before.blocks).length) return null;
  const found: { graph: GraphId; id: string; node: Node }[] = [];
  for (const graph of ['main', ...ids]) {
    const [a, b] = [graphOf(before, graph), graphOf(after, graph)];
    const [old, now] = [before.blocks[graph], after.blocks[graph]];
    if (!a || !b || old?.inputs !== now?.inputs || old?.outputs !== now?.outputs || old?.params !== now?.params)
      return null;
    const nodes = a === b ? [] : changedIn(a, b);
    if (!nodes) return null;
    for (const [id, node] of nodes) found.push({ graph, id, node });
  }
  return found;
}

function changedIn(before: Graph, after: Graph): [string, Node][] | null {
  if (before.edges !== after.edges) return null;
  const ids = Object.keys(after.nodes);
  if (ids.length !== Object.keys(before.nodes).length) return null;
  const found: [string, Node][] = [];
  for (const id of ids) {
    const [a, b] = [before.nodes[id], after.nodes[id]];
    if (a === b) continue;
    if (!a || !b || a.kind !== b.kind || a.kind === 'instance') return null;
    const flags = ['version', 'promoted', 'muted', 'bypassed', 'frozen', 'start'] as const;
    if (flags.some((key) => a[key] !== b[key])) return null;
    found.push([id, b]);
  }
  return found;
}
