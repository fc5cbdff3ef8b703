import type { Dim } from '@/lib/tensor/spec';
import { onnxActivation, torchActivation, torchActivationHelpers } from '../common/activation-emission';
import { activate, activatedSpec, activationField, activationFlops, withActivation } from '../common/activations';
import { einsum, einsumFlops, letterSizes } from '../common/einsum';
import { flopsPerExample, specOn, staticProblem, textProblem, unknownOutput } from '../common/inference';
import { initializerField, withInitializer } from '../common/initializer-field';
import { asIs } from '../common/make-weight';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { floatOn, trainable, variableOf } from '../common/operands';
import { numbersOf, textOf } from '../common/params';
import { X_INPUT } from '../common/unary';
import type {
  Emit,
  EmitContext,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  PlainParams,
  Problem,
} from '../kind';
import { type Projection, readProjection } from './projection';

export const face: Face = {
  id: 'einsum-dense',
  version: 1,
  title: 'Einsum dense',
  summary: 'A dense layer along axes that are named by letters.',
  category: 'core',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['einsum dense', 'projection', 'heads', 'tensor layer', 'bilinear', 'linear', 'fc'],
  icon: 'share-3',
  fields: {
    equation: {
      type: 'text',
      title: 'Equation',
      default: '...x,xy->...y',
      essential: true,
      placeholder: 'abc,cd->abd',
      help: 'Letters of the axes of the input, of the weights, and of the output; “...” stands for axes that stay as they are.',
    },
    shape: {
      type: 'shape',
      title: 'Output shape',
      default: [32],
      essential: true,
      help: 'Of one example, without the axes that “...” stands for; one size may be -1 and is that of the input.',
    },
    biasAxes: {
      type: 'text',
      title: 'Bias along',
      default: '',
      pattern: '[A-Za-z]*',
      placeholder: 'y',
      help: 'Letters of the output along which the bias differs; none for no bias.',
    },
    activation: activationField(),
    kernelInit: initializerField(),
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['activation', 'layer-norm', 'einsum', 'dropout'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Einsum dense', 'x'));
  if (!x?.shape) return unknownOutput();
  const projection = projectionOf(params, x.shape);
  if (typeof projection === 'string') return unknownOutput(wrong(projection));
  const activation = textOf(params, 'activation');
  const { kernel, bias, output, equation } = projection;
  const y = activatedSpec({ shape: output, dtype: 'float32', meaning: 'features' }, activation);
  if (!isFixed(kernel) || !isFixed(bias ?? []))
    return { outputs: { y }, problems: [staticProblem('Einsum dense', 'x', x, 'weighted axes')] };
  const sizes = letterSizes(equation, [x.shape, kernel]);
  const products = typeof sizes === 'string' ? 0 : einsumFlops(sizes);
  return {
    outputs: { y },
    variables: [
      trainable('kernel', kernel, { law: textOf(params, 'kernelInit') }),
      ...(bias === null ? [] : [trainable('bias', bias as number[], { law: 'zeros' })]),
    ],
    flops: products + flopsPerExample(output, activationFlops(activation)),
  };
}

export const docs: KindDocs = {
  text: 'Dense knows one axis of inputs and one of outputs. Here the weights may have more: a step goes to several heads at once, or heads are joined again.',
  formula: 'y = g(einsum(equation, x, W) + b)',
  source: 'Keras 3 EinsumDense',
};

export const examples: KindExample[] = [
  {
    title: 'As Dense does it',
    params: { shape: [3], biasAxes: 'y' },
    inputs: { x: [{ shape: ['batch', 5, 4], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'To several heads',
    params: { equation: 'abc,cde->abde', shape: [-1, 2, 3], biasAxes: 'de', activation: 'tanh' },
    inputs: { x: [{ shape: ['batch', 'time', 4], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Heads joined',
    params: { equation: 'abde,dec->abc', shape: [5, 4], biasAxes: 'b', kernelInit: 'he_normal' },
    inputs: { x: [{ shape: ['batch', 5, 2, 3], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Along the first axis of an example',
    params: { equation: 'ab...,bc->ac...', shape: [2], biasAxes: 'c' },
    inputs: { x: [{ shape: ['batch', 3, 4], dtype: 'float32', meaning: 'features' }] },
  },
];

const projectionOf = (params: PlainParams, shape: readonly Dim[]): Projection | string =>
  readProjection(textOf(params, 'equation'), numbersOf(params, 'shape'), textOf(params, 'biasAxes'), shape);

const isFixed = (shape: readonly Dim[]): shape is number[] => shape.every((size) => typeof size === 'number');

const wrong = (message: string): Problem => ({
  code: 'param-range',
  severity: 'error',
  param: 'equation',
  message,
  expected: 'an equation that fits the input, such as ...x,xy->...y',
});

/** What inference has found right. */
function known(params: PlainParams, shape: readonly Dim[]): Projection {
  const projection = projectionOf(params, shape);
  if (typeof projection === 'string') throw new Error(`Invariant: ${projection}`);
  return projection;
}

const knownIn = ({ params, inputs }: EmitContext | InferContext): Projection =>
  known(params, inputs.x?.[0]?.shape ?? []);

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const x = floatOn(tf, inputs, 'x');
    const product = einsum(tf, known(params, x.shape).equation, [x, variableOf(variables, 'kernel')]);
    const y = variables.bias ? tf.add(product, variables.bias) : product;
    return { outputs: { y: activate(tf, y, textOf(params, 'activation')) } };
  },
};

const EINSUM_DENSE = `
class EinsumDense(nn.Module):
    """Weights that meet the input as an equation of axes says."""

    def __init__(self, equation, shape, bias=None):
        super().__init__()
        self.equation = equation
        self.weight = nn.Parameter(torch.zeros(*shape))
        self.bias = None if bias is None else nn.Parameter(torch.zeros(*bias))

    def forward(self, x):
        y = torch.einsum(self.equation, x, self.weight)
        return y if self.bias is None else y + self.bias
`;

const written = (params: PlainParams): string => textOf(params, 'equation').replaceAll(/\s/g, '');

export const emit: Emit = {
  keras({ params }) {
    const axes = textOf(params, 'biasAxes');
    const layer = {
      className: 'EinsumDense',
      config: {
        equation: written(params),
        output_shape: numbersOf(params, 'shape').map((size) => (size === -1 ? null : size)),
        bias_axes: axes === '' ? null : axes,
      },
      weights: axes === '' ? ['kernel'] : ['kernel', 'bias'],
    };
    return withActivation(
      withInitializer(layer, 'kernel_initializer', textOf(params, 'kernelInit')),
      textOf(params, 'activation'),
    );
  },
  torch(context) {
    const { kernel, bias } = knownIn(context);
    const options = [
      `"${written(context.params)}"`,
      `(${kernel.join(', ')},)`,
      ...(bias ? [`bias=(${bias.join(', ')},)`] : []),
    ];
    const activation = textOf(context.params, 'activation');
    return {
      module: `EinsumDense(${options.join(', ')})`,
      ...torchActivationHelpers(activation, [EINSUM_DENSE]),
      weights: { weight: asIs('kernel'), ...(bias && { bias: asIs('bias') }) },
      forward: ({ self, on }) => ({ y: torchActivation(activation, `${self}(${on('x')})`, -1) }),
    };
  },
  onnx(context) {
    const { bias } = knownIn(context);
    return onnxNodes((x, place) => {
      const product = place.node('Einsum', [x, place.weight('weight', asIs('kernel'))], {
        equation: written(context.params),
      });
      const y = bias ? place.node('Add', [product, place.weight('bias', asIs('bias'))]) : product;
      // Not the last axis of the input, but of what came out.
      return onnxActivation({ ...place, axis: () => -1 }, textOf(context.params, 'activation'), y);
    }, {});
  },
};
