import { classNamesOf } from '../common/class-names';
import { specOn } from '../common/inference';
import { textOf } from '../common/params';
import { packPixels } from '../common/pixels';
import { scoresField } from '../common/scores';
import { countField, emitEveryField, pictureProblems } from '../common/sink-fields';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { hostClasses } from './host-labels';

export const face: Face = {
  id: 'sample-grid',
  version: 1,
  title: 'Sample grid',
  summary: 'Shows pictures while training, with what the network says.',
  category: 'sinks',
  makes: 'metric',
  role: 'sink',
  aliases: ['image grid', 'wall', 'samples', 'pictures', 'preview', 'predictions'],
  icon: 'layout-grid',
  fields: {
    count: countField(16, 'How many are shown; always the same ones, so that progress can be seen.'),
    every: emitEveryField(50),
    from: {
      ...scoresField(),
      help: 'Only matters for a single score: a logit counts as yes above 0, a probability above 0.5.',
    },
  },
  inputs: [
    { id: 'image', title: 'Pictures', type: 'tensor' },
    { id: 'label', title: 'True labels', type: 'tensor', optional: true },
    { id: 'scores', title: 'Scores', type: 'tensor', optional: true },
  ],
  outputs: [],
  body: { draw: 'thumbnails' },
  oftenNext: [],
};

export const infer: Infer = ({ inputs }) => ({
  outputs: {},
  problems: pictureProblems('Sample grid', 'image', specOn(inputs, 'image')),
});

export const docs: KindDocs = {
  text: 'A wall of pictures that is drawn again and again while the network learns. With labels and scores, each has a caption with the predicted class, green where it is right.',
};

export const examples: KindExample[] = [
  {
    title: 'Digits with predictions',
    inputs: {
      image: [{ shape: ['batch', 8, 8, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }],
      label: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 10 }],
      scores: [{ shape: ['batch', 10], dtype: 'float32', meaning: 'features' }],
    },
  },
];

export const run: KindRun = {
  as: 'sink',
  sink: {
    pack(values, params, specs, card) {
      const pictures = values.image?.[0];
      const [count = 0, height = 0, width = 0, channels = 1] = pictures?.shape ?? [];
      const truth = hostClasses(values.label?.[0], count, 0.5);
      const scores = values.scores?.[0];
      const predicted = hostClasses(scores, count, textOf(params, 'from') === 'logits' ? 0 : 0.5);
      const shown = predicted ?? truth;
      const units = scores === undefined ? specs.label?.[0]?.classes : (scores.shape.at(-1) ?? 1);
      const names = classNamesOf(Math.max(2, units ?? 2), specs.label?.[0], card);
      const name = (index: number | undefined): string => names[index ?? -1] ?? String(index);
      return {
        sample: 'images',
        shape: [count, height, width, channels],
        pixels: pictures === undefined ? '' : packPixels(pictures, specs.image?.[0]?.range),
        ...(shown && {
          captions: shown.map((index, example) =>
            truth && truth[example] !== index ? `${name(index)}, is ${name(truth[example])}` : name(index),
          ),
        }),
        ...(predicted && truth && { right: predicted.map((index, example) => index === truth[example]) }),
      };
    },
  },
};
