import { required } from '@/lib/base/invariant';
import type { HostTensor, Tensor, Tf } from '@/lib/nodes/kind';
import type { StepSession } from './host';

/** What code that computes needs of `StateTensors`; a plain map will do. */
export interface TensorMap {
  get(key: string): Tensor | undefined;
  set(key: string, tensor: Tensor): unknown;
}

export function upload(tf: Tf, host: HostTensor): Tensor {
  const dtype = host.data instanceof Int32Array ? 'int32' : 'float32';
  return tf.keep(tf.tensor(host.data.slice(), host.shape, dtype));
}

/** A copy in memory of its own. */
export function download(tensor: Tensor): HostTensor {
  const data = tensor.dataSync();
  return { data: data.slice() as Float32Array | Int32Array, shape: [...tensor.shape] };
}

/**
 * A part of a run's tensors, by key. Compiled steps change them inside a session; they are fetched from there when
 * somebody looks, and go there again where they were changed here. Tensors here are never changed, only replaced.
 */
export class StateTensors implements TensorMap {
  private readonly here = new Map<string, Tensor>();
  /** Values in memory that nobody has looked at yet. */
  private readonly waiting = new Map<string, HostTensor>();
  /** Keys whose newest value is in the session alone, and keys that are the same on both sides. */
  private readonly away = new Set<string>();
  private readonly shared = new Set<string>();

  /** `prefix`: of keys in the session. */
  constructor(
    private readonly tf: Tf,
    readonly prefix: string,
    private readonly session: () => StepSession | null,
  ) {}

  get(key: string): Tensor | undefined {
    this.bring([key]);
    return this.here.get(key);
  }

  /** Takes the tensor over; the old one is the caller's. */
  set(key: string, tensor: Tensor): void {
    this.forget(key);
    this.here.set(key, tensor);
  }

  /** Takes over a value that becomes a tensor when somebody looks. */
  put(key: string, value: HostTensor): void {
    this.here.get(key)?.dispose();
    this.here.delete(key);
    this.forget(key);
    this.waiting.set(key, value);
  }

  has(key: string): boolean {
    return this.here.has(key) || this.away.has(key) || this.waiting.has(key);
  }

  keys(): string[] {
    return [...new Set([...this.here.keys(), ...this.waiting.keys(), ...this.away])];
  }

  *[Symbol.iterator](): Generator<[string, Tensor]> {
    const keys = this.keys();
    this.bring(keys);
    for (const key of keys) yield [key, required(this.here.get(key), key)];
  }

  /** Makes tensors of all these at once; keys that are not there are left out. */
  bring(keys: readonly string[]): void {
    const fetched = this.fetch(keys.filter((key) => this.away.has(key)));
    for (const key of keys) {
      const value = fetched.get(key) ?? this.waiting.get(key);
      if (!value) continue;
      this.here.set(key, upload(this.tf, value));
      this.waiting.delete(key);
      if (this.away.delete(key)) this.shared.add(key);
    }
  }

  /** Copies of the newest values, which stay where they are. */
  hosts(): Map<string, HostTensor> {
    const values = this.fetch([...this.away]);
    for (const [key, { data, shape }] of this.waiting) values.set(key, { data: data.slice(), shape });
    for (const [key, tensor] of this.here) values.set(key, download(tensor));
    return values;
  }

  /** What the session does not have yet. */
  unsent(key: string): HostTensor | undefined {
    if (this.away.has(key) || this.shared.has(key)) return undefined;
    return this.waiting.get(key) ?? download(required(this.here.get(key), key));
  }

  /** The session has it now. */
  sent(key: string): void {
    if (this.waiting.delete(key)) this.away.add(key);
    else if (this.here.has(key)) this.shared.add(key);
  }

  /** A compiled step has changed it. */
  leave(key: string): void {
    if (this.away.has(key)) return;
    this.here.get(key)?.dispose();
    this.here.delete(key);
    this.forget(key);
    this.away.add(key);
  }

  /** The session's values are the newest, wherever it has one. */
  leaveAll(): void {
    for (const key of this.keys()) if (this.session()?.has(this.prefix + key)) this.leave(key);
  }

  clear(): void {
    for (const tensor of this.here.values()) tensor.dispose();
    for (const keys of [this.here, this.waiting, this.away, this.shared]) keys.clear();
  }

  private forget(key: string): void {
    for (const keys of [this.waiting, this.away, this.shared]) keys.delete(key);
  }

  private fetch(keys: readonly string[]): Map<string, HostTensor> {
    if (keys.length === 0) return new Map();
    const names = keys.map((key) => this.prefix + key);
    const values = required(this.session(), 'session').read(names);
    return new Map(keys.map((key) => [key, required(values[this.prefix + key], key)]));
  }
}

/** Makes sure that a session has the newest values; true where it had others, or none. */
export function send(session: StepSession, parts: readonly [StateTensors, string][]): boolean {
  const values: Record<string, HostTensor> = {};
  for (const [part, key] of parts) {
    const value = part.unsent(key);
    if (value) values[part.prefix + key] = value;
  }
  if (Object.keys(values).length === 0) return false;
  session.write(values);
  for (const [part, key] of parts) part.sent(key);
  return true;
}

/** Puts a tensor in another's place. The old one goes to `old`, or away. */
export function replace(map: TensorMap, key: string, value: Tensor, tf: Tf, old?: Tensor[]): void {
  const before = map.get(key);
  map.set(key, tf.keep(value));
  if (before === undefined || before === value) return;
  if (old) old.push(before);
  else before.dispose();
}
