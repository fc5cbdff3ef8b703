import { rankProblem, specOn, textProblem } from '../common/inference';
import { keyField } from '../common/metric-key';
import { floatOn } from '../common/operands';
import { numberOf } from '../common/params';
import { packPixels } from '../common/pixels';
import { pictureProblems } from '../common/sink-fields';
import type {
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  Problem,
  Tensor,
  Tensor4D,
  Tf,
} from '../kind';

export const face: Face = {
  id: 'top-patches',
  version: 1,
  title: 'Top patches',
  summary: 'What each filter of a layer answers to most.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  aliases: [
    'maximal activations',
    'filter visualisation',
    'what a filter sees',
    'zfnet',
    'deconvnet',
    'feature visualization',
  ],
  icon: 'zoom-scan',
  fields: {
    key: keyField('top-patches'),
    filters: {
      type: 'number',
      title: 'Filters',
      default: 8,
      min: 1,
      max: 64,
      integer: true,
      essential: true,
      help: 'How many filters are shown, from the first on.',
    },
    patches: {
      type: 'number',
      title: 'Patches each',
      default: 6,
      min: 1,
      max: 16,
      integer: true,
      essential: true,
      help: 'How many pictures are shown for each filter, the strongest answer first.',
    },
    size: {
      type: 'number',
      title: 'Size',
      default: 12,
      min: 1,
      max: 64,
      integer: true,
      essential: true,
      help: 'Side of a patch in pixels of the picture; the receptive field of the layer is what the filter can see.',
    },
  },
  inputs: [
    { id: 'x', title: 'Feature maps', type: 'tensor' },
    { id: 'image', title: 'Pictures', type: 'tensor' },
  ],
  outputs: [],
  apart: true,
  oftenNext: [],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const problems: Problem[] = pictureProblems('Top patches', 'image', specOn(inputs, 'image'));
  if (x?.dtype === 'string') problems.push(textProblem('Top patches', 'x'));
  else if (x?.shape && x.shape.length !== 4) problems.push(rankProblem('Top patches', 'x', x, [4]));
  return { outputs: {}, problems };
}

export const docs: KindDocs = {
  text: 'Looks through a whole split for the places where each filter of a convolution answers most, one place a picture, and cuts out what stands there. So one sees that first layers look for edges and colours, and later ones for parts of things.',
  source: 'Zeiler and Fergus, Visualizing and understanding convolutional networks, 2014',
};

