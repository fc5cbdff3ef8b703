import { required } from '@/lib/base/invariant';
import type { ValueId } from '@/lib/compile/program';
import type { HostTensor, Tensor } from '@/lib/nodes/kind';
import type { Scope } from './evaluate-ops';
import type { Feed, Input, RandomKey, StepCompiler } from './host';
import { keyOf, seedOfDraw } from './random';
import { download } from './state-tensors';
import type { TrainingRun } from './training-run';

/** What ops see while a step is traced: whatever differs between two calls is an input of the graph. */
export function tracedScope(
  compiler: StepCompiler,
  input: Input,
  clocks: ReadonlyMap<ValueId, number>,
): Pick<Scope, 'clocks' | 'random' | 'variable'> {
  return {
    clocks: new Map([...clocks.keys()].map((id) => [id, input(`clock:${id}`)])),
    variable: (id) => input(`variable:${id}`),
    random(op, t) {
      let stream = 0;
      return compiler.random(() => input(`${op.rng === 'example' ? 'fixed' : 'seed'}:${stream++}:${t}:${op.id}`));
    },
  };
}

/** What the inputs of `tracedScope` are at one moment of a run; `values` are what the batch brought. */
export function feedScope(
  run: TrainingRun,
  pass: RandomKey['pass'],
  clock: number,
  clocks: ReadonlyMap<ValueId, number>,
  values: ReadonlyMap<ValueId, HostTensor>,
): Feed {
  return (key) => {
    const [what, rest] = splitKey(key);
    if (what === 'value') return values.get(rest) ?? heldOnHost(required(run.device.held.get(rest), key));
    if (what === 'clock') return scalar(required(clocks.get(rest), key));
    const [stream, inner] = splitKey(rest);
    const [t, path] = splitKey(inner);
    const rng = what === 'fixed' ? 'example' : 'iteration';
    const draw = keyOf({ rng }, { seed: run.seed, path, pass, clock, t: Number(t) });
    const seed = seedOfDraw(draw, Number(stream));
    return { data: Int32Array.from(seed), shape: [2] };
  };
}

export const scalar = (value: number): HostTensor => ({ data: Float32Array.of(value), shape: [] });

/** Held values change rarely: each is read back once. */
function heldOnHost(tensor: Tensor): HostTensor {
  const known = copies.get(tensor);
  if (known) return known;
  const copy = download(tensor);
  copies.set(tensor, copy);
  return copy;
}

const copies = new WeakMap<Tensor, HostTensor>();

/** `variable:n7#kernel` → `variable`, `n7#kernel`. */
export function splitKey(key: string): [string, string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
}
