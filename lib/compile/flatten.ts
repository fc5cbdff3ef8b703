import { isRecord } from '@/lib/base/json';
import type { Diagnostic, Place } from '@/lib/graph/diagnostic';
import type { Block, BlockId, BlockPort, Document, EdgeId, Node, NodeId, Params } from '@/lib/graph/document';
import type { Face, FaceEnv, PlainParams, PortFace } from '@/lib/nodes/kind';
import { parseParams } from '@/lib/nodes/parse-params';
import { isLive, paramOfPort, portsOf } from '@/lib/nodes/ports';
import { checkPromoted } from './check-promoted';
import { type CompileContext, type CompileLimits, faceEnv, faceOf, limitsOf, type Passed } from './context';
import type { Flat, FlatInstance, FlatNode, FlatStart } from './flat';
import { type GraphIndex, indexGraph } from './graph-index';
import { remedyParam } from './remedy-param';
import { mergeParams, resolveParams, type Values } from './resolve-params';
import { type ExpandedInstance, type Member, resolveSource, type Scope, wiresInto } from './scope';

/**
 * Replaces instances by what is in their blocks, applies mute and bypass, evaluates expressions and resolves every wire
 * to the output that feeds it. `flat` is absent where the document is too big or a block contains itself.
 */
export function flatten(document: Document, context: CompileContext, values: Values): Passed<{ flat?: Flat }> {
  const work = new Flattening(document, context);
  const main: Scope = {
    graph: 'main',
    index: indexGraph(document.graph),
    prefix: '',
    names: '',
    values,
    blocks: [],
    frozen: false,
    start: undefined,
    instances: [],
    members: new Map(),
  };
  const whole = work.expand(main);
  if (!whole) return { diagnostics: work.diagnostics };
  for (const scope of work.scopes) work.connect(scope);
  return { flat: work.flat, diagnostics: work.diagnostics };
}

/** The state of one flattening: counts against the limits, and what has come out so far. */
class Flattening {
  readonly flat: Flat = { nodes: new Map(), instances: new Map() };
  readonly diagnostics: Diagnostic[] = [];
  readonly scopes: Scope[] = [];
  private readonly env: FaceEnv;
  private readonly limits: CompileLimits;
  private count = 0;
  private readonly indices = new Map<BlockId, GraphIndex>();

  constructor(
    private readonly document: Document,
    private readonly context: CompileContext,
  ) {
    this.env = faceEnv(document, context);
    this.limits = limitsOf(context);
  }

  /** Makes the members of a scope, and those of the instances in it. False: stop, it was reported why. */
  expand(scope: Scope): boolean {
    this.scopes.push(scope);
    const graph = scope.graph === 'main' ? this.document.graph : this.document.blocks[scope.graph]?.graph;
    for (const id of scope.index.ids) {
      const node = graph?.nodes[id];
      if (!node) continue;
      if (++this.count > this.limits.nodes) return this.refuse('nodes after blocks are opened', this.limits.nodes);
      if (node.muted) {
        scope.members.set(id, { is: 'gone' });
        continue;
      }
      const face = faceOf(this.context, node.kind);
      const member =
        node.kind === 'instance' || face?.role === 'instance'
          ? this.instance(scope, id, node)
          : this.member(scope, id, node, face);
      if (!member) return false;
      scope.members.set(id, member);
      if (member.is === 'instance' && !member.copies.every((copy) => this.expand(copy))) return false;
    }
    return true;
  }

  private member(scope: Scope, id: NodeId, node: Node, face: Face | undefined): Member {
    if (node.bypassed) {
      const through = face?.passThrough;
      return through ? { is: 'bypassed', ...through } : { is: 'gone' };
    }
    const path = `${scope.prefix}${id}`;
    const at = this.place(scope, id);
    const resolved = this.params(scope, node, face, at);
    const start = startOf(node, scope, id);
    const flat: FlatNode = {
      path,
      name: `${scope.names}${node.name || id}`,
      graph: scope.graph,
      id,
      node,
      face,
      params: resolved.params,
      frozen: scope.frozen || node.frozen === true,
      ...(start ? { start } : {}),
      scopes: scope.instances,
      inputs: [],
      outputs: [],
      wires: new Map(),
      openEnds: new Map(),
      faulty: resolved.faulty,
    };
    this.flat.nodes.set(path, flat);
    return { is: 'node', node: flat };
  }

