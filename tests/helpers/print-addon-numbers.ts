import { createHash } from 'node:crypto';
import { required } from '@/lib/base/invariant';
import { seedOf, uniform } from '@/lib/tensor/philox';
import { chooseEngine } from '@/server/engine/choose-engine';
import { loadNative } from '@/server/engine/load-native';
import { answers, type ProductCase, productCases, scores, whole } from './addon-cases';

/**
 * What the addon computes as this process' environment has it (NETLOOM_INSTRUCTIONS, TF_NUM_INTRAOP_THREADS), as JSON: products
 * of matrices of whole numbers, a digest of products of others, and binary cross-entropies with their gradients.
 */
const choice = chooseEngine('tensorflow');
if (choice.engine !== 'tensorflow') throw new Error('the native engine is there');
const { tf, binding, backend } = loadNative(choice.folder);

const fractions = (name: string, count: number): Float32Array => uniform(seedOf(1, name), count, -1);

function computed({ m, k, n, transposeA, transposeB, finish }: ProductCase, numbers: typeof fractions): Float32Array {
  const matrix = (name: string, rows: number, columns: number) =>
    tf.tensor(numbers(name, rows * columns), [rows, columns]);
  const flag = (name: string, value: boolean) => ({ name, type: binding.TF_ATTR_BOOL, value });
  const factors = [
    transposeA ? matrix('a', k, m) : matrix('a', m, k),
    transposeB ? matrix('b', n, k) : matrix('b', k, n),
  ];
  const transposes = [flag('transpose_a', transposeA), flag('transpose_b', transposeB)];
  const bias = tf.tensor(numbers('bias', n));
  const [op, attributes, third] = {
    none: ['NetloomMatMul', transposes, []] as const,
    bias: ['NetloomDense', [...transposes, flag('relu', false)], [bias]] as const,
    relu: ['NetloomDense', [...transposes, flag('relu', true)], [bias]] as const,
    gate: ['NetloomMatMulReluGrad', transposes, [matrix('gate', m, n)]] as const,
  }[finish];
  return tf.tidy(
    () => backend.executeSingleOutput(op, [...attributes], [...factors, ...third]).dataSync() as Float32Array,
  );
}

const digest = createHash('sha256');
const results = productCases.map((one) => {
  digest.update(new Uint8Array(required(computed(one, fractions), 'result').buffer));
  return Array.from(computed(one, whole));
});
const [losses, gradients] = backend
  .executeMultipleOutputs('NetloomLogisticLoss', [], [tf.tensor1d(scores), tf.tensor1d(answers)], 2)
  .map((tensor) => Array.from(tensor.dataSync()));
console.log(JSON.stringify({ results, digest: digest.digest('hex'), losses, gradients }));
