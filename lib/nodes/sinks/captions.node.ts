import { classNamesOf } from '../common/class-names';
import { specOn } from '../common/inference';
import { packPixels } from '../common/pixels';
import { countField, emitEveryField, pictureProblems } from '../common/sink-fields';
import { tokenProblems } from '../common/token-problems';
import { namesOf, readTokens } from '../common/vocabulary';
import type { Face, HostTensor, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'captions',
  version: 1,
  title: 'Captions',
  summary: 'Shows pictures with what the network says of them.',
  category: 'sinks',
  makes: 'metric',
  role: 'sink',
  aliases: ['image captioning', 'describe', 'image to text', 'sentences', 'subtitles'],
  icon: 'badge-cc',
  fields: {
    count: countField(8, 'How many are shown; always the same ones, so that progress can be seen.'),
    every: emitEveryField(100),
  },
  inputs: [
    { id: 'image', title: 'Pictures', type: 'tensor' },
    { id: 'tokens', title: 'Said', type: 'tensor' },
    { id: 'target', title: 'True captions', type: 'tensor', optional: true },
    { id: 'vocabulary', title: 'Vocabulary', type: 'tensor', optional: true },
  ],
  outputs: [],
  body: { draw: 'thumbnails' },
  oftenNext: [],
};

export function infer({ inputs }: InferContext): Inference {
  const problems: Problem[] = [
    ...pictureProblems('Captions', 'image', specOn(inputs, 'image')),
    ...tokenProblems('Captions', 'tokens', specOn(inputs, 'tokens')),
    ...tokenProblems('Captions', 'target', specOn(inputs, 'target')),
  ];
  return { outputs: {}, problems };
}

export const docs: KindDocs = {
  text: 'Turns generated tokens into words and puts them beside the pictures that they describe; where the true captions are wired too, a wrong one shows what is right. The vocabulary of Vectorise says what tokens mean; without it they are named as the data set names its classes.',
};

export const examples: KindExample[] = [
  {
    title: 'Said and true',
    inputs: {
      image: [{ shape: ['batch', 8, 8, 3], dtype: 'float32', meaning: 'image', range: [0, 1] }],
      tokens: [{ shape: ['batch', 4], dtype: 'int32', meaning: 'tokens', classes: 5 }],
      target: [{ shape: ['batch', 4], dtype: 'int32', meaning: 'tokens', classes: 5 }],
      vocabulary: [{ shape: [5, 24], dtype: 'int32', meaning: 'text' }],
    },
  },
];

export const run: KindRun = {
  as: 'sink',
  sink: {
    pack(values, _, specs, card) {
      const pictures = values.image?.[0];
      const [count = 0, height = 0, width = 0, channels = 1] = pictures?.shape ?? [];
      const table = values.vocabulary?.[0];
      const spec = specs.target?.[0] ?? specs.tokens?.[0];
      const names = table ? namesOf(table) : classNamesOf(spec?.classes ?? 0, spec, card);
      const space = table?.shape[1] === 1 ? '' : ' ';
      const texts = (tokens: HostTensor): string[] =>
        Array.from({ length: count }, (_, row) => {
          const length = tokens.shape[1] ?? 0;
          return readTokens(tokens.data.subarray(row * length, (row + 1) * length), names, space);
        });
      const [tokens, target] = [values.tokens?.[0], values.target?.[0]];
      return {
        sample: 'captions',
        shape: [count, height, width, channels],
        pixels: pictures === undefined ? '' : packPixels(pictures, specs.image?.[0]?.range),
        texts: tokens ? texts(tokens) : [],
        ...(target && { truth: texts(target) }),
      };
    },
  },
};
