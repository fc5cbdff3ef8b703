import { boxCount, boxProblems, timesBatch } from '../common/box-ports';
import { specOn, unknownOutput } from '../common/inference';
import { floatOn } from '../common/operands';
import { numberOf, pairOf } from '../common/params';
import { pictureOn } from '../common/picture-on';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Tensor, Tf } from '../kind';

export const face: Face = {
  id: 'roi-align',
  version: 1,
  title: 'ROI align',
  summary: 'Reads feature maps inside boxes, so that learning can pass.',
  category: 'detection',
  makes: 'op',
  role: 'op',
  grad: ['x'],
  aliases: ['region of interest', 'roi pooling', 'faster r-cnn', 'mask r-cnn', 'crop'],
  icon: 'frame',
  fields: {
    size: {
      type: 'size',
      title: 'Size',
      axes: 2,
      default: [7, 7],
      min: 1,
      max: 256,
      essential: true,
      help: 'Into how many cells, down and across, each box is divided.',
    },
    samples: {
      type: 'number',
      title: 'Samples',
      default: 2,
      min: 1,
      max: 8,
      integer: true,
      help: 'At how many places along each axis a cell is read.',
    },
  },
  inputs: [
    { id: 'x', title: 'Feature maps', type: 'tensor' },
    { id: 'boxes', title: 'Boxes', type: 'tensor' },
  ],
  outputs: [{ id: 'y', title: 'Cells', type: 'tensor' }],
  oftenNext: ['flatten', 'conv-2d', 'instance'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const [x, boxes] = [specOn(inputs, 'x'), specOn(inputs, 'boxes')];
  const picture = pictureOn('ROI align', 'x', x);
  const problems = boxProblems('ROI align', 'boxes', boxes);
  if (picture === null) return unknownOutput(...problems);
  if ('problems' in picture) return unknownOutput(...picture.problems, ...problems);
  const [height, width] = pairOf(params, 'size');
  const shape = [timesBatch(picture.batch, boxCount(boxes)), height, width, picture.channels];
  return { outputs: { y: { shape, dtype: 'float32', meaning: 'features' } }, problems };
}

export const docs: KindDocs = {
  text: 'Divides each box into cells and averages the feature map at a few places in each, between pixels too. One network looks at the whole picture, and all boxes share what it saw. Gradients reach the maps, not the boxes.',
  formula: 'y = W_down · x · W_acrossᵀ, W: bilinear weights of each cell',
  source: 'He et al., Mask R-CNN, 2017',
};

export const examples: KindExample[] = [
  {
    title: 'Two boxes a picture',
    params: { size: [2, 3] },
    inputs: {
      x: [{ shape: ['batch', 5, 6, 2], dtype: 'float32', meaning: 'features' }],
      boxes: [{ shape: ['batch', 2, 4], dtype: 'float32', meaning: 'boxes', range: [0, 1] }],
    },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = floatOn(tf, inputs, 'x');
    const boxes = floatOn(tf, inputs, 'boxes');
    const [batch = 0, count = 0] = boxes.shape;
    const [, height = 0, width = 0, channels = 0] = x.shape;
    const [rows, columns] = pairOf(params, 'size');
    const samples = numberOf(params, 'samples');
    const edge = (at: number): Tensor => tf.reshape(tf.slice(boxes, [0, 0, at], [batch, count, 1]), [batch * count, 1]);
    const down = axisWeights(tf, edge(0), edge(2), { cells: rows, length: height, samples });
    const across = axisWeights(tf, edge(1), edge(3), { cells: columns, length: width, samples });
    // Bilinear weights are a product of both axes, so that two products of matrices read all cells.
    const strips = tf.matMul(
      tf.reshape(down, [batch, count * rows, height]),
      tf.reshape(x, [batch, height, width * channels]),
    );
    const turned = tf.transpose(tf.reshape(strips, [batch * count, rows, width, channels]), [0, 2, 1, 3]);
    const cells = tf.matMul(across, tf.reshape(turned, [batch * count, width, rows * channels]));
    const y = tf.transpose(tf.reshape(cells, [batch * count, columns, rows, channels]), [0, 2, 1, 3]);
    return { outputs: { y } };
  },
};

/** How much each pixel along an axis counts in each cell: `[boxes, cells, length]`. Pixel i has its centre at i + ½. */
function axisWeights(
  tf: Tf,
  low: Tensor,
  high: Tensor,
  { cells, length, samples }: { cells: number; length: number; samples: number },
): Tensor {
  const places = Float32Array.from({ length: cells * samples }, (_, at) => (at + 0.5) / (cells * samples));
  const along = tf.add(low, tf.mul(tf.sub(high, low), tf.tensor(places, [1, cells * samples])));
  const pixel = tf.clipByValue(tf.sub(tf.mul(along, length), 0.5), 0, length - 1);
  const distance = tf.abs(tf.sub(tf.expandDims(pixel, 2), tf.range(0, length, 1, 'float32')));
  const tent = tf.relu(tf.sub(1, distance));
  return tf.mean(tf.reshape(tent, [low.shape[0] ?? 0, cells, samples, length]), 2);
}

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that reads feature maps by boxes' }),
  torch: () => ({ unsupported: 'plain PyTorch has no layer that reads feature maps by boxes' }),
  onnx: () => ({ unsupported: "its samples stand elsewhere than those of ONNX' own RoiAlign" }),
};
