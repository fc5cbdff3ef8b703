import { invariant, required } from '@/lib/base/invariant';
import type { Json } from '@/lib/base/json';
import type { Init, Variable, VariableId } from '@/lib/compile/program';
import type { HostTensor } from '@/lib/nodes/kind';
import { initialize } from '@/lib/tensor/initializers';
import { seedOf, uniform } from '@/lib/tensor/philox';

/**
 * First values of all variables, a function of (seed, `init.key`), drawn in TypeScript so that every engine starts
 * alike. `given` (a checkpoint's or an asset's tensors, by variable) comes first where the shape fits.
 */
export function initialValues(
  variables: readonly Variable[],
  seed: number,
  given: Readonly<Record<VariableId, HostTensor>> = {},
): Map<VariableId, HostTensor> {
  const byId = new Map(variables.map((variable) => [variable.id, variable]));
  const values = new Map<VariableId, HostTensor>();
  const firstOf = (id: VariableId): HostTensor => {
    const known = values.get(id);
    if (known) return known;
    const variable = required(byId.get(id), `variable ${id}`);
    const from = given[id];
    const fits = from !== undefined && from.shape.join() === variable.shape.join();
    const { init } = variable;
    const value = fits ? from : init.by === 'copy' ? firstOf(init.of) : draw(init, variable, seed);
    values.set(id, value);
    return value;
  };
  for (const variable of variables) firstOf(variable.id);
  return values;
}

function draw(init: Exclude<Init, { by: 'copy' }>, variable: Variable, seed: number): HostTensor {
  const { shape, dtype } = variable;
  invariant(dtype !== 'string', `variable ${variable.name} holds numbers`);
  const size = shape.reduce((product, length) => product * length, 1);
  const typed = (numbers: ArrayLike<number>): HostTensor => ({
    data: dtype === 'int32' ? Int32Array.from(numbers) : Float32Array.from(numbers),
    shape,
  });
  if (init.by === 'value') {
    const numbers = flatNumbers(init.value);
    const [only] = numbers;
    if (numbers.length === 1 && only !== undefined) return typed(new Float64Array(size).fill(only));
    invariant(numbers.length === size, `the first value of ${variable.name} has ${size} numbers`);
    return typed(numbers);
  }
  invariant(init.by === 'random', `the weights of ${variable.name} from ${init.by} are given`);
  let stream = 0;
  return typed(
    initialize(init.law, shape, init.params, (count) => uniform(seedOf(seed, 'init', init.key, stream++), count)),
  );
}

function flatNumbers(value: Json): number[] {
  if (Array.isArray(value)) return value.flatMap(flatNumbers);
  invariant(typeof value === 'number', 'a first value is made of numbers');
  return [value];
}
