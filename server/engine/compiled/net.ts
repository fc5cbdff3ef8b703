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

/** `^a`, `a` and `a:1` → `a` */
export const nodeOf = (ref: string): string => ref.replace(/^\^/, '').replace(/:\d+$/, '');

/** Nodes in topological order that are looked up by name. */
export class Net {
  readonly nodes: RecordedNode[] = [];
  private readonly byName = new Map<string, RecordedNode>();
  private made = 0;

  append(node: RecordedNode): void {
    this.nodes.push(node);
    this.byName.set(node.name, node);
  }

  /** A node that a rewriting puts in; gives its first output. */
  make(op: string, inputs: string[], attributes: Record<string, Attribute>, outputs: Spec[]): string {
    const name = `r${this.made++}`;
    this.append({ name, op, inputs, attributes, outputs });
    return name;
  }

  node(ref: string): RecordedNode | undefined {
    return this.byName.get(nodeOf(ref));
  }

  output(ref: string): Spec | undefined {
    return this.node(ref)?.outputs[Number(/:(\d+)$/.exec(ref)?.[1] ?? 0)];
  }

  /** Values of an integer constant. */
  integers(ref: string | undefined): Int32Array | undefined {
    const value = ref === undefined ? undefined : this.node(ref)?.attributes.value;
    if (!value || !('tensor' in value) || value.tensor.type !== INT32) return undefined;
    return new Int32Array(value.tensor.bytes.slice().buffer);
  }
}
