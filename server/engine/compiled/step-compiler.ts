import { required } from '@/lib/base/invariant';
import type { CompiledStep, Feed, StepCompiler, StepResult, StepSession, TracedStep } from '@/lib/engine/host';
import { readsWhole } from '@/lib/nodes/common/fused';
import type { HostTensor, Tensor } from '@/lib/nodes/kind';
import type { NativeBinding, NativeTensorflow } from '../load-native';
import { drawFrom } from '../stateless-random';
import { batchNorm } from './batch-norm';
import { fuseOptimizer } from './fused-optimizers';
import { writeGraph } from './graph-def';
import { GraphSession } from './graph-session';
import { Net, type RecordedStep, type Spec } from './net';
import { oneDnnKernels, wantsOneDnn } from './onednn';
import { OpDefinitions } from './op-definitions';
import { ownConvolutions } from './own-convolutions';
import { ownProducts } from './products';
import { rewrite } from './rewrite';
import { simplifications } from './simplify';
import { stepGraph } from './step-graph';
import { type Symbolic, Trace, Untraceable } from './trace';

/** A trace and the step in it: `inputs` are given with each call, by key. */
interface Recording extends Pick<RecordedStep, 'outputs' | 'writes'> {
  trace: Trace;
  inputs: Map<string, string>;
  reads: string[];
}

/**
 * Traces tensor code into TensorFlow graphs and runs each as one call. The code runs twice; where the two graphs differ, a
 * number of one iteration was baked in. `oneDnn`: whether oneDNN's kernels take the place of others; asked once, when there is one to take.
 */
export function stepCompiler(native: NativeTensorflow, threads: number, oneDnn: () => boolean): StepCompiler {
  const { tf, binding, backend } = native;
  const members = membersOf(binding);
  const onGpu = binding.isUsingGpuDevice();
  let definitions: OpDefinitions | undefined;
  let hasOneDnn: boolean | undefined;
  const idOf = (tensor: Tensor): number => backend.getInputTensorIds([tensor])[0] as number;

  const record = (
    step: TracedStep,
    example: Feed,
    specOf: (key: string) => Spec | undefined,
    first?: Recording,
  ): Recording => {
    definitions ??= new OpDefinitions(binding.opList());
    const trace = new Trace(binding, definitions, first?.trace);
    const inputs = new Map<string, string>();
    const reads: string[] = [];
    const given = new Map<string, Tensor>();
    const tensorOf = (symbolic: Symbolic): Tensor => backend.createOutputTensor(trace.hand(symbolic));
    const input = (key: string): Tensor => {
      const known = given.get(key);
      if (known) return known;
      const spec = specOf(key);
      let made: Symbolic;
      if (spec) {
        made = trace.state(key, spec);
        reads.push(key);
      } else {
        const { placeholder, value } = trace.input(example(key));
        inputs.set(key, placeholder);
        made = value;
      }
      // The code may ask for it within a tidy of its own, and again behind that.
      const tensor = tf.keep(tensorOf(made));
      given.set(key, tensor);
      return tensor;
    };
    const symbolic = (tensor: Tensor): Symbolic => trace.symbolic(idOf(tensor));
    const apply: Parameters<TracedStep>[1] = (algorithm, context) => {
      const update = fuseOptimizer(tf, algorithm, context);
      if (!update) return null;
      const gradient = symbolic(context.gradient);
      const before = [context.variable, ...update.slots.map((slot) => context.slots[slot] as Tensor)].map(symbolic);
      const numbers = update.numbers.map((number) =>
        number === 'gradient' ? gradient : typeof number === 'number' ? trace.number(number) : symbolic(number),
      );
      const after = trace.change(update.op, update.attributes, before, numbers, gradient)?.map(tensorOf);
      if (!after) return null;
      const [variable, ...slots] = after;
      return {
        variable: variable as Tensor,
        slots: Object.fromEntries(update.slots.map((slot, i) => [slot, slots[i] as Tensor])),
      };
    };
    backend.binding = { ...members, ...trace.listener };
    let recording: Recording | undefined;
    try {
      tf.tidy(() => {
        const result: StepResult = step(input, apply);
        const refs = (tensors: Record<string, Tensor> = {}): Map<string, string> =>
          new Map(Object.entries(tensors).map(([key, tensor]) => [key, symbolic(tensor).ref]));
        const outputs = refs(result.outputs);
        const writes = refs(result.writes);
        result.dispose?.();
        recording = { trace, inputs, reads, outputs, writes };
      });
      return required(recording, 'recording');
    } finally {
      for (const tensor of given.values()) tensor.dispose();
      backend.binding = binding;
    }
  };

  const rewritten = ({ trace, outputs, writes }: Recording): RecordedStep => {
    const net = new Net();
    for (const node of trace.nodes) net.append(node);
    const simple = rewrite({ net, outputs, writes }, simplifications, 'r');
    const own = onGpu
      ? simple
      : rewrite(rewrite(rewrite(simple, ownConvolutions, 'f'), ownProducts, 'p'), batchNorm, 'b');
    if (!wantsOneDnn(own)) return own;
    hasOneDnn ??= oneDnn();
    return hasOneDnn ? rewrite(own, oneDnnKernels, 'k') : own;
  };

  return {
    splits: (kind) => !onGpu && (kind === 'dense' || readsWhole(tf, kind)),
    open({ flops }) {
      const session = new GraphSession(binding, { flops, threads });
      const compile: StepSession['compile'] = (step, example): CompiledStep => {
        const specOf = (key: string): Spec | undefined => session.spec(key);
        const recording = record(step, example, specOf);
        // It compares itself with the first.
        record(step, example, specOf, recording);
        const recorded = rewritten(recording);
        const { nodes, outputs, done } = stepGraph(recorded);
        // An input that nothing needs is not there any more.
        const there = new Set(nodes.map(({ name }) => name));
        const inputs = [...recording.inputs].filter(([, node]) => there.has(node));
        const run = session.extend(
          writeGraph(nodes),
          inputs.map(([, node]) => node),
          outputs,
          done,
        );
        session.declare([...recorded.writes].map(([key, ref]) => [key, required(recorded.net.output(ref), ref)]));
        const keys = [...recording.outputs.keys()];
        return {
          nodes: nodes.length,
          reads: recording.reads,
          writes: [...recording.writes.keys()],
          async start(feed) {
            const made = await run(inputs.map(([key]) => feed(key)));
            return Object.fromEntries(keys.map((key, i) => [key, made[i] as HostTensor]));
          },
        };
      };
      return Object.assign(session, { compile });
    },
    random: (seed) => drawFrom(native, seed),
    reason: (error) => (error instanceof Untraceable ? error.message : null),
  };
}

/** The addon's own members, which are not enumerable. */
function membersOf(binding: NativeBinding): NativeBinding {
  const members: Record<string, unknown> = {};
  for (const key of Object.getOwnPropertyNames(binding)) members[key] = binding[key as keyof NativeBinding];
  return members as unknown as NativeBinding;
}
