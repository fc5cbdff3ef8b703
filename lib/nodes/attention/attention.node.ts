import { asIs } from '../common/make-weight';
import { trainable } from '../common/operands';
import { flagOf } from '../common/params';
import type { Emit, Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { ATTENTION_INPUTS, attentionFields, attentionOutputs, attentionTime } from './attention-layer';
import { inferAttention, kerasAttention, onnxAttention, runAttention, torchAttention } from './single-attention';

const STEPS = { dtype: 'float32', meaning: 'features' } as const;

export const face: Face = {
  id: 'attention',
  version: 1,
  title: 'Attention',
  summary: 'Mixes values by how well keys fit queries.',
  category: 'attention',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['luong', 'dot-product attention', 'alignment', 'soft attention', 'seq2seq'],
  icon: 'focus',
  fields: {
    scale: { type: 'switch', title: 'Learned scale', default: false, help: 'Learns how sharply it looks.' },
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
  inferAttention('Attention', context, () =>
    flagOf(context.params, 'scale') ? [trainable('scale', [], { law: 'ones' })] : [],
  );

export const docs: KindDocs = {
  text: 'The plainest attention: a query and a key fit as well as their product says. A decoder asks with its state which parts of a picture or sentence matter now.',
  formula: 'y = softmax(s·Q·Kᵀ)·V',
  source: 'Luong et al., Effective approaches to attention-based neural machine translation, 2015; Keras 3 Attention',
};

export const examples: KindExample[] = [
  { title: 'Self-attention', inputs: { x: [{ shape: ['batch', 3, 4], ...STEPS }] } },
  {
    title: 'Over another sequence, with a scale and its map',
    params: { scale: true, scores: true },
    inputs: { x: [{ shape: ['batch', 2, 3], ...STEPS }], value: [{ shape: ['batch', 4, 3], ...STEPS }] },
  },
  {
    title: 'Some values masked',
    params: { dropout: 0.2 },
    inputs: {
      x: [{ shape: ['batch', 2, 3], ...STEPS }],
      value: [{ shape: ['batch', 5, 2], ...STEPS }],
      key: [{ shape: ['batch', 5, 3], ...STEPS }],
      mask: [{ shape: ['batch', 5], dtype: 'int32', meaning: 'mask', classes: 2 }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run: runAttention((tf, query, key, { variables }) => {
    const scores = tf.matMul(query, key, false, true);
    return variables.scale ? tf.mul(scores, variables.scale) : scores;
  }),
};

export const emit: Emit = {
  keras: (context) => {
    const scale = flagOf(context.params, 'scale');
    const config = { use_scale: scale, score_mode: 'dot' };
    return kerasAttention({ className: 'Attention', config, weights: scale ? ['scale'] : [] }, context);
  },
  torch(context) {
    const scale = flagOf(context.params, 'scale');
    return torchAttention(
      context,
      (query, key, self) => `${scale ? `${self} * ` : ''}(${query} @ ${key}.transpose(1, 2))`,
      scale ? { module: 'nn.Parameter(torch.ones(()))', weights: { '': asIs('scale') } } : {},
    );
  },
  onnx: (context) =>
    onnxAttention(context, ({ node, weight }, query, key) => {
      const scores = node('MatMul', [query, node('Transpose', [key], { perm: [0, 2, 1] })]);
      return flagOf(context.params, 'scale') ? node('Mul', [scores, weight('scale', asIs('scale'))]) : scores;
    }),
};
