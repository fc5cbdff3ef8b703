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
  /** Keys whose newest value is in the session alone, and keys that are the same on both sides. */
  private readonly away = new Set<string>();
  private readonly shared = new Set<string>();

  /** `prefix`: of keys in the session. */
  constructor(
    private readonly tf: Tf,
    private readonly prefix: string,
    private readonly session: () => StepSession | null,
  ) {}

  get(key: string): Tensor | undefined {
    if (this.away.delete(key)) {
      this.here.set(key, upload(this.tf, this.fetch(key)));
      this.shared.add(key);
    }
    return this.here.get(key);
  }

  /** Takes the tensor over; the old one is the caller's. */
  set(key: string, tensor: Tensor): void {
    this.here.set(key, tensor);
    this.away.delete(key);
    this.shared.delete(key);
  }

  has(key: string): boolean {
    return this.here.has(key) || this.away.has(key);
  }

  keys(): string[] {
    return [...new Set([...this.here.keys(), ...this.away])];
  }

  *[Symbol.iterator](): Generator<[string, Tensor]> {
    for (const key of this.keys()) yield [key, required(this.get(key), key)];
  }

  /** A copy of the newest value, which stays where it is. */
  host(key: string): HostTensor {
    return this.away.has(key) ? this.fetch(key) : download(required(this.here.get(key), key));
  }

  /** Makes sure that the session has the newest value; true where it had another, or none. */
  send(key: string): boolean {
    if (this.away.has(key) || this.shared.has(key)) return false;
    required(this.session(), 'session').write({ [this.prefix + key]: download(required(this.here.get(key), key)) });
    this.shared.add(key);
    return true;
  }

  /** A compiled step has changed it. */
  leave(key: string): void {
    if (this.away.has(key)) return;
    this.here.get(key)?.dispose();
    this.here.delete(key);
    this.shared.delete(key);
    this.away.add(key);
  }

  /** The session's values are the newest, wherever it has one. */
  leaveAll(): void {
    for (const key of this.keys()) if (this.session()?.has(this.prefix + key)) this.leave(key);
  }

  clear(): void {
    for (const tensor of this.here.values()) tensor.dispose();
    this.here.clear();
    this.away.clear();
    this.shared.clear();
  }

  private fetch(key: string): HostTensor {
    const name = this.prefix + key;
    return required(required(this.session(), 'session').read([name])[name], name);
  }
}

/** Puts a tensor in another's place. The old one goes to `old`, or away. */
export function replace(map: TensorMap, key: string, value: Tensor, tf: Tf, old?: Tensor[]): void {
  const before = map.get(key);
  map.set(key, tf.keep(value));
  if (before === undefined || before === value) return;
  if (old) old.push(before);
  else before.dispose();
}
