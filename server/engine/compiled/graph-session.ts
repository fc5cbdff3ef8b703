import { required } from '@/lib/base/invariant';
import type { HostTensor } from '@/lib/nodes/kind';
import type { NativeBinding, NativeSession } from '../load-native';
import { writeGraph } from './graph-def';
import type { Spec } from './net';
import { sessionConfig } from './session-config';
import { handleNode } from './step-graph';
import { FLOAT, INT32 } from './types';

/** A part of the state: the plans that write and read it. */
interface Part extends Spec {
  write: number;
  read: number;
  /** Nodes that copy it aside, and back. */
  save: string;
  restore: string;
}

/** Floating-point operations of one iteration below which a second thread costs more than it brings. */
const TINY = 2e8;

/** Variables of one run and the graphs that use them, in a TensorFlow session that computes on a thread of its own. */
export class GraphSession {
  private readonly session: NativeSession;
  private readonly parts = new Map<string, Part>();
  private graphs = 0;
  /** Plans that copy all parts aside and back; made anew when a part has come. */
  private copying: { save: number; restore: number } | null = null;

  constructor(
    private readonly binding: NativeBinding,
    options: { flops: number; threads: number },
  ) {
    const threads = options.flops < TINY ? 1 : options.threads;
    this.session = binding.sessionOpen(sessionConfig({ threads, gpu: binding.isUsingGpuDevice() }));
  }

  spec(key: string): Spec | undefined {
    return this.parts.get(key);
  }

  has(key: string): boolean {
    return this.parts.has(key);
  }

  write(values: Record<string, HostTensor>): void {
    for (const [key, value] of Object.entries(values)) {
      const part = this.parts.get(key) ?? this.add(key, specOf(value));
      this.binding.sessionRun(this.session, part.write, [value]);
    }
  }

  read(keys: readonly string[]): Record<string, HostTensor> {
    const values: Record<string, HostTensor> = {};
    for (const key of keys) {
      const [value] = this.binding.sessionRun(this.session, required(this.parts.get(key), key).read, []);
      values[key] = required(value, key);
    }
    return values;
  }

  save(): void {
    // If it fails, so does the step behind it.
    this.binding.sessionStart(this.session, this.copies().save, []).catch(() => undefined);
  }

  restore(): void {
    this.binding.sessionRun(this.session, this.copies().restore, []);
  }

  /** Makes sure that there is such a part; zeros at first. */
  declare(key: string, spec: Spec): void {
    if (this.parts.has(key)) return;
    const size = spec.shape.reduce((product, length) => product * length, 1);
    const data = spec.type === FLOAT ? new Float32Array(size) : new Int32Array(size);
    this.write({ [key]: { data, shape: spec.shape } });
  }

  /** Adds a graph; gives what starts it. `done`: a node to run beside what is fetched. */
  extend(
    graph: Uint8Array,
    inputs: string[],
    outputs: string[],
    done: string | null,
  ): (given: HostTensor[]) => Promise<HostTensor[]> {
    const prefix = this.place(graph);
    const placed = (names: string[]): string[] => names.map((name) => `${prefix}/${name}`);
    const plan = this.plan(placed(inputs), placed(outputs), done === null ? [] : placed([done]));
    return (given) => this.binding.sessionStart(this.session, plan, given);
  }

  dispose(): void {
    this.binding.sessionClose(this.session);
  }

  private add(key: string, { type, shape }: Spec): Part {
    const dtype = { type };
    const prefix = this.place(
      writeGraph([
        { name: 'given', op: 'Placeholder', inputs: [], attributes: { dtype, shape: { shape } } },
        handleNode('handle', key, type, shape),
        handleNode('copy', `${key}|copy`, type, shape),
        { name: 'write', op: 'AssignVariableOp', inputs: ['handle', 'given'], attributes: { dtype } },
        { name: 'read', op: 'ReadVariableOp', inputs: ['handle'], attributes: { dtype } },
        { name: 'saved', op: 'ReadVariableOp', inputs: ['copy'], attributes: { dtype } },
        { name: 'save', op: 'AssignVariableOp', inputs: ['copy', 'read'], attributes: { dtype } },
        { name: 'restore', op: 'AssignVariableOp', inputs: ['handle', 'saved'], attributes: { dtype } },
      ]),
    );
    const part: Part = {
      type,
      shape,
      write: this.plan([`${prefix}/given`], [], [`${prefix}/write`]),
      read: this.plan([], [`${prefix}/read`], []),
      save: `${prefix}/save`,
      restore: `${prefix}/restore`,
    };
    this.parts.set(key, part);
    this.copying = null;
    return part;
  }

  private copies(): { save: number; restore: number } {
    const parts = [...this.parts.values()];
    this.copying ??= {
      save: this.plan(
        [],
        [],
        parts.map(({ save }) => save),
      ),
      restore: this.plan(
        [],
        [],
        parts.map(({ restore }) => restore),
      ),
    };
    return this.copying;
  }

  private place(graph: Uint8Array): string {
    const prefix = `g${this.graphs++}`;
    this.binding.sessionExtend(this.session, graph, prefix);
    return prefix;
  }

  /** A call; inputs, outputs and targets are names of nodes. */
  private plan(inputs: string[], outputs: string[], targets: string[]): number {
    return this.binding.sessionPlan(this.session, inputs, outputs, targets);
  }
}

const specOf = ({ data, shape }: HostTensor): Spec => ({ type: data instanceof Float32Array ? FLOAT : INT32, shape });
