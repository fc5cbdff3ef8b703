import type { CompiledStep, Resolve, StepCompiler, TracedStep } from '@/lib/engine/host';
import type { Tensor } from '@/lib/nodes/kind';
import type { NativeBinding, NativeTensorflow } from '../load-native';
import { drawFrom } from '../stateless-random';
import { writeGraph } from './graph-def';
import { OpDefinitions } from './op-definitions';
import { Trace, Untraceable } from './trace';

const TYPES: Record<string, number> = { float32: 1, int32: 3, bool: 10 };
let functions = 0;

interface Recording {
  graph: Uint8Array;
  nodes: number;
  inputs: { key: string; node: string }[];
  outputs: { key: string; node: string }[];
}

/**
 * Traces tensor code into a TensorFlow function of the eager context and runs it as one call. The function is pure:
 * weights go in and new weights come out, so that checkpoints, samples and inspection see ordinary tensors. The code runs
 * twice with inputs of different iterations; where the graphs differ, a number of one iteration was baked in.
 */
export function stepCompiler(native: NativeTensorflow): StepCompiler {
  const { tf, binding, backend } = native;
  let definitions: OpDefinitions | undefined;
  let trace: Trace | undefined;
  const listening: NativeBinding = {
    ...membersOf(binding),
    createTensor(shape, type, data) {
      const id = binding.createTensor(shape, type, data);
      trace?.onCreate(id, shape, type, data);
      return id;
    },
    executeOp(op, attributes, inputs, count) {
      const outputs = binding.executeOp(op, attributes, inputs, count);
      trace?.onOp(op, attributes, inputs, outputs);
      return outputs;
    },
    tensorDataSync(id) {
      trace?.onRead(id);
      return binding.tensorDataSync(id);
    },
  };
  const idOf = (tensor: Tensor): number => backend.getInputTensorIds([tensor])[0] as number;

  const record = (step: TracedStep, resolve: Resolve): Recording => {
    definitions ??= new OpDefinitions(binding.opList());
    const recorded = new Trace(definitions);
    const inputs = new Map<string, { tensor: Tensor; node: string }>();
    const input: Resolve = (key) => {
      const known = inputs.get(key);
      if (known) return known.tensor;
      trace = undefined;
      // Code may ask again, when the scope in which it asked first is gone.
      const tensor = tf.keep(tf.clone(resolve(key)));
      const id = idOf(tensor);
      trace = recorded;
      inputs.set(key, { tensor, node: recorded.input(id, TYPES[tensor.dtype] ?? 1, tensor.shape) });
      return tensor;
    };
    backend.binding = listening;
    trace = recorded;
    try {
      return tf.tidy(() => {
        const { outputs, dispose } = step(input);
        const made = Object.entries(outputs).map(([key, tensor]) => ({ key, node: recorded.nodeOf(idOf(tensor)) }));
        dispose();
        return {
          graph: writeGraph(recorded.nodes),
          nodes: recorded.nodes.length,
          inputs: [...inputs].map(([key, { node }]) => ({ key, node })),
          outputs: made,
        };
      });
    } finally {
      trace = undefined;
      backend.binding = binding;
      for (const { tensor } of inputs.values()) tensor.dispose();
    }
  };

  return {
    compile(step, examples): CompiledStep {
      const { graph, nodes, inputs, outputs } = record(step, examples[0]);
      if (!Buffer.from(graph).equals(record(step, examples[1]).graph))
        throw new Untraceable('a number that changes from iteration to iteration would be fixed');
      const name = `netloom_step_${functions++}`;
      binding.addFunction(
        name,
        graph,
        inputs.map(({ node }) => node),
        outputs.map(({ node }) => node),
      );
      return {
        nodes,
        run(resolve) {
          const given = inputs.map(({ key }) => resolve(key));
          const made = backend.executeMultipleOutputs(name, [], given, outputs.length);
          return Object.fromEntries(outputs.map(({ key }, index) => [key, made[index] as Tensor]));
        },
        dispose: () => binding.removeFunction(name),
      };
    },
    random: (seed) => drawFrom(native, seed),
    reason: (error) => (error instanceof Untraceable ? error.message : null),
  };
}

/** The addon's own members, which are not enumerable. */
function membersOf<T extends object>(binding: T): T {
  const members: Record<string, unknown> = {};
  for (const key of Object.getOwnPropertyNames(binding)) members[key] = (binding as Record<string, unknown>)[key];
  return members as T;
}
