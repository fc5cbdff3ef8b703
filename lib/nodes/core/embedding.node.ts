import { flopsPerExample, formatCount, specOn, textProblem, unknownOutput } from '../common/inference';
import { initializerField, withInitializer } from '../common/initializer-field';
import { asIs } from '../common/make-weight';
import { INT64, onnxNodes } from '../common/onnx-nodes';
import { tensorOn, trainable, variableOf } from '../common/operands';
import { numberOf, textOf } from '../common/params';
import { torchLayer } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'embedding',
  version: 1,
  title: 'Embedding',
  summary: 'Looks up a learned row of numbers for each token.',
  category: 'core',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['word vectors', 'lookup', 'token embedding', 'word2vec', 'table'],
  icon: 'abc',
  fields: {
    tokens: {
      type: 'number',
      title: 'Tokens',
      default: 1000,
      min: 1,
      max: 10_000_000,
      soft: [2, 50_000],
      integer: true,
      logarithmic: true,
      essential: true,
      help: 'How many different tokens there are; they are numbered from 0.',
    },
    size: {
      type: 'number',
      title: 'Size',
      default: 32,
      min: 1,
      max: 65_536,
      soft: [1, 512],
      integer: true,
      logarithmic: true,
      essential: true,
      help: 'How many numbers stand for a token.',
    },
    init: initializerField('Initial table', 'uniform'),
  },
  inputs: [{ id: 'x', title: 'Tokens', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  grad: [],
  second: true,
  time: 'pointwise',
  oftenNext: ['lstm', 'dense', 'flatten', 'dropout'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string')
    return unknownOutput({
      ...textProblem('Embedding', 'x'),
      remedies: [{ title: 'Turn the text into tokens with Vectorise', insert: { port: 'x', kind: 'vectorise' } }],
    });
  const [tokens, size] = [numberOf(params, 'tokens'), numberOf(params, 'size')];
  const variables = [trainable('table', [tokens, size], { law: textOf(params, 'init') })];
  if (!x?.shape) return { ...unknownOutput(), variables };
  const shape = [...x.shape, size];
  const problems: Problem[] = [];
  if (x.classes !== undefined && x.classes > tokens) {
    problems.push({
      code: 'label-range',
      severity: 'error',
      port: 'x',
      param: 'tokens',
      message: `The input has ${formatCount(x.classes)} different tokens, but the table only ${formatCount(tokens)} rows.`,
      expected: `at least ${formatCount(x.classes)} tokens`,
      received: formatCount(tokens),
      remedies: [{ title: `Set tokens to ${formatCount(x.classes)}`, set: { tokens: x.classes } }],
    });
  }
  if (x.dtype === 'float32' && x.meaning !== 'any' && x.meaning !== 'class' && x.meaning !== 'tokens') {
    problems.push({
      code: 'dtype-mismatch',
      severity: 'warning',
      port: 'x',
      message: 'Embedding looks rows up by their number; real numbers are cut to whole ones.',
      expected: 'int32',
      received: 'float32',
      remedies: [
        { title: 'Cut to whole numbers with Cast', insert: { port: 'x', kind: 'cast', params: { to: 'int32' } } },
      ],
    });
  }
  return {
    outputs: { y: { shape, dtype: 'float32', meaning: 'features' } },
    variables,
    flops: flopsPerExample(shape, 0),
    problems,
  };
}

export const docs: KindDocs = {
  text: 'Each token (a word, a letter, a class) has a row of numbers of its own in a table. The rows are learned, so that tokens used alike come to stand close together.',
  formula: 'y = E[x]',
  source: 'Bengio et al., A neural probabilistic language model, 2003; Keras 3 Embedding',
};

export const examples: KindExample[] = [
  {
    title: 'A sentence',
    params: { tokens: 12, size: 5 },
    inputs: { x: [{ shape: ['batch', 4], dtype: 'int32', meaning: 'tokens', classes: 12 }] },
  },
  {
    title: 'A class',
    params: { tokens: 3, size: 2 },
    inputs: { x: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs, variables }) {
    const tokens = tf.cast(tensorOn(inputs, 'x'), 'int32');
    return { outputs: { y: tf.gather(variableOf(variables, 'table'), tokens) } };
  },
};

export const emit: Emit = {
  keras: ({ params }) => [
    withInitializer(
      {
        className: 'Embedding',
        config: { input_dim: numberOf(params, 'tokens'), output_dim: numberOf(params, 'size') },
        weights: ['table'],
      },
      'embeddings_initializer',
      textOf(params, 'init'),
      'uniform',
    ),
  ],
  torch: ({ params }) =>
    torchLayer(`nn.Embedding(${numberOf(params, 'tokens')}, ${numberOf(params, 'size')})`, {
      takes: 'any',
      weights: { weight: asIs('table') },
      variables: { table: (self) => `${self}.weight` },
      before: (x) => `${x}.long()`,
    }),
  onnx: () =>
    onnxNodes(
      (x, { node, weight }) => node('Gather', [weight('table', asIs('table')), node('Cast', [x], { to: INT64 })]),
      {
        takes: 'any',
      },
    ),
};
