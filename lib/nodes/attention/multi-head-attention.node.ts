import type { Spec } from '@/lib/tensor/spec';
import { staticProblem, unknownSpec } from '../common/inference';
import { asIs, permuted } from '../common/make-weight';
import { trainable, variableOf } from '../common/operands';
import { flagOf, numberOf } from '../common/params';
import type {
  Emit,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  PlainParams,
  Problem,
  RunContext,
  Tensor,
  Tf,
  VariableDecl,
} from '../kind';
import { attendedPorts, multiHeadCall, onnxLookWhere, TORCH_LOOK, torchLookArguments } from './attention-emission';
import {
  ATTENTION_INPUTS,
  attendingOn,
  attendingTensors,
  attentionFields,
  attentionOutputs,
  attentionTime,
  lookWhere,
} from './attention-layer';

const STEPS = { dtype: 'float32', meaning: 'features' } as const;

export const face: Face = {
  id: 'multi-head-attention',
  version: 1,
  title: 'Multi-head attention',
  summary: 'Every step looks at others and takes what fits.',
  category: 'attention',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['self-attention', 'transformer', 'mha', 'cross-attention', 'scaled dot product'],
  icon: 'focus-2',
  fields: {
    heads: {
      type: 'number',
      title: 'Heads',
      default: 4,
      min: 1,
      max: 1024,
      integer: true,
      essential: true,
      help: 'How many different things are looked for at once.',
    },
    size: {
      type: 'number',
      title: 'Head size',
      default: 16,
      min: 1,
      max: 65_536,
      integer: true,
      essential: true,
      help: 'How many numbers a query and a key of one head have; usually features / heads.',
    },
    bias: { type: 'switch', title: 'Bias', default: true },
    ...attentionFields(),
  },
  inputs: ATTENTION_INPUTS,
  outputs: attentionOutputs,
  grad: ['x', 'value', 'key'],
  evaluation: 'own',
  rng: 'iteration',
  time: attentionTime,
  second: true,
  oftenNext: ['add', 'layer-norm', 'dense', 'dropout'],
};

export function infer(context: InferContext): Inference {
  const { params } = context;
  const outputs = (y: Spec, scores: Spec) => ({ y, ...(flagOf(params, 'scores') && { scores }) });
  const attending = attendingOn('Multi-head attention', context);
  if (attending === null) return { outputs: outputs(unknownSpec(), unknownSpec()) };
  if ('problems' in attending) return { outputs: outputs(unknownSpec(), unknownSpec()), problems: attending.problems };
  const { query, key, value, batch, asks, looked } = attending;
  const [heads, size] = [numberOf(params, 'heads'), numberOf(params, 'size')];
  const specs = outputs(
    { shape: query.shape, ...STEPS },
    {
      shape: [batch, heads, asks, looked],
      dtype: 'float32',
      meaning: 'probabilities',
      range: [0, scoreLimit(params)],
    },
  );
  const widths = [query, key, value].map(({ shape }) => shape?.at(-1));
  const unknown = widths.findIndex((width) => typeof width !== 'number');
  if (unknown >= 0) {
    const port = ['x', 'key', 'value'][unknown] ?? 'x';
    const problems: Problem[] = [
      staticProblem('Multi-head attention', port, [query, key, value][unknown] ?? query, 'features'),
    ];
    return { outputs: specs, problems };
  }
  const [q = 1, k = 1, v = 1] = widths.map(Number);
  const [t, s] = [asks, looked].map((dim) => (typeof dim === 'number' ? dim : 1));
  const inner = heads * size;
  return {
    outputs: specs,
    variables: [
      ...projection(params, 'query', [q, heads, size], [heads, size]),
      ...projection(params, 'key', [k, heads, size], [heads, size]),
      ...projection(params, 'value', [v, heads, size], [heads, size]),
      ...projection(params, 'output', [heads, size, q], [q]),
    ],
    flops: 2 * inner * ((t ?? 1) * 2 * q + (s ?? 1) * (k + v)) + 4 * (t ?? 1) * (s ?? 1) * inner,
  };
}

export const docs: KindDocs = {
  text: 'Each step asks a question, and every other one answers how well it fits. What fits is mixed into the step. Several heads look for different things at once. Unwired, values and keys are the queries themselves (self-attention).',
  formula: 'headᵢ = softmax(QWᵢ(KUᵢ)ᵀ / √size)·VZᵢ; y = [head₁, head₂, …]·O',
  source: 'Vaswani et al., Attention is all you need, 2017; Keras 3 MultiHeadAttention',
};