  private instance(scope: Scope, id: NodeId, node: Node): Member | null {
    const at = this.place(scope, id);
    const resolved = resolveParams(node.params, scope.values, at);
    this.diagnostics.push(...resolved.diagnostics);
    const blockId = resolved.values.block;
    const block = typeof blockId === 'string' ? this.env.block(blockId) : undefined;
    if (!block || typeof blockId !== 'string') {
      this.diagnostics.push({
        code: 'unknown-kind',
        severity: 'error',
        message: `${node.name || 'This instance'} uses a block that is not in this document. Choose a block, or mute it.`,
        at: { ...at, param: 'block' },
        expected: Object.keys(this.document.blocks).join(', ') || 'a block',
        received: String(blockId ?? 'none'),
        fix: { title: 'Mute it', command: { do: 'set-node', graph: scope.graph, id, set: { muted: true } } },
      });
      return { is: 'gone' };
    }
    if (node.bypassed) {
      const [input, output] = [block.inputs[0]?.id, block.outputs[0]?.id];
      return input !== undefined && output !== undefined ? { is: 'bypassed', input, output } : { is: 'gone' };
    }
    if (scope.blocks.includes(blockId)) return this.recursion(scope, blockId, at);
    if (scope.blocks.length >= this.limits.nesting) {
      this.refuse('blocks within blocks', this.limits.nesting);
      return null;
    }
    const copies = this.copies(resolved.values.copies ?? 1, node, at);
    const set = isRecord(resolved.values.set) ? (resolved.values.set as Params) : {};
    const given = resolveParams(set, scope.values, at);
    const merged = mergeParams(block.params, given.values, at);
    this.diagnostics.push(...given.diagnostics, ...merged.diagnostics);
    const path = `${scope.prefix}${id}`;
    const name = `${scope.names}${node.name || id}`;
    const ports = blockPorts(block);
    const flat: FlatInstance = {
      path,
      name,
      graph: scope.graph,
      id,
      node,
      block: blockId,
      params: { ...merged.values, copies },
      scopes: scope.instances,
      ...ports,
      wires: new Map(),
      gives: new Map(),
    };
    this.flat.instances.set(path, flat);
    const expanded: ExpandedInstance = { is: 'instance', id, block, copies: [], flat };
    const start = startOf(node, scope, id);
    for (let copy = 0; copy < copies; copy++) {
      const suffix = copies === 1 ? '' : `[${copy}]`;
      expanded.copies.push({
        graph: blockId,
        index: this.indexOf(blockId, block),
        prefix: `${path}${suffix}/`,
        names: `${name}${suffix}/`,
        values: merged.values,
        blocks: [...scope.blocks, blockId],
        frozen: scope.frozen || node.frozen === true,
        start: start && suffix && 'key' in start ? { key: `${start.key}${suffix}` } : start,
        instances: [path, ...scope.instances],
        up: { scope, instance: expanded, copy },
        members: new Map(),
      });
    }
    return expanded;
  }

  private indexOf(id: BlockId, block: Block): GraphIndex {
    const known = this.indices.get(id);
    if (known) return known;
    const index = indexGraph(block.graph);
    this.indices.set(id, index);
    return index;
  }

