import { required } from '@/lib/base/invariant';
import type { ValueId } from '@/lib/compile/program';
import type { Tensor } from '@/lib/nodes/kind';
import type { Scope } from './evaluate-ops';
import type { RandomKey, Resolve, StepCompiler } from './host';
import { seedOfDraw } from './random';
import type { TrainingRun } from './training-run';

/** What ops see while a step is traced: whatever differs between two calls is an input of the graph. */
export function tracedScope(
  compiler: StepCompiler,
  input: Resolve,
  clocks: ReadonlyMap<ValueId, number>,
): Pick<Scope, 'clocks' | 'random' | 'variable'> {
  return {
    clocks: new Map([...clocks.keys()].map((id) => [id, input(`clock:${id}`)])),
    variable: (id) => input(`variable:${id}`),
    random(op, t) {
      let stream = 0;
      return compiler.random(() => input(`seed:${stream++}:${t}:${op.id}`));
    },
  };
}

/** The inputs of `tracedScope` at one moment of a run; `values` are what the batch brought. */
export function resolveScope(
  run: TrainingRun,
  pass: RandomKey['pass'],
  clock: number,
  clocks: ReadonlyMap<ValueId, number>,
  values: ReadonlyMap<ValueId, Tensor>,
): Resolve {
  const { tf } = run.host;
  return (key) => {
    const [what, rest] = splitKey(key);
    if (what === 'variable') return required(run.device.variables.get(rest), key);
    if (what === 'value') return required(values.get(rest), key);
    if (what === 'clock') return tf.scalar(required(clocks.get(rest), key));
    const [stream, inner] = splitKey(rest);
    const [t, path] = splitKey(inner);
    const seed = seedOfDraw({ seed: run.seed, path, pass, clock, t: Number(t) }, Number(stream));
    return tf.tensor1d([...seed], 'int32');
  };
}

/** `variable:n7#kernel` → `variable`, `n7#kernel`. */
export function splitKey(key: string): [string, string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
}
