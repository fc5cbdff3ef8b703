import { formatCount, rankProblem, specOn, staticProblem, textProblem, unknownOutput } from '../common/inference';
import { initializerField } from '../common/initializer-field';
import { asIs } from '../common/make-weight';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn, trainable, variableOf } from '../common/operands';
import { numberOf, textOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'position-embedding',
  version: 1,
  title: 'Position embedding',
  summary: 'Adds a learned row of numbers for each place.',
  category: 'attention',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['learned position', 'positional embedding', 'gpt', 'transformer', 'order'],
  icon: 'list-numbers',
  fields: {
    length: {
      type: 'number',
      title: 'Longest sequence',
      default: 128,
      min: 1,
      max: 1_000_000,
      integer: true,
      essential: true,
      help: 'How many places have a row of their own.',
    },
    init: initializerField('Initial table', 'uniform'),
  },
  inputs: [{ id: 'x', title: 'Sequence', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['multi-head-attention', 'dropout', 'layer-norm'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Position embedding', 'x'));
  if (!x?.shape) return unknownOutput();
  if (x.shape.length !== 3) {
    const embedding = [{ title: 'Insert Embedding', insert: { port: 'x', kind: 'embedding' } }];
    const problem = rankProblem('Position embedding', 'x', x, [3], x.meaning === 'tokens' ? embedding : []);
    return unknownOutput(problem);
  }
  const [, time, width] = x.shape;
  const y = { shape: x.shape, dtype: 'float32', meaning: 'features' } as const;
  if (typeof width !== 'number')
    return { outputs: { y }, problems: [staticProblem('Position embedding', 'x', x, 'features')] };
  const length = numberOf(params, 'length');
  const problems: Problem[] =
    typeof time === 'number' && time > length
      ? [
          {
            code: 'shape-mismatch',
            severity: 'error',
            port: 'x',
            param: 'length',
            message: `The sequence has ${formatCount(time)} steps, but only ${formatCount(length)} places have a row.`,
            expected: `at most ${formatCount(length)} steps`,
            received: formatCount(time),
            remedies: [{ title: `Set the longest sequence to ${formatCount(time)}`, set: { length: time } }],
          },
        ]
      : [];
  const variables = [trainable('table', [length, width], { law: textOf(params, 'init') })];
  return { outputs: { y }, variables, flops: (typeof time === 'number' ? time : 1) * width, problems };
}

export const docs: KindDocs = {
  text: 'Attention does not know in which order steps come. Here each place in a sequence has a row of numbers of its own, which is learned and added to what stands there.',
  formula: 'y[t] = x[t] + P[t]',
  source: 'Gehring et al., Convolutional sequence to sequence learning, 2017; Radford et al. (GPT), 2018',
};

export const examples: KindExample[] = [
  {
    title: 'Up to six steps',
    params: { length: 6 },
    inputs: { x: [{ shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs, variables }) {
    const x = floatOn(tf, inputs, 'x');
    const [, time = 1, width = 1] = x.shape;
    const rows = tf.slice(variableOf(variables, 'table'), [0, 0], [time, width]);
    return { outputs: { y: tf.add(x, tf.reshape(rows, [1, time, width])) } };
  },
};

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that adds a row for each place' }),
  torch: ({ params, inputs }) => ({
    module: `nn.Parameter(torch.zeros(${numberOf(params, 'length')}, ${Number(inputs.x?.[0]?.shape?.at(-1))}))`,
    weights: { '': asIs('table') },
    forward: ({ self, on }) => ({ y: `${on('x')} + ${self}[: ${on('x')}.shape[1]]` }),
  }),
  onnx: () =>
    onnxNodes(
      (x, { node, constant, weight }) => {
        const time = node('Shape', [x], { start: 1, end: 2 });
        const rows = node('Slice', [
          weight('table', asIs('table')),
          constant([0], 'int64'),
          time,
          constant([0], 'int64'),
        ]);
        return node('Add', [x, rows]);
      },
      { channels: 'last' },
    ),
};
