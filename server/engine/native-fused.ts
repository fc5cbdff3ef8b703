import type { NamedTensorMap } from '@tensorflow/tfjs-core';
import { required } from '@/lib/base/invariant';
import { isTaped } from '@/lib/engine/second-order/mend-tape';
import { FUSED } from '@/lib/nodes/common/fused';
import { composedLogisticLoss } from '@/lib/nodes/common/logistic-loss';
import { gatedMemory } from '@/lib/nodes/common/recurrent-cells';
import type { Tensor } from '@/lib/nodes/kind';
import type { NativeTensorflow } from './load-native';

/**
 * Computations of `lib/nodes/common/fused.ts` that are ops of TensorFlow, with TensorFlow's gradients of them. A gradient that somebody
 * differentiates again is composed of smaller ops.
 */
export function installNativeFused(native: NativeTensorflow): void {
  installBatchNorm(native);
  installCrossEntropy(native);
  // The addon's own kernels compute on the processor.
  if (native.binding.isUsingGpuDevice()) return;
  installLogisticLoss(native);
  installLstm(native);
}

/**
 * A kernel whose outputs are tensors, and its gradient by input; `composed` gives its first outputs, those that somebody
 * differentiates, and can be differentiated any number of times.
 */
function install(
  { tf }: NativeTensorflow,
  name: string,
  kernel: {
    inputs: string[];
    /** How many outputs; the last ones may only be there for the gradient. */
    outputs: number;
    run(inputs: NamedTensorMap, epsilon: number): Tensor[];
    gradient(dy: Tensor[], inputs: Tensor[], outputs: Tensor[], epsilon: number): (Tensor | null)[];
    composed(inputs: Tensor[], epsilon: number): Tensor[];
  },
): void {
  const { inputs: names, outputs } = kernel;
  const epsilonOf = (attributes: object | undefined): number => (attributes as { epsilon?: number }).epsilon ?? 0;
  tf.registerKernel({
    kernelName: name,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => kernel.run(inputs as NamedTensorMap, epsilonOf(attrs)),
  });
  tf.registerGradient({
    kernelName: name,
    inputsToSave: names,
    outputsToSave: Array.from({ length: outputs }, () => true),
    gradFunc(dy, saved, attributes) {
      const flows = dy as Tensor[];
      const inputs = saved.slice(0, names.length);
      /** Its gradient is what flows back. */
      const weighted = (): Tensor => {
        const made = kernel.composed(inputs, epsilonOf(attributes));
        return tf.addN(made.map((y, i) => tf.sum(tf.mul(y, required(flows[i], 'dy')))));
      };
      const made = isTaped(tf)
        ? tf.engine().gradients(weighted, inputs, undefined, true).grads
        : kernel.gradient(flows, inputs, saved.slice(names.length), epsilonOf(attributes));
      return Object.fromEntries(
        names.flatMap((input, i) => {
          const gradient = made[i];
          return gradient ? [[input, () => gradient]] : [];
        }),
      );
    },
  });
}

function installBatchNorm(native: NativeTensorflow): void {
  const { tf, binding, backend } = native;
  const attributes = (epsilon: number) => [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'U', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: epsilon },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
  ];
  /** Channels last of a picture. */
  const pictures = (x: Tensor): Tensor => {
    const channels = x.shape.at(-1) ?? 1;
    return x.rank === 4 ? x : tf.reshape(x, [1, 1, x.size / channels, channels]);
  };
  install(native, FUSED.batchNorm, {
    inputs: ['x', 'gamma', 'beta'],
    outputs: 6,
    run({ x, gamma, beta }, epsilon) {
      const input = required(x, 'x');
      const rows = input.size / (input.shape.at(-1) ?? 1);
      // Nothing of before counts while it learns its statistics.
      const none = tf.tensor1d([], 'float32');
      const [y, mean, variance, ...rest] = backend.executeMultipleOutputs(
        'FusedBatchNormV3',
        [...attributes(epsilon), { name: 'exponential_avg_factor', type: binding.TF_ATTR_FLOAT, value: 1 }],
        [pictures(input), required(gamma, 'gamma'), required(beta, 'beta'), none, none],
        6,
      ) as [Tensor, Tensor, Tensor, ...Tensor[]];
      // TensorFlow's is that of the population.
      const biased = tf.mul(variance, rows > 1 ? (rows - 1) / rows : 1);
      return [tf.reshape(y, input.shape), mean, biased, ...rest];
    },
    gradient([dy], [x, gamma], outputs, epsilon) {
      const input = required(x, 'x');
      const [dx, dGamma, dBeta] = backend.executeMultipleOutputs(
        'FusedBatchNormGradV3',
        attributes(epsilon),
        [pictures(required(dy, 'dy')), pictures(input), required(gamma, 'gamma'), ...outputs.slice(3)],
        5,
      );
      return [dx ? tf.reshape(dx, input.shape) : null, dGamma ?? null, dBeta ?? null];
    },
    composed([x, gamma, beta], epsilon) {
      const input = required(x, 'x');
      const { mean, variance } = tf.moments(input, input.shape.map((_, axis) => axis).slice(0, -1));
      const scale = tf.mul(tf.rsqrt(tf.add(variance, epsilon)), required(gamma, 'gamma'));
      return [tf.add(tf.mul(tf.sub(input, mean), scale), required(beta, 'beta'))];
    },
  });
}

