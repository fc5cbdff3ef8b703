import { randomId } from '@/lib/base/ids';
import { isRecord, type Json } from '@/lib/base/json';
import type { Command } from '../command';
import type { Diagnostic } from '../diagnostic';
import {
  type Block,
  type Document,
  type Edge,
  type Graph,
  type GraphId,
  graphOf,
  type Node,
  type NodeId,
  type NodeLayout,
  type ParamValue,
  shiftEdge,
} from '../document';
import { evaluateParam } from '../expression';
import { inOrder, orderBetween } from '../order';
import type { PortsOf } from './port-shape';
import { refusal } from './refusal';
import { substituteParams } from './rewrite-expression';

export interface Unpacked {
  command: Command;
  nodes: NodeId[];
}

export interface UnpackOptions {
  graph: GraphId;
  node: NodeId;
  portsOf: PortsOf;
  /** Values of the enclosing params: `copies` may be an expression. */
  scope: Readonly<Record<string, Json>>;
  /** How far copies stand apart, and how much room the instance itself takes. */
  size: { block: { width: number; height: number }; instance: { width: number } };
}

const MOST_COPIES = 50;
const GAP = 64;

/**
 * Puts what is in an instance's block in its place, once for each copy, with the instance's params put in. The block
 * itself stays. Refused where the instance shares its weights with another: only whole blocks can.
 */
export function unpackInstance(document: Document, options: UnpackOptions): Unpacked | { diagnostic: Diagnostic } {
  const { graph: graphId, node: id } = options;
  const graph = graphOf(document, graphId);
  const instance = graph?.nodes[id];
  const block = typeof instance?.params.block === 'string' ? document.blocks[instance.params.block] : undefined;
  if (!graph || !instance || !block || instance.kind !== 'instance')
    return refusal('Select a block first: only a block can be unpacked.', { graph: graphId, node: id });
  const copies = evaluateParam(instance.params.copies ?? 1, options.scope);
  const count = 'value' in copies && typeof copies.value === 'number' ? copies.value : 1;
  if (count > MOST_COPIES)
    return refusal(`${instance.name} has ${count} copies; at most ${MOST_COPIES} can be unpacked at once.`, {
      graph: graphId,
      node: id,
    });
  const shared = sharesWeights(graph, id, block, options);
  if (shared) return refusal(shared, { graph: graphId, node: id }, 'weights-differ');
  return new Unpacking(document, graph, instance, block, count, options).result();
}

/** Why the instance has to stay whole, or null. Optimizers, averages and penalties take weights one by one as well. */
function sharesWeights(
  graph: Graph,
  id: NodeId,
  block: Block,
  { portsOf, graph: graphId }: UnpackOptions,
): string | null {
  for (const { from, to } of Object.values(graph.edges)) {
    const name = (node: NodeId) => graph.nodes[node]?.name || node;
    if (to[0] === id && to[1] === 'weights' && !block.inputs.some((port) => port.id === 'weights'))
      return `${name(id)} has the weights of ${name(from[0])}. Cut that wire before you unpack it.`;
    if (from[0] !== id || from[1] !== 'weights' || block.outputs.some((port) => port.id === 'weights')) continue;
    const takes = portsOf(graphId, to[0]).inputs.find((port) => port.id === to[1]);
    if (!takes?.variadic) return `${name(to[0])} has the weights of ${name(id)}. Cut that wire before you unpack it.`;
  }
  return null;
}

/** One unpacking; identity matters because ids are given out while wires are resolved. */
class Unpacking {
  private readonly ids: Map<NodeId, NodeId>[] = [];
  private readonly commands: Command[] = [];

  constructor(
    private readonly document: Document,
    private readonly graph: Graph,
    private readonly instance: Node,
    private readonly block: Block,
    private readonly count: number,
    private readonly options: UnpackOptions,
  ) {}

