import { required } from '@/lib/base/invariant';
import type { HostTensor } from '@/lib/nodes/kind';
import type { NativeBinding, NativeSession } from '../load-native';
import { type GraphNode, writeGraph } from './graph-def';
import type { Spec } from './net';
import { type Shares, sessionOptions } from './session-config';
import { handleNode } from './step-graph';
import { FLOAT, INT32 } from './types';

/** A part of the state: nodes that take a value, give it, copy it aside, and back. */
interface Part extends Spec {
  given: string;
  write: string;
  read: string;
  save: string;
  restore: string;
}

/**
 * Floating-point operations of a step below which a second thread costs more than it brings within an op, and at all
 * (measured: docs/performance.md).
 */
const SMALL = 1e9;
const TINY = 1e8;

/** Of small ops as many compute at once as a step has branches worth a thread each: the gradients of an op for both of its inputs. */
const BRANCHES = 4;

function sharesOf(flops: number, threads: number): Shares {
  if (flops < TINY || threads === 1) return { threads: 1, atOnce: 1 };
  return flops < SMALL ? { threads: 1, atOnce: Math.min(threads, BRANCHES) } : { threads, atOnce: 1 };
}

/** Variables of one run and the graphs that use them, in a TensorFlow session that computes on a thread of its own. */
export class GraphSession {
  private readonly session: NativeSession;
  private readonly parts = new Map<string, Part>();
  private graphs = 0;
  /** Parts whose copies are as old as each other. */
  private saved: string[] = [];
  /** By what they do and with which parts: TensorFlow prepares each anew, with a look at all graphs. */
  private readonly plans = new Map<string, number>();

  constructor(
    private readonly binding: NativeBinding,
    options: { flops: number; threads: number },
  ) {
    const shares = sharesOf(options.flops, options.threads);
    const { config, call } = sessionOptions({ ...shares, gpu: binding.isUsingGpuDevice() });
    this.session = binding.sessionOpen(config, call);
  }

  spec(key: string): Spec | undefined {
    return this.parts.get(key);
  }

  has(key: string): boolean {
    return this.parts.has(key);
  }

  write(values: Record<string, HostTensor>): void {
    const keys = Object.keys(values);
    this.add(Object.entries(values).map(([key, value]) => [key, specOf(value)]));
    const plan = this.planFor('write', keys, ({ given, write }) => [[given], [], [write]]);
    this.binding.sessionRun(this.session, plan, Object.values(values));
  }

  read(keys: readonly string[]): Record<string, HostTensor> {
    const plan = this.planFor('read', keys, ({ read }) => [[], [read], []]);
    const values = this.binding.sessionRun(this.session, plan, []);
    return Object.fromEntries(keys.map((key, i) => [key, required(values[i], key)]));
  }

  save(): void {
    this.saved = [...this.parts.keys()];
    const plan = this.planFor('save', this.saved, ({ save }) => [[], [], [save]]);
    // If it fails, so does the step behind it.
    this.binding.sessionStart(this.session, plan, []).catch(() => undefined);
  }

  restore(): void {
    const plan = this.planFor('restore', this.saved, ({ restore }) => [[], [], [restore]]);
    this.binding.sessionRun(this.session, plan, []);
  }

  /** Makes sure that there are such parts; zeros at first. */
  declare(specs: readonly (readonly [string, Spec])[]): void {
    const zeros = specs
      .filter(([key]) => !this.parts.has(key))
      .map(([key, { type, shape }]): [string, HostTensor] => {
        const size = shape.reduce((product, length) => product * length, 1);
        return [key, { data: type === FLOAT ? new Float32Array(size) : new Int32Array(size), shape }];
      });
    if (zeros.length > 0) this.write(Object.fromEntries(zeros));
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

  private add(specs: readonly (readonly [string, Spec])[]): void {
    const fresh = specs.filter(([key]) => !this.parts.has(key));
    if (fresh.length === 0) return;
    const nodes = fresh.flatMap(([key, { type, shape }], i): GraphNode[] => {
      const dtype = { type };
      return [
        { name: `given${i}`, op: 'Placeholder', inputs: [], attributes: { dtype, shape: { shape } } },
        handleNode(`handle${i}`, key, type, shape),
        handleNode(`copy${i}`, `${key}|copy`, type, shape),
        { name: `write${i}`, op: 'AssignVariableOp', inputs: [`handle${i}`, `given${i}`], attributes: { dtype } },
        { name: `read${i}`, op: 'ReadVariableOp', inputs: [`handle${i}`], attributes: { dtype } },
        { name: `saved${i}`, op: 'ReadVariableOp', inputs: [`copy${i}`], attributes: { dtype } },
        { name: `save${i}`, op: 'AssignVariableOp', inputs: [`copy${i}`, `read${i}`], attributes: { dtype } },
        { name: `restore${i}`, op: 'AssignVariableOp', inputs: [`handle${i}`, `saved${i}`], attributes: { dtype } },
      ];
    });
    const prefix = this.place(writeGraph(nodes));
    for (const [i, [key, spec]] of fresh.entries()) {
      const at = (name: string) => `${prefix}/${name}${i}`;
      this.parts.set(key, {
        ...spec,
        given: at('given'),
        write: at('write'),
        read: at('read'),
        save: at('save'),
        restore: at('restore'),
      });
    }
  }

  /** `nodes`: inputs, outputs and targets for each part. */
  private planFor(
    what: string,
    keys: readonly string[],
    nodes: (part: Part) => [string[], string[], string[]],
  ): number {
    const name = [what, ...keys].join('\n');
    const known = this.plans.get(name);
    if (known !== undefined) return known;
    const all = keys.map((key) => nodes(required(this.parts.get(key), key)));
    const plan = this.plan(
      all.flatMap(([inputs]) => inputs),
      all.flatMap(([, outputs]) => outputs),
      all.flatMap(([, , targets]) => targets),
    );
    this.plans.set(name, plan);
    return plan;
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