export const examples: KindExample[] = [
  {
    title: 'Self-attention',
    params: { heads: 2, size: 3 },
    inputs: { x: [{ shape: ['batch', 4, 5], ...STEPS }] },
  },
  {
    title: 'Causal, with its map',
    params: { heads: 2, size: 2, causal: true, bias: false, scores: true },
    inputs: { x: [{ shape: ['batch', 3, 4], ...STEPS }] },
  },
  {
    title: 'Over another sequence, some of it masked',
    params: { heads: 2, size: 2, dropout: 0.3 },
    inputs: {
      x: [{ shape: ['batch', 3, 4], ...STEPS }],
      value: [{ shape: ['batch', 5, 3], ...STEPS }],
      key: [{ shape: ['batch', 5, 2], ...STEPS }],
      mask: [{ shape: ['batch', 3, 5], dtype: 'int32', meaning: 'mask', classes: 2 }],
    },
  },
];

/** Dropout makes what is left larger than one. */
const scoreLimit = (params: PlainParams): number => 1 / (1 - numberOf(params, 'dropout'));

const projection = (params: PlainParams, name: string, kernel: number[], bias: number[]): VariableDecl[] => [
  trainable(`${name}_kernel`, kernel, { law: 'glorot_uniform' }),
  ...(flagOf(params, 'bias') ? [trainable(`${name}_bias`, bias, { law: 'zeros' })] : []),
];

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { params, inputs, variables } = context;
    const [heads, size] = [numberOf(params, 'heads'), numberOf(params, 'size')];
    const { query, key, value } = attendingTensors(tf, inputs);
    const [batch = 1, asks = 1, width = 1] = query.shape;
    const looked = value.shape[1] ?? 1;
    const [q, k, v] = [
      inHeads(tf, context, query, 'query'),
      inHeads(tf, context, key, 'key'),
      inHeads(tf, context, value, 'value'),
    ];
    const scores = lookWhere(tf, context, tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(size)), heads);
    const mixed = tf.reshape(tf.matMul(scores, v), [batch, heads, asks, size]);
    const rows = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [batch * asks, heads * size]);
    const out = tf.matMul(rows, tf.reshape(variableOf(variables, 'output_kernel'), [heads * size, width]));
    const y = tf.reshape(variables.output_bias ? tf.add(out, variables.output_bias) : out, [batch, asks, width]);
    if (!flagOf(params, 'scores')) return { outputs: { y } };
    return { outputs: { y, scores: tf.reshape(scores, [batch, heads, asks, looked]) } };
  },
};

/** `[batch · heads, steps, size]` of one projection. */
function inHeads(tf: Tf, { params, variables }: RunContext, x: Tensor, name: string): Tensor {
  const [heads, size] = [numberOf(params, 'heads'), numberOf(params, 'size')];
  const [batch = 1, steps = 1, width = 1] = x.shape;
  const kernel = tf.reshape(variableOf(variables, `${name}_kernel`), [width, heads * size]);
  const product = tf.matMul(tf.reshape(x, [batch * steps, width]), kernel);
  const bias = variables[`${name}_bias`];
  const projected = bias ? tf.add(product, tf.reshape(bias, [heads * size])) : product;
  const parts = tf.transpose(tf.reshape(projected, [batch, steps, heads, size]), [0, 2, 1, 3]);
  return tf.reshape(parts, [batch * heads, steps, size]);
}

const PARTS = ['query', 'key', 'value', 'output'];

const MULTI_HEAD = `
class MultiHeadAttention(nn.Module):
    """Attention of several heads whose size need not divide the width of its input."""

    def __init__(self, heads, size, query, key, value, bias=True):
        super().__init__()
        self.heads, self.size = heads, size
        self.query = nn.Linear(query, heads * size, bias=bias)
        self.key = nn.Linear(key, heads * size, bias=bias)
        self.value = nn.Linear(value, heads * size, bias=bias)
        self.output = nn.Linear(heads * size, query, bias=bias)

    def forward(self, x, value, key, mask=None, causal=False):
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (self.query(x), self.key(key), self.value(value)))
        scores = look_where(q @ k.transpose(-2, -1) / math.sqrt(self.size), mask, causal)
        return self.output((scores @ v).transpose(1, 2).flatten(-2)), scores
`;

