import type { Box } from '../common/boxes';
import { specOn, unknownSpec } from '../common/inference';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { pictureOn } from '../common/picture-on';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, PlainParams, Tensor } from '../kind';
import { proposeRegions } from './region-proposals';

export const face: Face = {
  id: 'propose-regions',
  version: 1,
  title: 'Propose regions',
  summary: 'Finds boxes that may hold an object, without learning.',
  category: 'detection',
  makes: 'op',
  role: 'op',
  host: true,
  grad: [],
  aliases: ['selective search', 'region proposals', 'r-cnn', 'object detection', 'candidates'],
  icon: 'zoom-scan',
  fields: {
    max: {
      type: 'number',
      title: 'Boxes',
      default: 64,
      min: 1,
      max: 4096,
      integer: true,
      essential: true,
      help: 'How many each picture gets; where there are fewer, the last rows are zero.',
    },
    scale: {
      type: 'number',
      title: 'Scale',
      default: 0.3,
      min: 0.01,
      max: 100,
      logarithmic: true,
      help: 'How unlike pixels may be that are still one region: larger makes fewer, larger regions.',
    },
    smallest: {
      type: 'number',
      title: 'Smallest',
      default: 24,
      min: 1,
      max: 1_000_000,
      integer: true,
      help: 'Regions of fewer pixels join a neighbour.',
    },
  },
  inputs: [{ id: 'image', title: 'Pictures', type: 'tensor' }],
  outputs: [
    { id: 'boxes', title: 'Boxes', type: 'tensor' },
    { id: 'valid', title: 'Used', type: 'tensor' },
  ],
  oftenNext: ['assign-targets', 'crop-resize'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const picture = pictureOn('Propose regions', 'image', specOn(inputs, 'image'));
  const unknown = { boxes: unknownSpec('boxes'), valid: unknownSpec('mask') };
  if (picture === null) return { outputs: unknown };
  if ('problems' in picture) return { outputs: unknown, problems: picture.problems };
  const max = numberOf(params, 'max');
  return {
    outputs: {
      boxes: { shape: [picture.batch, max, 4], dtype: 'float32', meaning: 'boxes', range: [0, 1] },
      valid: { shape: [picture.batch, max], dtype: 'float32', meaning: 'mask', range: [0, 1] },
    },
  };
}

export const docs: KindDocs = {
  text: 'Cuts a picture into regions of like colour and merges neighbours step by step; each region on the way is a box. Boxes are rows of y1, x1, y2, x2 in parts of the picture. A detector then looks only at these.',
  source:
    'Felzenszwalb and Huttenlocher, Efficient graph-based image segmentation, 2004; Uijlings et al., Selective search, 2013',
};

export const examples: KindExample[] = [
  {
    title: 'Small pictures',
    params: { max: 5, smallest: 4 },
    inputs: { image: [{ shape: ['batch', 8, 8, 3], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const image = floatOn(tf, inputs, 'image');
    const max = numberOf(params, 'max');
    const [batch = 0, height = 0, width = 0, channels = 0] = image.shape;
    const pixels = image.dataSync() as Float32Array;
    const size = height * width * channels;
    const boxes = new Float32Array(batch * max * 4);
    const valid = new Float32Array(batch * max);
    for (let picture = 0; picture < batch; picture++) {
      const own = pixels.subarray(picture * size, (picture + 1) * size);
      for (const [row, box] of remembered(own, [height, width, channels], params).entries()) {
        boxes.set(box, (picture * max + row) * 4);
        valid[picture * max + row] = 1;
      }
    }
    const give = (data: Float32Array, shape: number[]): Tensor => tf.tensor(data, shape, 'float32');
    return { outputs: { boxes: give(boxes, [batch, max, 4]), valid: give(valid, [batch, max]) } };
  },
};

/** Boxes of pictures that were seen before, by their pixels and params: a picture comes back every epoch. */
const known = new Map<string, Box[]>();
const MOST_KNOWN = 50_000;

function remembered(pixels: Float32Array, shape: [number, number, number], params: PlainParams): Box[] {
  const options = {
    scale: numberOf(params, 'scale'),
    smallest: numberOf(params, 'smallest'),
    most: numberOf(params, 'max'),
  };
  const key = `${fingerprint(pixels)} ${shape.join('×')} ${Object.values(options).join()}`;
  const before = known.get(key);
  if (before) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const found = proposeRegions(pixels, shape, options);
  known.set(key, found);
  return found;
}

/** Two hashes of 32 bits over the bits of the numbers (FNV-1a, and one by another prime). */
function fingerprint(pixels: Float32Array): string {
  const bits = new Int32Array(pixels.buffer, pixels.byteOffset, pixels.length);
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (const word of bits) {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ word, 0x85ebca6b) + (b >>> 15);
  }
  return `${a >>> 0}.${b >>> 0}`;
}

export const emit: Emit = {
  keras: () => ({ unsupported: 'regions are proposed by a program, not by layers' }),
  torch: () => ({ unsupported: 'regions are proposed by a program beside the model' }),
  onnx: () => ({ unsupported: 'regions are proposed by a program beside the model' }),
};
