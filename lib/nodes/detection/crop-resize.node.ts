import { boxCount, boxProblems, timesBatch } from '../common/box-ports';
import { specOn, unknownOutput } from '../common/inference';
import { floatOn } from '../common/operands';
import { pairOf } from '../common/params';
import { pictureOn } from '../common/picture-on';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Tensor4D } from '../kind';

export const face: Face = {
  id: 'crop-resize',
  version: 1,
  title: 'Crop and resize',
  summary: 'Cuts boxes out of pictures and brings them to one size.',
  category: 'detection',
  makes: 'op',
  role: 'op',
  grad: [],
  aliases: ['roi', 'region of interest', 'warp', 'r-cnn', 'crop', 'patches'],
  icon: 'crop',
  fields: {
    size: {
      type: 'size',
      title: 'Size',
      axes: 2,
      default: [32, 32],
      min: 1,
      max: 4096,
      essential: true,
      help: 'Height and width of what comes out, in pixels.',
    },
  },
  inputs: [
    { id: 'x', title: 'Pictures', type: 'tensor' },
    { id: 'boxes', title: 'Boxes', type: 'tensor' },
  ],
  outputs: [{ id: 'y', title: 'Crops', type: 'tensor' }],
  oftenNext: ['conv-2d', 'instance'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const [x, boxes] = [specOn(inputs, 'x'), specOn(inputs, 'boxes')];
  const picture = pictureOn('Crop and resize', 'x', x);
  const problems = boxProblems('Crop and resize', 'boxes', boxes);
  if (picture === null || x === undefined) return unknownOutput(...problems);
  if ('problems' in picture) return unknownOutput(...picture.problems, ...problems);
  const [height, width] = pairOf(params, 'size');
  const shape = [timesBatch(picture.batch, boxCount(boxes)), height, width, picture.channels];
  return { outputs: { y: { ...x, shape, dtype: 'float32' } }, problems };
}

export const docs: KindDocs = {
  text: 'Warps the part of the picture inside each box to a fixed size, so that an ordinary network can look at it. Each box becomes a picture of its own: 16 boxes make the batch 16 times as large. Nothing is learned through it; ROI align lets gradients through.',
  source: 'Girshick et al., Rich feature hierarchies (R-CNN), 2014; TensorFlow CropAndResize',
};

export const examples: KindExample[] = [
  {
    title: 'Three boxes a picture',
    params: { size: [4, 4] },
    inputs: {
      x: [{ shape: ['batch', 8, 8, 2], dtype: 'float32', meaning: 'image', range: [0, 1] }],
      boxes: [{ shape: ['batch', 3, 4], dtype: 'float32', meaning: 'boxes', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x') as Tensor4D;
    const boxes = floatOn(tf, inputs, 'boxes');
    const [batch = 0, count = 0] = boxes.shape;
    const owners = Int32Array.from({ length: batch * count }, (_, row) => Math.floor(row / count));
    const rows = tf.reshape(boxes, [batch * count, 4]) as ReturnType<typeof tf.tensor2d>;
    const crops = tf.image.cropAndResize(x, rows, tf.tensor1d(owners, 'int32'), pairOf(params, 'size'), 'bilinear');
    return { outputs: { y: crops } };
  },
};

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that crops by boxes' }),
  torch: () => ({ unsupported: 'plain PyTorch has no layer that crops by boxes' }),
  onnx: () => ({ unsupported: 'its crops are not written for ONNX yet' }),
};