  private copies(value: unknown, node: Node, at: Place): number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= this.limits.copies) return value;
    this.diagnostics.push({
      code: 'param-range',
      severity: 'error',
      message: `${node.name || 'An instance'} can be chained 0 to ${this.limits.copies} times, not ${JSON.stringify(value)} times.`,
      at: { ...at, param: 'copies' },
      expected: `a whole number from 0 to ${this.limits.copies}`,
      received: JSON.stringify(value),
      ...remedyParam(at, 'copies', 1, 'Set copies to 1'),
    });
    return 1;
  }

  /** Wires, ports and complete params of every node of a scope, once all scopes are there. */
  connect(scope: Scope): void {
    for (const [id, member] of scope.members) {
      if (member.is === 'node') this.connectNode(scope, id, member.node);
      if (member.is === 'instance') {
        for (const port of member.flat.inputs) member.flat.wires.set(port.id, wiresInto(scope, id, port).wires);
        for (const { id: port } of member.flat.outputs) {
          const source = resolveSource(scope, [id, port]);
          if (source?.from !== undefined) member.flat.gives.set(port, { from: source.from, port: source.port });
        }
      }
    }
    this.danglingEdges(scope);
  }

  private connectNode(scope: Scope, id: NodeId, node: FlatNode): void {
    const named = [...(scope.index.into.get(id)?.keys() ?? [])];
    if (node.face) {
      const face = node.face;
      const wired = named.map(paramOfPort).filter((param) => param !== undefined && isLive(face, param)) as string[];
      const promoted = [...new Set([...(node.node.promoted ?? []), ...wired])];
      Object.assign(node, portsOf(face, node.params, this.env, promoted));
      if (scope.up === undefined || scope.up.copy === 0)
        this.diagnostics.push(...checkPromoted(node, face, named, this.document));
    } else {
      node.inputs = named.map((port) => ({ id: port, title: port, type: 'tensor', optional: true, variadic: true }));
    }
    const known = new Set(node.inputs.map((port) => port.id));
    for (const port of [...node.inputs, ...named.filter((port) => !known.has(port)).map((port) => ({ id: port }))]) {
      const { wires, open, circle } = wiresInto(scope, id, port);
      if (wires.length > 0) node.wires.set(port.id, wires);
      if (open) node.openEnds.set(port.id, open);
      if (circle !== undefined) {
        node.faulty = true;
        this.diagnostics.push({
          code: 'cycle',
          severity: 'error',
          message: `The wire into ${node.name} comes round to itself through bypassed nodes or blocks, so it carries nothing. Remove it.`,
          at: this.place(scope, id, { port: port.id, edge: circle }),
          fix: { title: 'Remove the wire', command: { do: 'remove-edge', graph: scope.graph, id: circle } },
        });
      }
    }
  }

  /** Edges whose node is gone, as when somebody removes a node while another wires it. Reported once for each graph. */
  private danglingEdges(scope: Scope): void {
    if (scope.up && scope.up.copy > 0) return;
    const graph = scope.graph === 'main' ? this.document.graph : this.document.blocks[scope.graph]?.graph;
    const ends = (id: NodeId, side: '$in' | '$out') => id === side || (graph && Object.hasOwn(graph.nodes, id));
    for (const [id, edge] of Object.entries(graph?.edges ?? {})) {
      if (ends(edge.from[0], '$in') && ends(edge.to[0], '$out')) continue;
      this.diagnostics.push({
        code: 'document-invalid',
        severity: 'warning',
        message: 'A wire leads to a node that is not there any more. Remove it.',
        at: { ...(scope.graph === 'main' ? {} : { graph: scope.graph }), edge: id },
        fix: { title: 'Remove the wire', command: { do: 'remove-edge', graph: scope.graph, id: id as EdgeId } },
      });
    }
  }

  private params(
    scope: Scope,
    node: Node,
    face: Face | undefined,
    at: Place,
  ): { params: PlainParams; faulty: boolean } {
    const resolved = resolveParams(node.params, scope.values, at);
    this.diagnostics.push(...resolved.diagnostics);
    if (!face) return { params: resolved.values, faulty: false };
    const parsed = parseParams(face, resolved.values);
    for (const { remedies: _, port: __, ...problem } of parsed.problems) {
      const field = problem.param === undefined ? undefined : face.fields[problem.param];
      this.diagnostics.push({
        ...problem,
        message: `${node.name || face.title}: ${problem.message}`,
        at: { ...at, ...(problem.param === undefined ? {} : { param: problem.param }) },
        ...(problem.param === undefined || !field
          ? {}
          : remedyParam(
              at,
              problem.param,
              undefined,
              `Reset ${field.title.toLowerCase()} to ${JSON.stringify(field.default)}`,
            )),
      });
    }
    return { params: parsed.params, faulty: false };
  }

  private recursion(scope: Scope, block: BlockId, at: Place): null {
    const title = (id: BlockId) => this.document.blocks[id]?.title || id;
    const through = scope.blocks.slice(scope.blocks.indexOf(block)).map(title);
    this.diagnostics.push({
      code: 'block-recursion',
      severity: 'error',
      message:
        through.length === 1
          ? `The block ${title(block)} contains itself. Remove the instance of it inside, or use copies to chain it.`
          : `The block ${title(block)} contains itself through ${through.slice(1).join(', ')}. Remove this instance, or use copies to chain it.`,
      at,
      expected: 'blocks that do not contain themselves',
      received: [...through, title(block)].join(' → '),
      ...(at.node === undefined
        ? {}
        : {
            fix: {
              title: 'Remove this instance',
              command: { do: 'remove-node', graph: scope.graph, id: at.node },
            } as const,
          }),
    });
    return null;
  }

  private refuse(what: string, most: number): false {
    this.diagnostics.push({
      code: 'limit',
      severity: 'error',
      message: `A document may have at most ${most.toLocaleString('en-US')} ${what}; this one has more. Use fewer copies or smaller blocks.`,
      at: {},
      expected: `at most ${most}`,
      received: `more than ${most}`,
    });
    return false;
  }

  private place(scope: Scope, id: NodeId, rest: Partial<Place> = {}): Place {
    return {
      ...(scope.graph === 'main' ? {} : { graph: scope.graph, path: `${scope.prefix}${id}` }),
      node: id,
      ...rest,
    };
  }
}

/** Ports of an instance are those of its block, with `weights` in and out unless the block names its own. */
function blockPorts(block: Block): { inputs: PortFace[]; outputs: PortFace[] } {
  const own = (ports: BlockPort[]): PortFace[] =>
    ports.map((port) => ({
      id: port.id,
      title: port.name || port.id,
      type: port.type,
      ...(port.optional ? { optional: true as const } : {}),
    }));
  const [inputs, outputs] = [own(block.inputs), own(block.outputs)];
  if (!inputs.some((port) => port.id === 'weights'))
    inputs.push({ id: 'weights', title: 'Shared weights', type: 'weights', optional: true });
  if (!outputs.some((port) => port.id === 'weights'))
    outputs.push({ id: 'weights', title: 'Weights', type: 'weights' });
  return { inputs, outputs };
}

function startOf(node: Node, scope: Scope, id: NodeId): FlatStart | undefined {
  const name = node.name || id;
  if (node.start && 'key' in node.start) return { key: node.start.key };
  if (node.start) return { asset: node.start.asset, tensors: node.start.scope ?? `${scope.names}${name}` };
  const outer = scope.start;
  if (!outer) return undefined;
  if ('key' in outer) return { key: `${outer.key}/${id}` };
  return { asset: outer.asset, tensors: `${outer.tensors}/${name}` };
}
