import { required } from '@/lib/base/invariant';
import { fitsDim, formatShape, type Spec } from '@/lib/tensor/spec';
import { boxProblems } from '../common/box-ports';
import { flopsPerExample, specOn, textProblem, unknownSpec } from '../common/inference';
import { isConstant, type LiveNumber, liveNumber } from '../common/live';
import { asFloat, floatOn, tensorOn } from '../common/operands';
import { flagOf, numberOf, textOf } from '../common/params';
import { pictureOn } from '../common/picture-on';
import type { Field } from '../field';
import type {
  Emit,
  Face,
  InferContext,
  Inference,
  KerasLayer,
  KindDocs,
  KindExample,
  KindRun,
  PlainParams,
  PortFace,
  Problem,
  RunContext,
  Tensor,
  Tf,
} from '../kind';
import { type Motion, type Outside, warp, warpBoxes } from './warp';

const amount = (title: string, value: number, max: number, help: string, essential?: true): Field => ({
  type: 'number',
  title,
  default: value,
  min: 0,
  max,
  step: max > 1 ? 1 : 0.05,
  live: true,
  ...(essential ? { essential } : {}),
  help,
});

/** `x` and the tensors that move along: `x2`, `x3`, … */
const tensorsOf = (params: PlainParams): number[] =>
  Array.from({ length: numberOf(params, 'more') + 1 }, (_, at) => at + 1);

const named = (letter: string, at: number): string => (at === 1 ? letter : `${letter}${at}`);

const ports = (letter: string, params: PlainParams): PortFace[] =>
  tensorsOf(params).map((at) => ({
    id: named(letter, at),
    title: at === 1 ? 'Pictures' : `Moved along ${at - 1}`,
    type: 'tensor',
  }));

export const face: Face = {
  id: 'augment',
  version: 1,
  title: 'Augment',
  summary: 'Moves and tints pictures a little, anew each time.',
  category: 'normalisation',
  makes: 'op',
  role: 'op',
  aliases: [
    'data augmentation',
    'random flip',
    'random crop',
    'random rotation',
    'random zoom',
    'jitter',
    'cutout',
    'expectation over transformation',
  ],
  icon: 'photo-edit',
  fields: {
    flip: {
      type: 'choice',
      title: 'Mirror',
      default: 'horizontal',
      essential: true,
      choices: [
        { value: 'none', title: 'Never' },
        { value: 'horizontal', title: 'Left and right', help: 'Every second picture.' },
        { value: 'vertical', title: 'Top and bottom', help: 'Every second picture.' },
        { value: 'both', title: 'Both', help: 'Each by itself, every second picture.' },
      ],
    },
    shift: amount('Shift', 0.1, 1, 'How far at most, as a part of height and width; by whole pixels.', true),
    rotate: amount('Turn', 0, 180, 'How far at most, in degrees, either way.', true),
    zoom: amount('Zoom', 0, 0.9, 'How much larger or smaller at most: 0.2 is from 0.8 to 1.2 times.'),
    brightness: amount('Brightness', 0, 1, 'How much is added or taken away at most, as a part of the range.'),
    contrast: amount('Contrast', 0, 1, 'How much the distance from the mean grows or shrinks at most.'),
    cutout: amount('Cut out', 0, 1, 'The side of a patch that becomes zero, as a part of height and width.'),
    outside: {
      type: 'choice',
      title: 'What comes in',
      default: 'edge',
      choices: [
        { value: 'edge', title: 'The edge, repeated' },
        { value: 'zero', title: 'Zero' },
      ],
    },
    more: {
      type: 'number',
      title: 'More that moves along',
      default: 0,
      min: 0,
      max: 6,
      integer: true,
      help: 'Masks, depths or boxes of the same pictures get ports of their own and move with them.',
    },
    always: {
      type: 'switch',
      title: 'Also after training',
      default: false,
      help: 'Off, pictures are only changed while training. On, the mean over many draws can be asked for.',
    },
  },
  inputs: (params) => ports('x', params),
  outputs: (params) => ports('y', params),
  grad: ['x'],
  second: true,
  evaluation: (params) => (flagOf(params, 'always') ? 'same' : 'identity'),
  rng: 'iteration',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d', 'instance'],
};