export const emit: Emit = {
  keras(context) {
    const { params } = context;
    const bias = flagOf(params, 'bias');
    const slots = (name: string) => [`${name}_kernel`, ...(bias ? [`${name}_bias`] : [])];
    return [
      {
        className: 'MultiHeadAttention',
        config: {
          num_heads: numberOf(params, 'heads'),
          key_dim: numberOf(params, 'size'),
          use_bias: bias,
          dropout: numberOf(params, 'dropout'),
        },
        weights: PARTS.flatMap(slots),
        weightsAt: PARTS.flatMap((name) => slots(name).map(() => `${name}_dense/vars`)),
        call: multiHeadCall(context),
        ...(flagOf(params, 'scores') && { outputs: ['y', 'scores'] }),
      },
    ];
  },
  torch({ params, inputs }) {
    const [heads, size, bias] = [numberOf(params, 'heads'), numberOf(params, 'size'), flagOf(params, 'bias')];
    const ports = attendedPorts(inputs);
    const [q, k, v] = ['x', ports.key, ports.value].map((port) => Number(inputs[port]?.[0]?.shape?.at(-1)));
    const flat = (name: string, out: boolean) =>
      out
        ? permuted(`${name}_kernel`, [2, 0, 1], ([width = 1, h = 1, s = 1]) => [width, h * s])
        : permuted(`${name}_kernel`, [1, 2, 0], ([h = 1, s = 1, width = 1]) => [h * s, width]);
    return {
      module: `MultiHeadAttention(${heads}, ${size}, ${q}, ${k}, ${v}${bias ? '' : ', bias=False'})`,
      helpers: [TORCH_LOOK, MULTI_HEAD],
      weights: Object.fromEntries(
        PARTS.flatMap((name) => [
          [`${name}.weight`, flat(name, name === 'output')],
          ...(bias
            ? [
                [
                  `${name}.bias`,
                  permuted(`${name}_bias`, name === 'output' ? [0] : [0, 1], (shape) => [
                    shape.reduce((a, b) => a * b, 1),
                  ]),
                ],
              ]
            : []),
        ]),
      ),
      forward(place) {
        const { self, on, keep } = place;
        const call = `${self}(${on('x')}, ${on(ports.value)}, ${on(ports.key)}${torchLookArguments(place, params)})`;
        if (!flagOf(params, 'scores')) return { y: `${call}[0]` };
        const both = keep('attended', call);
        return { y: `${both}[0]`, scores: `${both}[1]` };
      },
    };
  },
  onnx: (context) => ({
    channels: 'last',
    write(place) {
      const { node, constant, weight, on } = place;
      const { params, inputs } = context;
      const [heads, size] = [numberOf(params, 'heads'), numberOf(params, 'size')];
      const ports = attendedPorts(inputs);
      const bias = flagOf(params, 'bias');
      const projected = (port: string, name: string, perm: number[]) => {
        const kernel = permuted(`${name}_kernel`, [0, 1, 2], ([width = 1, h = 1, s = 1]) => [width, h * s]);
        const product = node('MatMul', [on(port), weight(`${name}_kernel`, kernel)]);
        const flat = permuted(`${name}_bias`, [0, 1], ([h = 1, s = 1]) => [h * s]);
        const sum = bias ? node('Add', [product, weight(`${name}_bias`, flat)]) : product;
        return node('Transpose', [node('Reshape', [sum, constant([0, 0, heads, size], 'int64')])], { perm });
      };
      const q = projected('x', 'query', [0, 2, 1, 3]);
      const k = projected(ports.key, 'key', [0, 2, 3, 1]);
      const v = projected(ports.value, 'value', [0, 2, 1, 3]);
      const raw = node('Mul', [node('MatMul', [q, k]), constant(1 / Math.sqrt(size))]);
      const scores = onnxLookWhere(place, context, raw, 4);
      const mixed = node('Transpose', [node('MatMul', [scores, v])], { perm: [0, 2, 1, 3] });
      const rows = node('Reshape', [mixed, constant([0, 0, heads * size], 'int64')]);
      const kernel = permuted('output_kernel', [0, 1, 2], ([h = 1, s = 1, width = 1]) => [h * s, width]);
      const out = node('MatMul', [rows, weight('output_kernel', kernel)]);
      const y = bias ? node('Add', [out, weight('output_bias', asIs('output_bias'))]) : out;
      return flagOf(params, 'scores') ? { y, scores } : { y };
    },
  }),
};