  result(): Unpacked {
    const { graph: graphId, node: id } = this.options;
    const taken = new Set(Object.keys(this.graph.nodes));
    for (let copy = 0; copy < this.count; copy++) {
      const ids = new Map<NodeId, NodeId>();
      for (const inner of Object.keys(this.block.graph.nodes)) {
        const free = taken.has(inner) ? randomId('n') : inner;
        taken.add(free);
        ids.set(inner, free);
      }
      this.ids.push(ids);
    }
    this.commands.push({ do: 'remove-node', graph: graphId, id });
    this.makeRoom();
    this.addNodes();
    this.addFurniture();
    for (let copy = 0; copy < this.count; copy++) this.wireInside(copy);
    this.wireOutputs();
    return {
      command: { do: 'batch', title: 'Unpack block', commands: this.commands },
      nodes: this.ids.flatMap((ids) => [...ids.values()]),
    };
  }

  private addNodes(): void {
    const { graph: graphId } = this.options;
    const names = new Set(
      Object.entries(this.graph.nodes).flatMap(([id, node]) => (id === this.options.node ? [] : node.name)),
    );
    const values = this.values();
    for (const [copy, ids] of this.ids.entries()) {
      for (const [inner, node] of Object.entries(this.block.graph.nodes)) {
        const name = freeName(names, node.name || inner);
        names.add(name);
        const start = this.startOf(node, inner, copy);
        this.commands.push({
          do: 'add-node',
          graph: graphId,
          id: ids.get(inner) ?? inner,
          node: {
            ...node,
            name,
            params: substituteParams(node.params, values),
            ...(this.instance.frozen ? { frozen: true as const } : {}),
            ...(this.instance.muted ? { muted: true as const } : {}),
            ...(start ? { start } : {}),
          },
          layout: this.placeOf(inner, copy),
        });
      }
    }
  }

  /** Values of the block's params at this instance: what it sets, else the defaults. */
  private values(): Record<string, ParamValue> {
    const given: unknown = this.instance.params.set;
    const set = isRecord(given) ? given : {};
    return Object.fromEntries(
      Object.entries(this.block.params).map(([key, param]) => [key, (set[key] as ParamValue) ?? param.default]),
    );
  }

  /** Equal first weights, or those of an asset, as the compiler would give them inside the instance. */
  private startOf(node: Node, id: NodeId, copy: number): Node['start'] {
    const { start, name } = this.instance;
    if (node.start || !start) return node.start;
    const suffix = this.count === 1 ? '' : `[${copy}]`;
    if ('key' in start) return { key: `${start.key}${suffix}/${id}` };
    return { asset: start.asset, scope: `${start.scope ?? `${name}${suffix}`}/${node.name || id}` };
  }

  private get layout(): Readonly<Record<NodeId, NodeLayout>> {
    return this.document.layout[this.options.graph] ?? {};
  }

  private get inside(): Readonly<Record<NodeId, NodeLayout>> {
    const id = this.instance.params.block;
    return (typeof id === 'string' ? this.document.layout[id] : undefined) ?? {};
  }

  /** The upper left corner of what is inside. */
  private get origin(): { x: number; y: number } {
    const places = Object.keys(this.block.graph.nodes).flatMap((id) => this.inside[id] ?? []);
    if (!places.length) return { x: 0, y: 0 };
    return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
  }

  private shift(copy: number): { x: number; y: number } {
    const here = this.layout[this.options.node] ?? { x: 0, y: 0 };
    const { x, y } = this.origin;
    const step = this.options.size.block.width + GAP;
    return { x: here.x - x + copy * step, y: here.y - y };
  }

  private placeOf(inner: NodeId, copy: number): NodeLayout {
    const place = this.inside[inner] ?? { x: 0, y: 0 };
    const shift = this.shift(copy);
    return { ...place, x: place.x + shift.x, y: place.y + shift.y };
  }

  /** What stands to the right of the instance, level with it, moves on. */
  private makeRoom(): void {
    const here = this.layout[this.options.node];
    const { block, instance } = this.options.size;
    const more = Math.ceil((this.count * (block.width + GAP) - GAP - instance.width) / 16) * 16;
    if (!here || more <= 0) return;
    const set: Record<NodeId, NodeLayout> = {};
    for (const [id, place] of Object.entries(this.layout)) {
      const level = place.y > here.y - 48 && place.y < here.y + block.height;
      if (id !== this.options.node && place.x > here.x && level) set[id] = { ...place, x: place.x + more };
    }
    if (Object.keys(set).length) this.commands.push({ do: 'set-layout', graph: this.options.graph, set });
  }