function installCrossEntropy(native: NativeTensorflow): void {
  const { tf, binding, backend } = native;
  const attributes = [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'Tlabels', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 },
  ];
  install(native, FUSED.crossEntropy, {
    inputs: ['scores', 'labels'],
    outputs: 2,
    run: ({ scores, labels }) =>
      backend.executeMultipleOutputs(
        'SparseSoftmaxCrossEntropyWithLogits',
        attributes,
        [required(scores, 'scores'), required(labels, 'labels')],
        2,
      ),
    gradient: ([dy], _, [, flow]) => [tf.mul(tf.expandDims(required(dy, 'dy'), 1), required(flow, 'gradient')), null],
    composed([scores, labels]) {
      const rows = required(scores, 'scores');
      const picked = tf.cast(tf.oneHot(required(labels, 'labels') as never, rows.shape[1] ?? 1), 'float32');
      return [tf.neg(tf.sum(tf.mul(picked, tf.logSoftmax(rows)), -1))];
    },
  });
}

/** An op of the addon (`addon/logistic-loss-op.cc`). */
function installLogisticLoss(native: NativeTensorflow): void {
  const { tf, backend } = native;
  install(native, FUSED.logisticLoss, {
    inputs: ['scores', 'answers'],
    outputs: 2,
    run: ({ scores, answers }) =>
      backend.executeMultipleOutputs(
        'NetloomLogisticLoss',
        [],
        [scores, answers].map((input) => required(input, 'input')),
        2,
      ),
    gradient([dy], [scores], [, gradients]) {
      const flow = required(dy, 'dy');
      return [tf.mul(flow, required(gradients, 'gradients')), tf.neg(tf.mul(flow, required(scores, 'scores')))];
    },
    composed: ([scores, answers]) => [
      composedLogisticLoss(tf, required(scores, 'scores'), required(answers, 'answers')),
    ],
  });
}

/** Ops of the addon (`addon/lstm-op.cc`). */
function installLstm(native: NativeTensorflow): void {
  const { tf, backend } = native;
  install(native, FUSED.lstm, {
    inputs: ['projected', 'recurrent', 'hidden', 'memory'],
    outputs: 5,
    run: ({ projected, recurrent, hidden, memory }) =>
      backend.executeMultipleOutputs(
        'NetloomLstm',
        [],
        [projected, recurrent, hidden, memory].map((input) => required(input, 'input')),
        5,
      ),
    gradient([flow, lastFlow], [, recurrent, , memory], [, , heard, memories, gates]) {
      const given = [flow, lastFlow, recurrent, memory, memories, gates].map((input) => required(input, 'input'));
      const [projected, hidden, before] = backend.executeMultipleOutputs('NetloomLstmGrad', [], given, 3);
      const rows = (x: Tensor | undefined): Tensor => tf.reshape(required(x, 'rows'), [-1, x?.shape.at(-1) ?? 1]);
      return [projected, tf.matMul(rows(heard), rows(projected), true), hidden, before].map((made) => made ?? null);
    },
    composed([projected, recurrent, hidden, memory]) {
      let [heard, kept] = [required(hidden, 'hidden'), required(memory, 'memory')];
      const steps = tf.unstack(required(projected, 'projected'), 1).map((step) => {
        const sums = tf.add(step, tf.matMul(heard, required(recurrent, 'recurrent') as never));
        [heard, kept] = gatedMemory(tf, sums, kept, { gate: (x) => tf.sigmoid(x), bend: (x) => tf.tanh(x) });
        return heard;
      });
      return [tf.stack(steps, 1), kept];
    },
  });
}
