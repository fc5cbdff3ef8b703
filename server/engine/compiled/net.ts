import type { Attribute, GraphNode } from './graph-def';
import { INT32 } from './types';

export interface Spec {
  type: number;
  shape: number[];
}

/** A node of a recorded step. */
export interface RecordedNode extends GraphNode {
  outputs: Spec[];
  /** It reads this part of the run's state: as it was at first, or behind the op among its inputs. */
  state?: string;
  /** It changes these parts of the state in place, by a gradient that is among its inputs. */
  changes?: { states: (Spec & { key: string })[]; gradient: string };
}

/** A step as it was recorded or rewritten; outputs and writes of state by key. */
export interface RecordedStep {
  net: Net;
  outputs: ReadonlyMap<string, string>;
  writes: ReadonlyMap<string, string>;
}

/** `^a`, `a` and `a:1` → `a` */
export const nodeOf = (ref: string): string => ref.replace(/^\^/, '').replace(/:\d+$/, '');

/** `a` → 0, `a:1` → 1 */
export const indexOf = (ref: string): number => Number(/:(\d+)$/.exec(ref)?.[1] ?? 0);

/** Nodes in topological order that are looked up by name. */
export class Net {
  readonly nodes: RecordedNode[] = [];
  private readonly byName = new Map<string, RecordedNode>();
  private readonly byContent = new Map<string, string>();

  /** `prefix`: of the names of new nodes. */
  constructor(private readonly prefix = 'n') {}

  append(node: RecordedNode): void {
    this.nodes.push(node);
    this.byName.set(node.name, node);
  }

  /** The node's name, or that of one that computes the same and was there before. */
  share(node: RecordedNode): string {
    const { op, inputs, attributes } = node;
    const alone = node.state !== undefined || node.changes !== undefined || inputs.length === 0;
    const content = alone ? node.name : JSON.stringify([op, inputs, attributes]);
    const known = this.byContent.get(content);
    if (known !== undefined) return known;
    this.byContent.set(content, node.name);
    this.append(node);
    return node.name;
  }

  /** A node that a rewriting puts in, or an equal one; gives its first output. */
  make(op: string, inputs: string[], attributes: Record<string, Attribute>, outputs: Spec[]): string {
    return this.share({ name: `${this.prefix}${this.nodes.length}`, op, inputs, attributes, outputs });
  }

  node(ref: string): RecordedNode | undefined {
    return this.byName.get(nodeOf(ref));
  }

  output(ref: string): Spec | undefined {
    return this.node(ref)?.outputs[indexOf(ref)];
  }

  /** Values of an integer constant. */
  integers(ref: string | undefined): Int32Array | undefined {
    const value = ref === undefined ? undefined : this.node(ref)?.attributes.value;
    if (!value || !('tensor' in value) || value.tensor.type !== INT32) return undefined;
    return new Int32Array(value.tensor.bytes.slice().buffer);
  }
}

/** What outputs and writes of a step need, in order. */
export function liveNodes({ net, outputs, writes }: RecordedStep): RecordedNode[] {
  const needed = new Set([...outputs.values(), ...writes.values()].map(nodeOf));
  return [...net.nodes]
    .reverse()
    .filter((node) => {
      if (!needed.has(node.name)) return false;
      for (const ref of node.inputs) needed.add(nodeOf(ref));
      return true;
    })
    .reverse();
}