  /** Frames and notes of the block come along, once. */
  private addFurniture(): void {
    const { x, y } = this.shift(0);
    const copied = (list: Json): Json[] =>
      (Array.isArray(list) ? list : []).flatMap((entry) =>
        isRecord(entry) && entry.graph === this.instance.params.block
          ? [{ ...entry, id: randomId('f'), graph: this.options.graph, x: Number(entry.x) + x, y: Number(entry.y) + y }]
          : [],
      );
    const [frames, notes] = [copied(this.document.frames), copied(this.document.notes)];
    const longer = (list: Json, more: Json[]): Json => [...(Array.isArray(list) ? list : []), ...more];
    if (frames.length + notes.length > 0 && this.count > 0)
      this.commands.push({
        do: 'set-document',
        set: { frames: longer(this.document.frames, frames), notes: longer(this.document.notes, notes) },
      });
  }

  private wireInside(copy: number): void {
    const ids = this.ids[copy];
    const { x, y } = this.shift(copy);
    for (const [, edge] of inOrder(Object.entries(this.block.graph.edges))) {
      const target = ids?.get(edge.to[0]);
      const from = target === undefined ? undefined : this.sourceOf(copy, edge.from);
      if (from && target) this.addEdge(shiftEdge({ ...edge, from, to: [target, edge.to[1]] }, x, y));
    }
  }

  private wireOutputs(): void {
    const { node: id, portsOf } = this.options;
    for (const [, edge] of inOrder(Object.entries(this.graph.edges))) {
      if (edge.from[0] !== id || edge.to[0] === id) continue;
      const port = edge.from[1];
      const declared = this.block.outputs.some((output) => output.id === port);
      if (declared || port !== 'weights') {
        const from = this.outputOf(this.count - 1, port);
        if (from) this.addEdge({ ...edge, from });
        continue;
      }
      let order = edge.order ?? null;
      for (const ids of this.ids) {
        for (const [inner, outer] of ids) {
          const blockId = String(this.instance.params.block);
          if (!portsOf(blockId, inner).outputs.some((output) => output.id === 'weights')) continue;
          this.addEdge({ from: [outer, 'weights'], to: edge.to, ...(order === null ? {} : { order }) });
          order = orderBetween(order, null);
        }
      }
    }
  }

  private addEdge(edge: Edge): void {
    this.commands.push({ do: 'add-edge', graph: this.options.graph, id: randomId('e'), edge });
  }

  /** What stands behind an end inside a copy, as an end of the surrounding graph. */
  private sourceOf(copy: number, [node, port]: Edge['from']): Edge['from'] | undefined {
    if (node !== '$in') {
      const outer = this.ids[copy]?.get(node);
      return outer === undefined ? undefined : [outer, port];
    }
    if (copy > 0 && port === this.block.inputs[0]?.id) return this.outputOf(copy - 1, this.block.outputs[0]?.id ?? '');
    return this.outside(port);
  }

  private outputOf(copy: number, port: string): Edge['from'] | undefined {
    if (copy < 0) return port === this.block.outputs[0]?.id ? this.outside(this.block.inputs[0]?.id ?? '') : undefined;
    const edge = Object.values(this.block.graph.edges).find(({ to }) => to[0] === '$out' && to[1] === port);
    return edge && this.sourceOf(copy, edge.from);
  }

  private outside(port: string): Edge['from'] | undefined {
    const { node: id } = this.options;
    return Object.values(this.graph.edges).find(({ to }) => to[0] === id && to[1] === port)?.from;
  }
}

function freeName(taken: ReadonlySet<string>, wish: string): string {
  if (!taken.has(wish)) return wish;
  const base = wish.replace(/\d+$/, '');
  for (let number = 2; ; number++) if (!taken.has(`${base}${number}`)) return `${base}${number}`;
}
