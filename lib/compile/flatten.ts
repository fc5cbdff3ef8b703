import { isRecord } from '@/lib/base/json';
import type { Diagnostic, Place } from '@/lib/graph/diagnostic';
import type { Block, BlockId, Document, Node, NodeId, Params } from '@/lib/graph/document';
import type { Face, FaceEnv } from '@/lib/nodes/kind';
import { connectScope } from './connect-scope';
import { type CompileContext, type CompileLimits, faceEnv, faceOf, limitsOf, type Passed } from './context';
import type { Flat, FlatInstance, FlatNode } from './flat';
import { overLimit, recursion } from './flatten-problems';
import { type GraphIndex, indexGraph } from './graph-index';
import { blockPorts } from './instance-ports';
import { paramsOf } from './node-params';
import { remedyParam } from './remedy-param';
import { mergeParams, resolveParams, type Values } from './resolve-params';
import { type ExpandedInstance, type Member, placeIn, type Scope } from './scope';
import { startOf } from './start-of';

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
    const at = placeIn(scope, id);
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
    if (scope.blocks.includes(blockId)) {
      this.diagnostics.push(recursion(this.document, scope.blocks, blockId, at));
      return null;
    }
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

  private refuse(what: string, most: number): false {
    this.diagnostics.push(overLimit(what, most));
    return false;
  }
}
