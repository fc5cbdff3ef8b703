import { isRecord, type Json } from '@/lib/base/json';
import type { DatasetCard } from '@/lib/datasets/card';
import { heldShare, holdOut } from '@/lib/datasets/hold-out';
import { fitsDim, formatShape, type Spec } from '@/lib/tensor/spec';
import { unknownSpec } from '../common/inference';
import { textOf } from '../common/params';
import type { Face, InferContext, Inference, KindDocs, KindExample, Problem } from '../kind';

const INDEX: Spec = { shape: ['batch'], dtype: 'int32', meaning: 'index' };

export const face: Face = {
  id: 'dataset',
  version: 1,
  title: 'Data set',
  summary: 'Gives examples in batches.',
  category: 'data',
  makes: 'data',
  role: 'dataset',
  aliases: ['data', 'input', 'mnist', 'images', 'csv', 'table', 'source', 'examples'],
  icon: 'database',
  fields: {
    dataset: {
      type: 'dataset',
      title: 'Data set',
      default: 'mnist',
      essential: true,
      help: 'Where the examples come from: a built-in set or one of your own.',
    },
    order: {
      type: 'choice',
      title: 'Order',
      default: 'shuffled',
      help: 'In which order training meets the examples. Validation and test always take them as they are stored.',
      choices: [
        { value: 'shuffled', title: 'Shuffled', help: 'Anew in every epoch.' },
        { value: 'stored', title: 'As stored', help: 'The first ones make the first batch.' },
        {
          value: 'rows',
          title: 'Each row goes on',
          help: 'The set is cut into as many parts as a batch has rows, and each row reads on in its own part: for recurrent layers that go on where they stopped, over pieces of long sequences. Drop what is left over in Training.',
        },
      ],
    },
    holdOut: {
      type: 'number',
      title: 'Hold out',
      default: 0,
      min: 0,
      max: 0.9,
      soft: [0, 0.5],
      step: 0.05,
      help: 'This part of the training examples, the last ones, becomes validation data, besides what the set keeps aside for it.',
    },
    options: {
      type: 'json',
      title: 'Options',
      default: {},
      help: 'What this data set lets you change, such as the noise of drawn points.',
    },
  },
  inputs: [{ id: 'sampling', title: 'Sampling weights', type: 'tensor', optional: true }],
  outputs(params, env) {
    const card = env.dataset(textOf(params, 'dataset'));
    return [
      ...Object.entries(card?.fields ?? {}).map(([id, { title }]) => ({ id, title, type: 'tensor' as const })),
      { id: 'index', title: 'Index', type: 'tensor' },
    ];
  },
  body: { draw: 'thumbnails' },
  oftenNext: ['conv-2d', 'flatten', 'dense', 'embedding', 'rescaling'],
};

export function infer({ params, inputs, env }: InferContext): Inference {
  const id = textOf(params, 'dataset');
  const card = env.dataset(id);
  if (card === undefined) return { outputs: { index: INDEX }, problems: [unknownDataset(id)] };
  const fields = Object.entries(card.fields).map(([field, { spec }]): [string, Spec] => [field, spec ?? unknownSpec()]);
  const problems = [
    ...missing(card),
    ...optionProblems(card, params.options ?? {}),
    ...samplingProblems(inputs.sampling?.[0]),
  ];
  const rows = Math.max(1, ...Object.values(holdOut(card, heldShare(params)).counts));
  return { outputs: { ...Object.fromEntries(fields), index: { ...INDEX, range: [0, rows - 1] } }, problems };
}

export const docs: KindDocs = {
  text: 'Each iteration takes the next batch of examples. All outputs belong to the same examples: the third picture goes with the third label. The examples are shuffled anew in every epoch, unless their order matters; some are kept aside for validation and for the final test. Where a set keeps none for validation, hold some of its training examples out. With sampling weights, training draws its examples by them instead, some often and some never; validation and test still see each example once.',
};

export const examples: KindExample[] = [{ title: 'Handwritten digits', inputs: {} }];

/** One weight for each example of the training split. */
function samplingProblems(spec: Spec | undefined): Problem[] {
  if (!spec?.shape || (spec.shape.length === 1 && fitsDim(spec.shape[0] ?? null, 'examples'))) return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: 'sampling',
      message: `Sampling weights must be one number for each example of the whole data set, not ${formatShape(spec.shape)}.`,
      expected: 'examples',
      received: formatShape(spec.shape),
    },
  ];
}

/** Options that the data set does not have, or that lie outside of what it takes. */
function optionProblems(card: DatasetCard, options: Json): Problem[] {
  const known = card.options ?? {};
  if (!isRecord(options)) return [badOption('Options are named numbers.', {}, JSON.stringify(options))];
  return Object.entries(options).flatMap(([key, value]) => {
    const { [key]: _, ...others } = options;
    const option = known[key];
    if (option === undefined) return [badOption(`${card.title} has no option “${key}”.`, others as Json, key)];
    if (typeof value === 'number' && value >= option.min && value <= option.max) return [];
    const set = { ...others, [key]: option.default } as Json;
    const message = `${option.title} must be a number from ${option.min} to ${option.max}, not ${JSON.stringify(value)}.`;
    return [badOption(message, set, JSON.stringify(value))];
  });
}

const badOption = (message: string, options: Json, received: string): Problem => ({
  code: 'param-range',
  severity: 'error',
  param: 'options',
  message,
  received,
  remedies: [{ title: 'Use what is possible', set: { options } }],
});

const unknownDataset = (id: string): Problem => ({
  code: 'dataset-missing',
  severity: 'error',
  param: 'dataset',
  message: `There is no data set “${id}” here. Choose another one, or upload it again if it was yours.`,
  expected: 'a data set of this workspace',
  received: id,
});

const missing = (card: DatasetCard): Problem[] =>
  card.missing === undefined
    ? []
    : [
        {
          code: 'dataset-missing',
          severity: 'error',
          param: 'dataset',
          message: `The files of ${card.title} are not on this machine. ${card.missing}`,
        },
      ];
