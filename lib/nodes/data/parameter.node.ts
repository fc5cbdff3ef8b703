import { initializerField } from '../common/initializer-field';
import { asIs } from '../common/make-weight';
import { trainable, variableOf } from '../common/operands';
import { numberOf, numbersOf, textOf } from '../common/params';
import type {
  Emit,
  Face,
  InferContext,
  Inference,
  InitDecl,
  KindDocs,
  KindExample,
  KindRun,
  PlainParams,
} from '../kind';

export const face: Face = {
  id: 'parameter',
  version: 1,
  title: 'Parameter',
  summary: 'Numbers that are learned, from no input.',
  category: 'data',
  makes: 'layer',
  role: 'op',
  learns: true,
  aliases: ['variable', 'weight', 'trainable', 'learned constant', 'scalar'],
  icon: 'variable',
  fields: {
    shape: { type: 'shape', title: 'Shape', default: [], essential: true, help: 'Empty: a single number.' },
    start: {
      type: 'choice',
      title: 'Starts',
      default: 'value',
      choices: [
        { value: 'value', title: 'At a value' },
        { value: 'random', title: 'At random' },
      ],
    },
    value: {
      type: 'number',
      title: 'First value',
      default: 0,
      essential: true,
      when: { field: 'start', is: ['value'] },
    },
    init: { ...initializerField('Drawn by', 'normal'), when: { field: 'start', is: ['random'] } },
  },
  inputs: [],
  outputs: [{ id: 'y', title: 'Value', type: 'tensor' }],
  second: true,
  oftenNext: ['add', 'multiply', 'as-loss'],
};

export function infer({ params }: InferContext): Inference {
  const shape = numbersOf(params, 'shape');
  if (shape.includes(-1)) {
    return {
      outputs: { y: { shape: null, dtype: 'float32', meaning: 'any' } },
      problems: [
        {
          code: 'param-range',
          severity: 'error',
          param: 'shape',
          message: 'A parameter comes from no input, so no size can follow from the rest: -1 is not possible here.',
          remedies: [{ title: 'Use 1 instead', set: { shape: shape.map((size) => Math.max(1, size)) } }],
        },
      ],
    };
  }
  return {
    outputs: { y: { shape, dtype: 'float32', meaning: 'any' } },
    variables: [trainable('value', shape, initOf(params))],
  };
}

export const docs: KindDocs = {
  text: 'A tensor of its own that training changes like any weight: a learned temperature, the uncertainty of a loss, a picture that is optimised itself.',
  formula: 'y = θ',
};

export const examples: KindExample[] = [
  { title: 'A number', params: { value: 2 }, inputs: {} },
  { title: 'A drawn table', params: { shape: [3, 4], start: 'random', init: 'glorot_normal' }, inputs: {} },
];

function initOf(params: PlainParams): InitDecl {
  return textOf(params, 'start') === 'random'
    ? { law: textOf(params, 'init') }
    : { law: 'constant', params: { value: numberOf(params, 'value') } };
}

export const run: KindRun = {
  as: 'op',
  run: (tf, { variables }) => ({ outputs: { y: tf.clone(variableOf(variables, 'value')) } }),
};

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer without an input' }),
  torch: ({ params }) => ({
    module: `nn.Parameter(torch.zeros(${JSON.stringify(numbersOf(params, 'shape'))}))`,
    weights: { '': asIs('value') },
    forward: ({ self }) => ({ y: self }),
  }),
  onnx: () => ({ write: ({ weight }) => ({ y: weight('value', asIs('value')) }) }),
};