export const docs: KindDocs = {
  text: 'While training, each picture is mirrored, shifted, turned, zoomed and tinted by chance, so that the network sees more of the world than the data holds. What belongs to a picture takes the same draw: masks keep their classes, boxes stay around their objects (one that leaves the picture becomes zero), other maps are moved as pictures are. Only pictures themselves are tinted and cut. Numbers that point somewhere are moved, not turned. In use, everything passes through.',
  formula: 'y(p) = c·(x(A⁻¹p) − μ) + μ + b',
  source:
    'Krizhevsky et al., ImageNet classification with deep convolutional neural networks, 2012; DeVries and Taylor, Cutout, 2017; Athalye et al., Synthesizing robust adversarial examples, 2018 (always on)',
};

export const examples: KindExample[] = [
  {
    title: 'Mirror and shift',
    params: { shift: 0.3 },
    inputs: { x: [{ shape: ['batch', 6, 5, 2], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
  {
    title: 'With mask and boxes',
    params: {
      flip: 'both',
      rotate: 25,
      zoom: 0.3,
      brightness: 0.2,
      contrast: 0.5,
      cutout: 0.4,
      outside: 'zero',
      more: 2,
    },
    inputs: {
      x: [{ shape: ['batch', 6, 8, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }],
      x2: [{ shape: ['batch', 6, 8], dtype: 'int32', meaning: 'mask', classes: 3 }],
      x3: [{ shape: ['batch', 2, 4], dtype: 'float32', meaning: 'boxes', range: [0, 1] }],
    },
  },
];

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  const picture = pictureOn('Augment', 'x', x);
  const problems: Problem[] = picture !== null && 'problems' in picture ? [...picture.problems] : [];
  const outputs: Record<string, Spec> = {};
  for (const at of tensorsOf(params)) {
    const from = named('x', at);
    const spec = specOn(inputs, from);
    const problem = at === 1 || !spec || !x ? null : alongProblem(from, spec, x);
    if (problem) problems.push(problem);
    if (at === 1 && spec?.shape) problems.push(...tintProblems(params, spec));
    const isKnown = spec?.shape && !problems.some(({ port }) => port === from);
    outputs[named('y', at)] = isKnown ? changed(spec) : unknownSpec();
  }
  return { outputs, problems, flops: flopsPerExample(x?.shape ?? null, 16) };
}

/** Pictures are tinted within their range. */
function tintProblems(params: PlainParams, { range }: Spec): Problem[] {
  if (range) return [];
  return ['brightness', 'contrast']
    .filter((param) => numberOf(params, param) !== 0)
    .map((param) => ({
      code: 'param-range',
      severity: 'error',
      param,
      message: `Augment tints pictures within the range of their numbers, which is not known here. Augment them where they leave the data set, or leave ${param} at 0.`,
      expected: '0',
      received: String(numberOf(params, param)),
      remedies: [{ title: `Set ${param} to 0`, set: { [param]: 0 } }],
    }));
}

/** What is empty is zero, which may lie beyond the range. */
const changed = (spec: Spec): Spec => ({
  ...spec,
  dtype: spec.dtype === 'int32' ? 'int32' : 'float32',
  ...(spec.range ? { range: [Math.min(0, spec.range[0]), Math.max(0, spec.range[1])] } : {}),
});

function alongProblem(port: string, spec: Spec, x: Spec): Problem | null {
  if (spec.dtype === 'string') return textProblem('Augment', port);
  if (spec.meaning === 'boxes') return boxProblems('Augment', port, spec)[0] ?? null;
  if (!spec.shape || x.shape?.length !== 4) return null;
  const wanted = x.shape.slice(0, 3);
  const isMap = spec.shape.length === 3 || spec.shape.length === 4;
  if (isMap && wanted.every((dim, axis) => fitsDim(spec.shape?.[axis] ?? null, dim))) return null;
  return {
    code: 'shape-mismatch',
    severity: 'error',
    port,
    message: `What moves along with pictures of ${formatShape(x.shape)} has their height and width, or is boxes (batch×boxes×4), but this is ${formatShape(spec.shape)}.`,
    expected: formatShape(wanted),
    received: formatShape(spec.shape),
  };
}

export const run: KindRun = {
  as: 'op',
  run(tf, context) {
    const { params, inputs, mode } = context;
    const each = (of: (tensor: Tensor, spec: Spec | undefined) => Tensor): Record<string, Tensor> =>
      Object.fromEntries(
        tensorsOf(params).map((at) => {
          const [from, to] = [named('x', at), named('y', at)];
          const tensor = tensorOn(inputs, from);
          return [to, of(at === 1 ? asFloat(tf, tensor) : tensor, context.spec(from))];
        }),
      );
    if (mode === 'evaluation' && !flagOf(params, 'always')) return { outputs: each((tensor) => tf.clone(tensor)) };

    const x = floatOn(tf, inputs, 'x');

    const [batch = 0, height = 0, width = 0] = x.shape;
    const draws = context.random.uniform([batch, DRAWS.length]);
    const draw: Draw = (what) => tf.reshape(tf.slice(draws, [0, DRAWS.indexOf(what)], [batch, 1]), [batch, 1, 1]);
    const motion = motionOf(tf, context, draw, [height, width]);
    const smooth = !['rotate', 'zoom'].every((field) => isConstant(liveNumber(context, field), 0));
    const outside = textOf(params, 'outside') as Outside;
    const moved = each((tensor, spec) => {
      if (spec?.meaning === 'boxes') return warpBoxes(tf, asFloat(tf, tensor), motion, height, width);
      const maps = tensor.rank === 3 ? tf.expandDims(tensor, 3) : tensor;
      const isClass = tensor.dtype !== 'float32' || spec?.meaning === 'mask';
      return tf.reshape(warp(tf, maps, motion, smooth && !isClass, outside), tensor.shape);
    });
    const y = cutOut(tf, context, draw, tint(tf, context, draw, required(moved.y, 'pictures')));
    return { outputs: { ...moved, y } };
  },
};

const DRAWS = ['mirrorY', 'mirrorX', 'down', 'right', 'angle', 'zoom', 'brightness', 'contrast', 'y', 'x'] as const;

/** One of the numbers from 0 to 1 of each picture, `[batch, 1, 1]`. */
type Draw = (what: (typeof DRAWS)[number]) => Tensor;

/** From `-most` to `most`, evenly. */
const either = (tf: Tf, draw: Tensor, most: LiveNumber): Tensor => tf.mul(tf.sub(tf.mul(draw, 2), 1), most);

function motionOf(tf: Tf, context: RunContext, draw: Draw, [height, width]: [number, number]): Motion {
  const flip = textOf(context.params, 'flip');
  const mirror = (what: 'mirrorY' | 'mirrorX', way: string): Tensor =>
    flip === way || flip === 'both'
      ? tf.sub(tf.mul(tf.cast(tf.less(draw(what), 0.5), 'float32'), 2), 1)
      : tf.onesLike(draw(what));
  const shift = liveNumber(context, 'shift');
  const pixels = (what: 'down' | 'right', length: number): Tensor =>
    tf.round(tf.mul(either(tf, draw(what), shift), length));
  const angle = tf.mul(either(tf, draw('angle'), liveNumber(context, 'rotate')), Math.PI / 180);
  return {
    mirrorY: mirror('mirrorY', 'vertical'),
    mirrorX: mirror('mirrorX', 'horizontal'),
    cos: tf.cos(angle),
    sin: tf.sin(angle),
    scale: tf.add(either(tf, draw('zoom'), liveNumber(context, 'zoom')), 1),
    down: pixels('down', height),
    right: pixels('right', width),
  };
}

/** Brightness and contrast; each channel keeps its mean while the contrast changes. Numbers stay within their range. */
function tint(tf: Tf, context: RunContext, draw: Draw, x: Tensor): Tensor {
  const [brightness, contrast] = [liveNumber(context, 'brightness'), liveNumber(context, 'contrast')];
  if (isConstant(brightness, 0) && isConstant(contrast, 0)) return x;
  const [low, high] = required(context.spec('x')?.range, 'the range of the pictures');
  const each = (what: 'brightness' | 'contrast', most: LiveNumber): Tensor =>
    tf.expandDims(either(tf, draw(what), most), 3);
  const mean = tf.mean(x, [1, 2], true);
  const spread = tf.mul(tf.sub(x, mean), tf.add(each('contrast', contrast), 1));
  const added = tf.mul(each('brightness', brightness), high - low);
  return tf.clipByValue(tf.add(tf.add(spread, mean), added), low, high);
}

/** A patch about a place anywhere in the picture becomes zero. */
function cutOut(tf: Tf, context: RunContext, draw: Draw, x: Tensor): Tensor {
  const side = liveNumber(context, 'cutout');
  if (isConstant(side, 0)) return x;
  const [, height = 0, width = 0] = x.shape;
  const near = (what: 'y' | 'x', length: number, shape: number[]): Tensor => {
    const places = tf.div(tf.add(tf.range(0, length, 1, 'float32'), 0.5), length);
    return tf.less(tf.abs(tf.sub(tf.reshape(places, shape), draw(what))), tf.div(side, 2));
  };
  const cut = tf.logicalAnd(near('y', height, [1, height, 1]), near('x', width, [1, 1, width]));
  return tf.mul(x, tf.sub(1, tf.cast(tf.expandDims(cut, 3), 'float32')));
}

/** Keras 3 augments by layers of its own, one for each thing. They draw alike, but not the same numbers. */
function kerasLayers(params: PlainParams, pictures: Spec | undefined): KerasLayer[] {
  const of = (key: string): number => numberOf(params, key);
  const border = { fill_mode: textOf(params, 'outside') === 'edge' ? 'nearest' : 'constant' };
  const flip = textOf(params, 'flip');
  const layer = (className: string, config: KerasLayer['config']): KerasLayer => ({
    className,
    config,
    weights: [],
    tfjs: { className: 'Activation', config: { activation: 'linear' } },
  });
  const range = { value_range: [...(pictures?.range ?? [0, 1])] };
  const layers = [
    flip !== 'none' && layer('RandomFlip', { mode: flip === 'both' ? 'horizontal_and_vertical' : flip }),
    of('rotate') > 0 && layer('RandomRotation', { factor: of('rotate') / 360, ...border }),
    of('zoom') > 0 && layer('RandomZoom', { height_factor: of('zoom'), ...border }),
    of('shift') > 0 && layer('RandomTranslation', { height_factor: of('shift'), width_factor: of('shift'), ...border }),
    of('contrast') > 0 && layer('RandomContrast', { factor: of('contrast'), ...range }),
    of('brightness') > 0 && layer('RandomBrightness', { factor: of('brightness'), ...range }),
    of('cutout') > 0 &&
      layer('RandomErasing', { factor: 1, scale: [of('cutout') ** 2, of('cutout') ** 2], fill_value: 0, ...range }),
  ].filter((one) => one !== false);
  return layers.length > 0 ? layers : [layer('Activation', { activation: 'linear' })];
}

const ALWAYS = 'it goes on drawing after the training';

export const emit: Emit = {
  keras({ params, inputs }) {
    if (flagOf(params, 'always')) return { unsupported: ALWAYS };
    if (numberOf(params, 'more') > 0)
      return { unsupported: 'Keras has no layer that moves several tensors by one draw' };
    return kerasLayers(params, specOn(inputs, 'x'));
  },
  // It belongs to the training; here it hands on what comes in.
  torch({ params }) {
    if (flagOf(params, 'always')) return { unsupported: ALWAYS };
    return {
      channels: 'either',
      takes: 'any',
      forward: ({ on }) => Object.fromEntries(tensorsOf(params).map((at) => [named('y', at), on(named('x', at))])),
    };
  },
  onnx({ params }) {
    if (flagOf(params, 'always')) return { unsupported: ALWAYS };
    return {
      channels: 'either',
      takes: 'any',
      write: ({ on }) => Object.fromEntries(tensorsOf(params).map((at) => [named('y', at), on(named('x', at))])),
    };
  },
};
