import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { borderFields, emitCropping, inferBorder, runCropping } from './border-layer';

export const face: Face = {
  id: 'cropping-2d',
  version: 1,
  title: 'Cropping',
  summary: 'Cuts the border off a picture.',
  category: 'convolution',
  makes: 'op',
  role: 'op',
  aliases: ['crop', 'cut', 'trim', 'border'],
  icon: 'crop',
  fields: borderFields(2, 'cut off'),
  inputs: [{ id: 'x', title: 'Input', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Output', type: 'tensor' }],
  second: true,
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d', 'max-pool-2d', 'concat'],
};

export const infer: Infer = (context) => inferBorder('Cropping', 2, -1, context);

export const docs: KindDocs = {
  text: 'Removes pixels on all sides, such as to fit a skip connection to what it joins.',
  source: 'Keras 3 Cropping2D',
};

export const examples: KindExample[] = [
  { title: 'One pixel', inputs: { x: [{ shape: ['batch', 4, 4, 2], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'More at the sides',
    params: { border: [0, 2] },
    inputs: { x: [{ shape: ['batch', 3, 5, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
];

export const run: KindRun = { as: 'op', run: runCropping };

export const emit = emitCropping(2);
