import { asIs } from '../common/make-weight';
import { trainable } from '../common/operands';
import { flagOf } from '../common/params';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { ATTENTION_INPUTS, attentionFields, attentionOutputs, attentionTime } from './attention-layer';
import { inferAttention, kerasAttention, onnxAttention, runAttention, torchAttention } from './single-attention';

const STEPS = { dtype: 'float32', meaning: 'features' } as const;

export const face: Face = {
  id: 'additive-attention',
  version: 1,
  title: 'Additive attention',
  summary: 'Mixes values by a learned fit of keys and queries.',
  category: 'attention',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['bahdanau', 'concat attention', 'alignment', 'soft attention', 'captioning', 'seq2seq'],
  icon: 'focus-centered',
  fields: {
    scale: { type: 'switch', title: 'Learned scale', default: true, help: 'Learns how much each feature counts.' },
    ...attentionFields(),
  },
  inputs: ATTENTION_INPUTS,
  outputs: attentionOutputs,
  grad: ['x', 'value', 'key'],
  evaluation: 'own',
  rng: 'iteration',
  time: attentionTime,
  second: true,
  oftenNext: ['concat', 'dense', 'add'],
};

export const infer: Infer = (context) =>
  inferAttention('Additive attention', context, ({ query }) => {
    const width = query.shape?.at(-1);
    return flagOf(context.params, 'scale') && typeof width === 'number'
      ? [trainable('scale', [width], { law: 'glorot_uniform' })]
      : [];
  });

export const docs: KindDocs = {
  text: 'Query and key are added and bent by tanh before their fit is read off, which finds what a plain product misses. The decoder of a caption asks with it where in the picture the next word is.',
  formula: 'y = softmax(Σ s·tanh(Q + K))·V',
  source: 'Bahdanau et al., Neural machine translation by jointly learning to align, 2015; Keras 3 AdditiveAttention',
};

export const examples: KindExample[] = [
  { title: 'Self-attention', inputs: { x: [{ shape: ['batch', 3, 4], ...STEPS }] } },
  {
    title: 'Over another sequence, plain, with its map',
    params: { scale: false, scores: true },
    inputs: { x: [{ shape: ['batch', 2, 3], ...STEPS }], value: [{ shape: ['batch', 4, 3], ...STEPS }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run: runAttention((tf, query, key, { variables }) => {
    const fits = tf.tanh(tf.add(tf.expandDims(query, 2), tf.expandDims(key, 1)));
    return tf.sum(variables.scale ? tf.mul(fits, variables.scale) : fits, -1);
  }),
};

export const emit: Emit = {
  keras: (context) => {
    const scale = flagOf(context.params, 'scale');
    return kerasAttention(
      { className: 'AdditiveAttention', config: { use_scale: scale }, weights: scale ? ['scale'] : [] },
      context,
    );
  },
  torch(context) {
    const scale = flagOf(context.params, 'scale');
    const width = Number(context.inputs.x?.[0]?.shape?.at(-1));
    return torchAttention(
      context,
      (query, key, self) =>
        `(${scale ? `${self} * ` : ''}torch.tanh(${query}.unsqueeze(2) + ${key}.unsqueeze(1))).sum(dim=-1)`,
      scale ? { module: `nn.Parameter(torch.ones(${width}))`, weights: { '': asIs('scale') } } : {},
    );
  },
  onnx: (context) =>
    onnxAttention(context, ({ node, constant, weight }, query, key) => {
      const wide = node('Add', [
        node('Unsqueeze', [query, constant([2], 'int64')]),
        node('Unsqueeze', [key, constant([1], 'int64')]),
      ]);
      const fits = node('Tanh', [wide]);
      const counted = flagOf(context.params, 'scale') ? node('Mul', [fits, weight('scale', asIs('scale'))]) : fits;
      return node('ReduceSum', [counted, constant([-1], 'int64')], { keepdims: 0 });
    }),
};