export const examples: KindExample[] = [
  {
    title: 'Two filters',
    params: { filters: 2, patches: 2, size: 3 },
    inputs: {
      x: [{ shape: ['batch', 4, 4, 3], dtype: 'float32', meaning: 'features' }],
      image: [{ shape: ['batch', 8, 8, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }],
    },
  },
];

type Numbers = ArrayLike<number>;

export const run: KindRun = {
  as: 'fold',
  fold: {
    combine: 'concat',
    /** The strongest places of a batch, a row each: which filter, how strong, and the pixels around. */
    measure(tf, { params, inputs }) {
      const [x, image] = [floatOn(tf, inputs, 'x'), floatOn(tf, inputs, 'image')];
      const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
      const filters = Math.min(channels, numberOf(params, 'filters'));
      const most = Math.min(batch, numberOf(params, 'patches'));
      const some = tf.slice(
        tf.reshape(x, [batch, height * width, channels]),
        [0, 0, 0],
        [batch, height * width, filters],
      );
      const { values, indices } = tf.topk(tf.transpose(tf.max(some, 1)), most);
      const examples = tf.reshape(indices, [-1]);
      const filter = tf.reshape(tf.broadcastTo(column(tf, tf.range(0, filters, 1, 'int32')), [filters, most]), [-1]);
      const places = tf.reshape(tf.transpose(tf.cast(tf.argMax(some, 1), 'int32')), [-1]);
      const rows = tf.add(tf.mul(filter, tf.scalar(batch, 'int32')), examples);
      const place = tf.cast(tf.gather(places, rows as ReturnType<typeof tf.tensor1d>), 'float32');
      const down = tf.floor(tf.div(place, width));
      const patches = patchesAt(tf, image as Tensor4D, examples, {
        y: tf.div(tf.add(down, 0.5), height),
        x: tf.div(tf.add(tf.sub(place, tf.mul(down, width)), 0.5), width),
        size: numberOf(params, 'size'),
      });
      return {
        filter: tf.cast(filter, 'float32'),
        strength: tf.clone(tf.reshape(values, [-1])),
        pixels: tf.clone(tf.reshape(patches, [-1])),
      };
    },
    keep: (totals, params) => {
      const { filter = [], strength = [], pixels = [] } = totals;
      const best = strongest(filter, strength, numberOf(params, 'patches')).flat();
      const length = pixels.length / Math.max(1, filter.length);
      return {
        filter: best.map((row) => filter[row] ?? 0),
        strength: best.map((row) => strength[row] ?? 0),
        pixels: best.flatMap((row) => pixels.slice(row * length, (row + 1) * length)),
      };
    },
    result({ filter = [], strength = [], pixels = [] }, params, specs) {
      const size = numberOf(params, 'size');
      const best = strongest(filter, strength, numberOf(params, 'patches'));
      const length = pixels.length / Math.max(1, filter.length);
      const data = Float32Array.from(
        best.flat().flatMap((row) => Array.from(pixels.slice(row * length, (row + 1) * length))),
      );
      const shape: [number, number, number, number] = [best.flat().length, size, size, length / (size * size)];
      return {
        table: 'pictures',
        shape,
        pixels: packPixels({ data, shape }, specs.image?.[0]?.range),
        rows: best.map((rows, at) => ({ name: `Filter ${at + 1}`, count: rows.length })),
      };
    },
  },
};

const column = (tf: Tf, row: Tensor): Tensor => tf.reshape(row, [row.size, 1]);

/** Squares of `size` pixels about places in parts of the pictures; beyond the edge they are zero. */
function patchesAt(
  tf: Tf,
  image: Tensor4D,
  examples: Tensor,
  { y, x, size }: { y: Tensor; x: Tensor; size: number },
): Tensor {
  const [batch = 1, height = 1, width = 1, channels = 1] = image.shape;
  const whole = (value: number): Tensor => tf.scalar(value, 'int32');
  const span = tf.range(0, size, 1, 'int32');
  /** Rows or columns of each patch in the pictures with their border. */
  const along = (place: Tensor, length: number): Tensor => {
    const first = tf.floor(tf.add(tf.sub(tf.mul(place, length), size / 2), 0.5));
    return tf.add(tf.add(column(tf, tf.cast(first, 'int32')), whole(size)), span);
  };
  const border: [number, number] = [size, size];
  const padded = tf.pad(image, [[0, 0], border, border, [0, 0]]);
  const [tall, wide] = [height + 2 * size, width + 2 * size];
  const start = tf.mul(tf.reshape(examples, [examples.size, 1, 1]), whole(tall * wide));
  const rows = tf.mul(tf.expandDims(along(y, height), 2), whole(wide));
  const places = tf.add(start, tf.add(rows, tf.expandDims(along(x, width), 1)));
  const pixels = tf.reshape(padded, [batch * tall * wide, channels]);
  return tf.gather(pixels, tf.reshape(places, [-1]) as ReturnType<typeof tf.tensor1d>);
}

/** Rows of each filter, the strongest first. */
function strongest(filter: Numbers, strength: Numbers, most: number): number[][] {
  const rows: number[][] = [];
  for (let row = 0; row < filter.length; row++) {
    const at = filter[row] ?? 0;
    const own = rows[at] ?? [];
    rows[at] = own;
    own.push(row);
  }
  return rows.map((own) => own.sort((a, b) => (strength[b] ?? 0) - (strength[a] ?? 0) || a - b).slice(0, most));
}
