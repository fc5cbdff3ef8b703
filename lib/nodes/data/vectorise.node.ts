import { required } from '@/lib/base/invariant';
import { formatShape } from '@/lib/tensor/spec';
import { specOn } from '../common/inference';
import { tensorOn, variableOf } from '../common/operands';
import { flagOf, numberOf, textOf } from '../common/params';
import { countWords, encodeTexts, lettersOf, makeVocabulary, type Unit } from '../common/vocabulary';
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
  Tensor,
} from '../kind';

export const face: Face = {
  id: 'vectorise',
  version: 1,
  title: 'Vectorise',
  summary: 'Turns text into tokens of a vocabulary that it learns first.',
  category: 'data',
  makes: 'data',
  role: 'op',
  host: true,
  learns: true,
  aliases: ['text vectorization', 'tokenizer', 'tokenise', 'vocabulary', 'words', 'string lookup', 'encode text'],
  icon: 'abc',
  fields: {
    size: {
      type: 'number',
      title: 'Vocabulary',
      default: 64,
      min: 4,
      max: 100_000,
      integer: true,
      essential: true,
      help: 'How many tokens there are. What comes too rarely to be among them is the token for the unknown.',
    },
    length: {
      type: 'number',
      title: 'Length',
      default: 16,
      min: 1,
      max: 10_000,
      integer: true,
      essential: true,
      help: 'How many tokens each text has: longer ones are cut off, shorter ones are filled up.',
    },
    unit: {
      type: 'choice',
      title: 'Tokens are',
      default: 'words',
      choices: [
        { value: 'words', title: 'Words', help: 'In small letters, without marks.' },
        { value: 'characters', title: 'Characters', help: 'As they are.' },
      ],
    },
    end: {
      type: 'switch',
      title: 'End token',
      default: true,
      help: 'Token 2 stands behind the last word, so that a network can learn when to stop. Set it as the end where sequences are generated.',
    },
  },
  inputs: [{ id: 'x', title: 'Text', type: 'tensor' }],
  outputs: [
    { id: 'y', title: 'Tokens', type: 'tensor' },
    { id: 'vocabulary', title: 'Vocabulary', type: 'tensor' },
  ],
  grad: [],
  due: 'start',
  oftenNext: ['shift-right', 'embedding', 'not-padding'],
};

export const docs: KindDocs = {
  text: 'Before training starts it reads all texts of the training data and keeps the most frequent words; from then on each text becomes a row of their numbers. Token 0 fills up, 1 stands for a word that is not in the vocabulary, 2 ends a text. The vocabulary itself comes out too, as letters, for sinks that write tokens as words.',
  source: 'Keras 3 TextVectorization',
};

export const examples: KindExample[] = [
  {
    title: 'Captions',
    params: { size: 12, length: 6 },
    inputs: { x: [{ shape: ['batch'], dtype: 'string', meaning: 'text' }] },
  },
  {
    title: 'Characters',
    params: { size: 30, length: 20, unit: 'characters', end: false },
    inputs: { x: [{ shape: ['batch'], dtype: 'string', meaning: 'text' }] },
  },
];

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const [size, length] = [numberOf(params, 'size'), numberOf(params, 'length')];
  const shape = [size, lettersOf(unitOf(params))];
  const isText = !x?.shape || (x.dtype === 'string' && x.shape.length === 1);
  const problem: Problem = {
    code: x?.dtype === 'string' ? 'shape-mismatch' : 'dtype-mismatch',
    severity: 'error',
    port: 'x',
    message: `Vectorise reads one text for each example, but gets ${x?.dtype} ${formatShape(x?.shape ?? null)}. Wire a field of text, such as a caption.`,
    expected: 'batch of string',
    received: `${formatShape(x?.shape ?? null)} of ${x?.dtype}`,
  };
  return {
    outputs: {
      y: {
        shape: [x?.shape?.[0] ?? 'batch', length],
        dtype: 'int32',
        meaning: 'tokens',
        classes: size,
        range: [0, size - 1],
      },
      vocabulary: { shape, dtype: 'int32', meaning: 'text' },
    },
    variables: [{ slot: 'words', shape, dtype: 'int32', role: 'fitted', init: { law: 'zeros' } }],
    problems: isText ? [] : [problem],
  };
}

const unitOf = (params: PlainParams): Unit => textOf(params, 'unit') as Unit;

const textsOf = (x: Tensor): string[] => [...(x.dataSync() as unknown as string[])];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, variables }) {
    const words = variableOf(variables, 'words');
    const texts = textsOf(tensorOn(inputs, 'x'));
    const table = { data: words.dataSync() as Int32Array, shape: words.shape };
    const length = numberOf(params, 'length');
    const tokens = encodeTexts(texts, table, length, flagOf(params, 'end'));
    return { outputs: { y: tf.tensor2d(tokens, [texts.length, length], 'int32'), vocabulary: tf.clone(words) } };
  },
  fit: {
    combine: 'concat',
    measure(tf, { params, inputs }) {
      const { data, shape } = countWords(textsOf(tensorOn(inputs, 'x')), unitOf(params));
      return { counts: tf.tensor2d(data, shape as [number, number]) };
    },
    hold: ({ counts }, params) => ({
      words: makeVocabulary(
        required(counts, 'counts'),
        numberOf(params, 'size'),
        unitOf(params),
        flagOf(params, 'end'),
      ),
    }),
  },
};

const NO_TEXT = { unsupported: 'text goes into it, and exported models take numbers' };

export const emit: Emit = { keras: () => NO_TEXT, torch: () => NO_TEXT, onnx: () => NO_TEXT };
