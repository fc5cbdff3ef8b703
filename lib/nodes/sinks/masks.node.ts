import { fitsDim, formatShape, type Spec } from '@/lib/tensor/spec';
import { classNamesOf } from '../common/class-names';
import { specOn } from '../common/inference';
import { textOf } from '../common/params';
import { base64, packPixels } from '../common/pixels';
import { scoresField } from '../common/scores';
import { countField, emitEveryField, pictureProblems } from '../common/sink-fields';
import type { Face, HostTensor, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';
import { hostClasses } from './host-labels';

export const face: Face = {
  id: 'masks',
  version: 1,
  title: 'Masks',
  summary: 'Paints the class of each pixel over the pictures.',
  category: 'sinks',
  makes: 'metric',
  role: 'sink',
  aliases: ['segmentation', 'overlay', 'mask overlay', 'semantic segmentation'],
  icon: 'brush',
  fields: {
    count: countField(8, 'How many are shown; always the same ones, so that progress can be seen.'),
    every: emitEveryField(50),
    from: {
      ...scoresField(),
      help: 'Only matters for a single score: a logit counts as yes above 0, a probability above 0.5.',
    },
  },
  inputs: [
    { id: 'image', title: 'Pictures', type: 'tensor' },
    { id: 'scores', title: 'Scores', type: 'tensor' },
    { id: 'mask', title: 'True masks', type: 'tensor', optional: true },
  ],
  outputs: [],
  body: { draw: 'thumbnails' },
  oftenNext: [],
};

export function infer({ inputs }: InferContext): Inference {
  const image = specOn(inputs, 'image');
  const problems = [
    ...pictureProblems('Masks', 'image', image),
    ...pixelProblem('scores', specOn(inputs, 'scores'), image, 4),
    ...pixelProblem('mask', specOn(inputs, 'mask'), image, 3),
  ];
  return { outputs: {}, problems };
}

export const docs: KindDocs = {
  text: 'Shows pictures with the class that the network gives each pixel laid over them in colour. Class 0 stays clear. With true masks, each picture says how many pixels are right.',
};

export const examples: KindExample[] = [
  {
    title: 'Three classes and the truth',
    inputs: {
      image: [{ shape: ['batch', 8, 8, 3], dtype: 'float32', meaning: 'image', range: [0, 1] }],
      scores: [{ shape: ['batch', 8, 8, 3], dtype: 'float32', meaning: 'features' }],
      mask: [{ shape: ['batch', 8, 8], dtype: 'int32', meaning: 'mask', classes: 3 }],
    },
  },
  {
    title: 'One score a pixel',
    params: { from: 'probabilities' },
    inputs: {
      image: [{ shape: ['batch', 8, 8, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }],
      scores: [{ shape: ['batch', 8, 8, 1], dtype: 'float32', meaning: 'probabilities', range: [0, 1] }],
    },
  },
];

/** There must be a score, or a class, for each pixel of the picture. */
function pixelProblem(port: string, spec: Spec | undefined, image: Spec | undefined, rank: number): Problem[] {
  if (!spec?.shape || image?.shape?.length !== 4) return [];
  const [, height = null, width = null] = image.shape;
  const [, rows = null, columns = null] = spec.shape;
  const ranks = rank === 3 ? [3, 4] : [rank];
  if (ranks.includes(spec.shape.length) && fitsDim(rows, height) && fitsDim(columns, width)) return [];
  const wanted = formatShape(['batch', height, width]);
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port,
      message: `Every pixel needs ${port === 'mask' ? 'a class' : 'its scores'}: ${wanted}${port === 'mask' ? '' : '×classes'}, not ${formatShape(spec.shape)}.`,
      expected: port === 'mask' ? wanted : `${wanted}×classes`,
      received: formatShape(spec.shape),
    },
  ];
}

export const run: KindRun = {
  as: 'sink',
  sink: {
    pack(values, params, specs, card) {
      const pictures = values.image?.[0];
      const [count = 0, height = 0, width = 0, channels = 1] = pictures?.shape ?? [];
      const pixels = count * height * width;
      const threshold = textOf(params, 'from') === 'logits' ? 0 : 0.5;
      const pack = (classes: HostTensor | undefined): string | undefined => {
        const numbers = hostClasses(classes, pixels, threshold);
        return numbers && base64(Uint8Array.from(numbers));
      };
      const truth = pack(values.mask?.[0]);
      const mask = specs.mask?.[0];
      const units = mask?.classes ?? Math.max(2, values.scores?.[0]?.shape.at(-1) ?? 2);
      return {
        sample: 'masks',
        shape: [count, height, width, channels],
        pixels: pictures === undefined ? '' : packPixels(pictures, specs.image?.[0]?.range),
        classes: classNamesOf(units, mask, card),
        masks: pack(values.scores?.[0]) ?? '',
        ...(truth !== undefined && { truth }),
      };
    },
  },
};
