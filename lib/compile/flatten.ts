import { isRecord } from '@/lib/base/json';
import type { Diagnostic, Place } from '@/lib/graph/diagnostic';
import type { Block, BlockId, Document, Node, NodeId, Params } from '@/lib/graph/document';
import type { CallFace, Face, FaceEnv, Kind } from '@/lib/nodes/kind';
import { entryOf } from './caller-ports';
import { connectScope } from './connect-scope';
import { type CompileContext, type CompileLimits, faceEnv, kindOf, limitsOf, type Passed } from './context';
import type { Flat, FlatInstance, FlatNode } from './flat';
import { overLimit, recursion, unknownBlock } from './flatten-problems';
import { type GraphIndex, indexGraph } from './graph-index';
import { blockPorts } from './instance-ports';
import { paramsOf } from './node-params';
import { remedyParam } from './remedy-param';
import { mergeParams, resolveParams, type Values } from './resolve-params';
import { type ExpandedCall, type ExpandedInstance, type Member, placeIn, type Scope } from './scope';
import { startOf, startOfCopy } from './start-of';

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
  return {
    flat: work.flat,
    diagnostics: [...work.diagnostics, ...work.scopes.flatMap((scope) => connectScope(document, scope, work.env))],
  };
}

/** The state of one flattening: counts against the limits, and what has come out so far. */
class Flattening {
  readonly flat: Flat = { nodes: new Map(), instances: new Map() };
  readonly diagnostics: Diagnostic[] = [];
  readonly scopes: Scope[] = [];
  readonly env: FaceEnv;
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
      const kind = kindOf(this.context, node.kind);
      const member =
        node.kind === 'instance' || kind?.face.role === 'instance'
          ? this.instance(scope, id, node)
          : this.member(scope, id, node, kind);
      if (!member) return false;
      scope.members.set(id, member);
      if (member.is === 'instance' && !member.copies.every((copy) => this.expand(copy))) return false;
      if (member.is === 'call' && !this.expand(member.inner)) return false;
    }
    return true;
  }

  private member(scope: Scope, id: NodeId, node: Node, kind: Pick<Kind, 'face' | 'infer'> | undefined): Member | null {
    const face = kind?.face;
    if (node.bypassed) {
      const through = face?.passThrough;
      return through ? { is: 'bypassed', ...through } : { is: 'gone' };
    }
    const path = `${scope.prefix}${id}`;
    const at = placeIn(scope, id);
    const resolved = paramsOf(node, face, scope.values, at);
    this.diagnostics.push(...resolved.diagnostics);
    const start = startOf(node, scope, id);
    const flat: FlatNode = {
      path,
      name: `${scope.names}${node.name || id}`,
      graph: scope.graph,
      id,
      node,
      face,
      infer: kind?.infer,
      params: resolved.params,
      values: scope.values,
      frozen: scope.frozen || node.frozen === true,
      ...(start ? { start } : {}),
      scopes: scope.instances,
      ...(scope.within === undefined ? {} : { within: scope.within }),
      inputs: [],
      outputs: [],
      wires: new Map(),
      openEnds: new Map(),
      faulty: resolved.faulty,
    };
    this.flat.nodes.set(path, flat);
    return face?.calls ? this.call(scope, flat, face, face.calls) : { is: 'node', node: flat };
  }

  /** Opens the block of a caller; what is in it stands between the entry and the caller. */
  private call(scope: Scope, node: FlatNode, face: Face, { field }: CallFace): Member | null {
    const at = placeIn(scope, node.id);
    const opened = this.open(scope, node.node, node.params[field], at);
    if (opened === undefined) node.faulty = true;
    if (!opened) return opened === null ? null : { is: 'node', node };
    const { block, graph, blocks } = opened;
    const values = this.blockValues(scope, block, node.params.set, at);
    node.entry = entryOf(node, face);
    this.flat.nodes.set(node.entry.path, node.entry);
    const inputs = typeof face.inputs === 'function' ? face.inputs(node.params, this.env) : face.inputs;
    const inner: Scope = {
      graph,
      index: this.indexOf(graph, block),
      prefix: `${node.path}/`,
      names: `${node.name}/`,
      values,
      blocks,
      frozen: node.frozen,
      start: startOf(node.node, scope, node.id),
      instances: [node.path, ...scope.instances],
      within: node.path,
      members: new Map(),
    };
    const call: ExpandedCall = { is: 'call', node, block, inner, own: new Set(inputs.map((port) => port.id)) };
    inner.up = { scope, call };
    return call;
  }

  private instance(scope: Scope, id: NodeId, node: Node): Member | null {
    const at = placeIn(scope, id);
    const resolved = resolveParams(node.params, scope.values, at);
    this.diagnostics.push(...resolved.diagnostics);
    const opened = this.open(scope, node, resolved.values.block, at);
    if (!opened) return opened === null ? null : { is: 'gone' };
    const { block, graph, blocks } = opened;
    if (node.bypassed) {
      const [input, output] = [block.inputs[0]?.id, block.outputs[0]?.id];
      return input !== undefined && output !== undefined ? { is: 'bypassed', input, output } : { is: 'gone' };
    }
    const copies = this.copies(resolved.values.copies ?? 1, node, at);
    const values = this.blockValues(scope, block, resolved.values.set, at);
    const path = `${scope.prefix}${id}`;
    const name = `${scope.names}${node.name || id}`;
    const ports = blockPorts(block);
    const flat: FlatInstance = {
      path,
      name,
      graph: scope.graph,
      id,
      node,
      block: graph,
      params: { ...values, copies },
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
        graph,
        index: this.indexOf(graph, block),
        prefix: `${path}${suffix}/`,
        names: `${name}${suffix}/`,
        values,
        blocks,
        frozen: scope.frozen || node.frozen === true,
        start: start && suffix ? startOfCopy(start, suffix) : start,
        instances: [path, ...scope.instances],
        ...(scope.within === undefined ? {} : { within: scope.within }),
        up: { scope, instance: expanded, copy },
        members: new Map(),
      });
    }
    return expanded;
  }

  /** The block that a node names. Undefined: it is not there; null: stop. Both were reported. */
  private open(scope: Scope, node: Node, named: unknown, at: Place) {
    const block = typeof named === 'string' ? this.env.block(named) : undefined;
    if (!block || typeof named !== 'string') {
      this.diagnostics.push(unknownBlock(this.document, node, named, at));
      return undefined;
    }
    if (scope.blocks.includes(named) && !node.bypassed) {
      this.diagnostics.push(recursion(this.document, scope.blocks, named, at));
      return null;
    }
    if (scope.blocks.length >= this.limits.nesting && !node.bypassed) {
      this.refuse('blocks within blocks', this.limits.nesting);
      return null;
    }
    return { block, graph: named, blocks: [...scope.blocks, named] };
  }

  /** Values of the block's params: what the node sets, over their defaults. */
  private blockValues(scope: Scope, block: Block, given: unknown, at: Place): Values {
    const set = resolveParams(isRecord(given) ? (given as Params) : {}, scope.values, at);
    const merged = mergeParams(block.params, set.values, at);
    this.diagnostics.push(...set.diagnostics, ...merged.diagnostics);
    return merged.values;
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

  private refuse(what: string, most: number): false {
    this.diagnostics.push(overLimit(what, most));
    return false;
  }
}
