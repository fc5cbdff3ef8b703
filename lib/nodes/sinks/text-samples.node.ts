import { classNamesOf } from '../common/class-names';
import { specOn } from '../common/inference';
import { textOf } from '../common/params';
import { emitEveryField } from '../common/sink-fields';
import { tokenProblems } from '../common/token-problems';
import { namesOf } from '../common/vocabulary';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'text-samples',
  version: 1,
  title: 'Text samples',
  summary: 'Shows sequences of tokens as text.',
  category: 'sinks',
  makes: 'metric',
  role: 'sink',
  aliases: ['generated text', 'words', 'characters', 'sentences', 'captions', 'read'],
  icon: 'blockquote',
  fields: {
    count: {
      type: 'number',
      title: 'Texts',
      default: 4,
      min: 1,
      max: 256,
      integer: true,
      essential: true,
      help: 'How many are shown.',
    },
    every: emitEveryField(100),
    between: {
      type: 'choice',
      title: 'Tokens are',
      default: 'characters',
      choices: [
        { value: 'characters', title: 'Characters' },
        { value: 'words', title: 'Words', help: 'A space stands between them.' },
      ],
    },
  },
  inputs: [
    { id: 'tokens', title: 'Tokens', type: 'tensor' },
    { id: 'mask', title: 'Mask', type: 'tensor', optional: true },
    { id: 'names', title: 'Named as', type: 'tensor', optional: true },
    { id: 'vocabulary', title: 'Vocabulary', type: 'tensor', optional: true },
  ],
  outputs: [],
  body: { draw: 'text', text: '…' },
  oftenNext: [],
};

export const infer: Infer = ({ inputs }) => ({
  outputs: {},
  problems: tokenProblems('Text samples', 'tokens', specOn(inputs, 'tokens')),
});

export const docs: KindDocs = {
  text: 'Turns tokens back into the characters or words that they stand for, as the data set names them. Wire the data set’s tokens to “Named as” where the shown ones come out of nothing, so that it is known what they mean; or the vocabulary of Vectorise.',
};

export const examples: KindExample[] = [
  {
    title: 'Four words',
    inputs: {
      tokens: [{ shape: ['batch', 4], dtype: 'int32', meaning: 'tokens', classes: 9 }],
      mask: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'sample-weight', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'sink',
  sink: {
    pack(values, params, specs, card) {
      const tokens = values.tokens?.[0];
      const mask = values.mask?.[0]?.data;
      const [rows = 0, length = 0] = tokens?.shape ?? [];
      const spec = specs.names?.[0] ?? specs.tokens?.[0];
      const table = values.vocabulary?.[0];
      const names = table ? namesOf(table) : classNamesOf(specs.tokens?.[0]?.classes ?? spec?.classes ?? 0, spec, card);
      const space = textOf(params, 'between') === 'words' ? ' ' : '';
      const lines = Array.from({ length: rows }, (_, row) => {
        const places = Array.from({ length }, (_, step) => row * length + step);
        const shown = places.filter((place) => mask === undefined || (mask[place] ?? 0) > 0);
        return shown.map((place) => names[tokens?.data[place] ?? -1] ?? '?').join(space);
      });
      return { sample: 'text', lines };
    },
  },
};
