import { boxProblems } from '../common/box-ports';
import { DETECTION, placedBoxes } from '../common/boxes';
import { classNamesOf } from '../common/class-names';
import { specOn } from '../common/inference';
import { numberOf } from '../common/params';
import { packPixels } from '../common/pixels';
import { countField, emitEveryField, pictureProblems } from '../common/sink-fields';
import type { Face, HostTensor, InferContext, Inference, KindDocs, KindExample, KindRun, PlacedBox } from '../kind';

export const face: Face = {
  id: 'boxes',
  version: 1,
  title: 'Boxes',
  summary: 'Draws what was found over the pictures.',
  category: 'sinks',
  makes: 'metric',
  role: 'sink',
  aliases: ['bounding boxes', 'detections', 'object detection', 'overlay'],
  icon: 'box-model-2',
  fields: {
    count: countField(8, 'How many are shown; always the same ones, so that progress can be seen.'),
    every: emitEveryField(50),
    least: {
      type: 'number',
      title: 'Least score',
      default: 0.5,
      min: 0,
      max: 1,
      step: 0.05,
      help: 'Detections that are less sure are left out.',
    },
  },
  inputs: [
    { id: 'image', title: 'Pictures', type: 'tensor' },
    { id: 'detections', title: 'Detections', type: 'tensor' },
    { id: 'boxes', title: 'True boxes', type: 'tensor', optional: true },
    { id: 'classes', title: 'True classes', type: 'tensor', optional: true },
  ],
  outputs: [],
  body: { draw: 'thumbnails' },
  oftenNext: [],
};

export function infer({ inputs }: InferContext): Inference {
  const problems = [
    ...pictureProblems('Boxes', 'image', specOn(inputs, 'image')),
    ...boxProblems('Boxes', 'detections', specOn(inputs, 'detections'), DETECTION),
    ...boxProblems('Boxes', 'boxes', specOn(inputs, 'boxes')),
  ];
  return { outputs: {}, problems };
}

export const docs: KindDocs = {
  text: 'Shows pictures with the boxes that a detector found, named and with their scores, and with the true ones as dashed lines.',
};

export const examples: KindExample[] = [
  {
    title: 'Detections and truth',
    inputs: {
      image: [{ shape: ['batch', 8, 8, 3], dtype: 'float32', meaning: 'image', range: [0, 1] }],
      detections: [{ shape: ['batch', 5, 6], dtype: 'float32', meaning: 'boxes', range: [0, 1] }],
      boxes: [{ shape: ['batch', 2, 4], dtype: 'float32', meaning: 'boxes', range: [0, 1] }],
      classes: [{ shape: ['batch', 2], dtype: 'int32', meaning: 'class', classes: 3 }],
    },
  },
];

export const run: KindRun = {
  as: 'sink',
  sink: {
    pack(values, params, specs, card) {
      const pictures = values.image?.[0];
      const [count = 0, height = 0, width = 0, channels = 1] = pictures?.shape ?? [];
      const least = numberOf(params, 'least');
      const found = (values.detections?.[0] && detections(values.detections[0], least)) ?? [];
      const truth = values.boxes?.[0] && trueBoxes(values.boxes[0], values.classes?.[0]);
      const labels = specs.classes?.[0];
      const most = Math.max(0, ...[...found, ...(truth ?? [])].flat().map((box) => box.class)) + 1;
      return {
        sample: 'boxes',
        shape: [count, height, width, channels],
        pixels: pictures === undefined ? '' : packPixels(pictures, specs.image?.[0]?.range),
        classes: classNamesOf(labels?.classes ?? most, labels, card),
        found,
        ...(truth && { truth }),
      };
    },
  },
};

function detections({ data, shape }: HostTensor, least: number): PlacedBox[][] {
  const [pictures = 0, rows = 0] = shape;
  const number = (row: number, at: number): number => data[row * DETECTION + at] ?? 0;
  return Array.from({ length: pictures }, (_, picture) =>
    placedBoxes(
      data,
      picture * rows,
      rows,
      DETECTION,
      (row) => Math.round(number(row, 4)),
      (row) => number(row, 5),
    ).filter(({ score = 0 }) => score >= least),
  );
}

function trueBoxes({ data, shape }: HostTensor, classes: HostTensor | undefined): PlacedBox[][] {
  const [pictures = 0, rows = 0] = shape;
  return Array.from({ length: pictures }, (_, picture) =>
    placedBoxes(data, picture * rows, rows, 4, (row) => classes?.data[row] ?? 0),
  );
}
