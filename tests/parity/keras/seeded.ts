import type { Program, VariableId } from '@/lib/compile/program';
import type { HostTensor } from '@/lib/nodes/kind';
import { normal, seedOf, uniform } from '@/lib/tensor/philox';
import { concreteShape, type Spec } from '@/lib/tensor/spec';

const sizeOf = (shape: number[]): number => shape.reduce((product, length) => product * length, 1);

/** Weights as they might be after training: none of them zero, variances positive. */
export function seededWeights(program: Program, seed = 5): Record<VariableId, HostTensor> {
  return Object.fromEntries(
    program.variables.map(({ id, shape }) => {
      const [low, high] = id.endsWith('variance') || id.endsWith('gamma') ? [0.5, 1.5] : [-0.5, 0.5];
      return [id, { data: uniform(seedOf(seed, 'weights', id), sizeOf(shape), low, high), shape }];
    }),
  );
}

/** Data that fits a spec: classes and tokens are whole and in range, everything else within its range or normal. */
export function seededTensor(spec: Spec, name: string, batch = 6): HostTensor {
  const shape = concreteShape(spec.shape ?? [], { batch, time: 5, examples: batch });
  const key = seedOf(11, 'input', name);
  const count = sizeOf(shape);
  if (spec.dtype === 'int32') {
    const most = spec.classes ?? (spec.range ? spec.range[1] + 1 : 4);
    return { data: Int32Array.from(uniform(key, count), (value) => Math.floor(value * most)), shape };
  }
  if (spec.meaning === 'one-hot') {
    const width = shape.at(-1) ?? 1;
    const hot = uniform(key, count / width);
    return {
      data: Float32Array.from({ length: count }, (_, at) =>
        Number(Math.floor((hot[Math.floor(at / width)] ?? 0) * width) === at % width),
      ),
      shape,
    };
  }
  const data = spec.range ? uniform(key, count, ...spec.range) : normal(key, count);
  return { data, shape };
}
