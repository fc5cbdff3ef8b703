import type { Dim } from '@/lib/tensor/spec';
import {
  type Along,
  alongAxis,
  axisField,
  axisIn,
  axisOf,
  movedSpec,
  takesWhole,
  wholeOrFloat,
} from '../common/along-axis';
import { unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { mirrored } from '../common/mirrored';
import { END, onnxNodes } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { numberOf, textOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import { X_INPUT } from '../common/unary';
import type {
  Emit,
  EmitContext,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  OnnxPlace,
  PlainParams,
  Problem,
} from '../kind';

export const face: Face = {
  id: 'pad',
  version: 1,
  title: 'Pad',
  summary: 'Makes one axis longer at its ends.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['padding', 'fill', 'reflect', 'symmetric', 'mirror', 'border', 'extend'],
  icon: 'box-padding',
  fields: {
    before: { type: 'number', title: 'Before', default: 1, min: 0, max: 1_000_000, integer: true, essential: true },
    after: { type: 'number', title: 'After', default: 1, min: 0, max: 1_000_000, integer: true, essential: true },
    mode: {
      type: 'choice',
      title: 'With',
      default: 'constant',
      essential: true,
      choices: [
        { value: 'constant', title: 'A number' },
        { value: 'reflect', title: 'A mirror at the last place', help: 'Does not repeat it: 3 2 | 1 2 3 | 2 1.' },
        { value: 'symmetric', title: 'A mirror behind the last place', help: 'Repeats it: 2 1 | 1 2 3 | 3 2.' },
      ],
    },
    value: { type: 'number', title: 'Number', default: 0, when: { field: 'mode', is: ['constant'] } },
    axis: axisField('Along which axis; -1 is the last one. The batch cannot get longer.'),
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  time: 'mixing',
  oftenNext: ['conv-1d', 'concat', 'lstm'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const along = alongAxis('Pad', { params, inputs });
  if ('problems' in along) return unknownOutput(...along.problems);
  const { x, shape, axis, length } = along;
  const problems = problemsOf(params, along);
  if (problems.length > 0) return unknownOutput(...problems);
  const [before, after] = marginsOf(params);
  const longer: Dim = typeof length === 'number' ? length + before + after : before + after === 0 ? length : null;
  const y = movedSpec(
    x,
    shape.map((dim, at) => (at === axis ? longer : dim)),
  );
  const value = fillOf(params);
  if (y.range && value !== null) y.range = [Math.min(value, y.range[0]), Math.max(value, y.range[1])];
  if (y.classes !== undefined && value !== null && !(value >= 0 && value < y.classes)) delete y.classes;
  return { outputs: { y } };
}

export const docs: KindDocs = {
  text: 'Puts places before and behind those of an axis: zeros around a signal, filling behind a short sequence, or what a mirror would show.',
  formula: 'y = [border, x, border]',
  source: 'Keras 3 ops.pad',
};

export const examples: KindExample[] = [
  { title: 'A row', inputs: { x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Mirrored rows of a picture',
    params: { before: 2, after: 1, mode: 'reflect', axis: 1 },
    inputs: { x: [{ shape: ['batch', 3, 2, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
  {
    title: 'Repeated steps',
    params: { before: 0, after: 3, mode: 'symmetric', axis: 1 },
    inputs: { x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Filling behind a text',
    params: { before: 0, after: 2, value: 8 },
    inputs: { x: [{ shape: ['batch', 3], dtype: 'int32', meaning: 'tokens', classes: 9 }] },
  },
];

const marginsOf = (params: PlainParams): [number, number] => [numberOf(params, 'before'), numberOf(params, 'after')];

/** The number around; null for mirrors. */
const fillOf = (params: PlainParams): number | null =>
  textOf(params, 'mode') === 'constant' ? numberOf(params, 'value') : null;

/** How many places next to a mirror are not shown again. */
const skipOf = (params: PlainParams): 0 | 1 => (textOf(params, 'mode') === 'reflect' ? 1 : 0);

function problemsOf(params: PlainParams, { x, length }: Along): Problem[] {
  const value = fillOf(params);
  if (value !== null && x.dtype === 'int32' && !Number.isInteger(value)) {
    const message = `Whole numbers can be padded with a whole number only, not with ${value}.`;
    const remedies = [{ title: `Use ${Math.round(value)}`, set: { value: Math.round(value) } }];
    return [{ code: 'param-range', severity: 'error', param: 'value', message, remedies }];
  }
  if (value !== null || typeof length !== 'number') return [];
  const most = length - skipOf(params);
  const [before, after] = marginsOf(params);
  if (before <= most && after <= most) return [];
  const set = { before: Math.min(before, most), after: Math.min(after, most) };
  return [
    {
      code: 'param-range',
      severity: 'error',
      param: before > most ? 'before' : 'after',
      message: `A mirror shows at most ${most} of ${length} places on each side, not ${Math.max(before, after)}.`,
      expected: `at most ${most}`,
      received: String(Math.max(before, after)),
      remedies: [{ title: 'Use what there is', set }],
    },
  ];
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = wholeOrFloat(tf, tensorOn(inputs, 'x'));
    const [axis, value, margins] = [axisOf(params, x.rank), fillOf(params), marginsOf(params)];
    if (value === null) return { outputs: { y: tf.clone(mirrored(tf, x, axis, ...margins, skipOf(params))) } };
    const pads = x.shape.map((_, at): [number, number] => (at === axis ? margins : [0, 0]));
    return { outputs: { y: tf.clone(tf.pad(x, pads, value)) } };
  },
};

/** Margins of all axes. */
function padsOf({ params, inputs }: EmitContext, axis: number): [number, number][] {
  return (inputs.x?.[0]?.shape ?? []).map((_, at) => (at === axis ? marginsOf(params) : [0, 0]));
}

export const emit: Emit = {
  keras(context) {
    const { params } = context;
    const value = fillOf(params);
    const config = { pad_width: padsOf(context, axisIn(context)), mode: textOf(params, 'mode') };
    const rest = value === null ? {} : { call: { args: ['x'], set: { constant_values: value } } };
    return [kerasOperation('numpy', 'Pad', config, rest)];
  },
  torch(context) {
    const { params } = context;
    const [[before, after], value, skip] = [marginsOf(params), fillOf(params), skipOf(params)];
    return torchExpression(
      (x, { axis }) => {
        const dim = axis(axisIn(context));
        // PyTorch counts the axes from the last one.
        const inner = (context.inputs.x?.[0]?.shape?.length ?? 1) - 1 - dim;
        if (value !== null) return `F.pad(${x}, (${'0, 0, '.repeat(inner)}${before}, ${after}), value=${value})`;
        const turned = (start: string, size: number) =>
          size === 0 ? [] : [`${x}.narrow(${dim}, ${start}, ${size}).flip(${dim})`];
        const end = `${x}.shape[${dim}] - ${skip + after}`;
        return `torch.cat([${[...turned(String(skip), before), x, ...turned(end, after)].join(', ')}], dim=${dim})`;
      },
      { channels: 'either', takes: takesWhole(context) },
    );
  },
  onnx: (context) =>
    onnxNodes((x, place) => written(context, x, place), { channels: 'either', takes: takesWhole(context) }),
};

function written(context: EmitContext, x: string, { node, constant, axis }: OnnxPlace): string {
  const { params, inputs } = context;
  const along = axis(axisIn(context));
  const [[before, after], value, skip] = [marginsOf(params), fillOf(params), skipOf(params)];
  if (value !== null) {
    const pads = padsOf(context, along);
    const sides = [...pads.map(([first]) => first), ...pads.map(([, last]) => last)];
    const number = constant(value, inputs.x?.[0]?.dtype === 'int32' ? 'int32' : 'float32');
    return node('Pad', [x, constant(sides, 'int64'), number]);
  }
  const turned = (start: number, end: number) =>
    node('Slice', [x, ...[start, end, along, -1].map((one) => constant([one], 'int64'))]);
  const parts = [
    ...(before === 0 ? [] : [turned(before - 1 + skip, skip === 0 ? -END : 0)]),
    x,
    ...(after === 0 ? [] : [turned(-1 - skip, -1 - skip - after)]),
  ];
  return node('Concat', parts, { axis: along });
}
