import { type Dim, formatShape } from '@/lib/tensor/spec';
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
import { kerasOperation } from '../common/keras-operation';
import { tensorOn } from '../common/operands';
import { numberOf, numbersOf, textOf } from '../common/params';
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
  PlainParams,
  Problem,
} from '../kind';
import { byPart, MOST_PARTS, partIds, partPorts, unknownParts } from './part-ports';

export const face: Face = {
  id: 'split',
  version: 1,
  title: 'Split',
  summary: 'Cuts one axis into parts.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['chunk', 'cut', 'divide', 'parts', 'heads', 'unconcatenate'],
  icon: 'arrows-split',
  fields: {
    by: {
      type: 'choice',
      title: 'Parts are',
      default: 'equal',
      essential: true,
      choices: [
        { value: 'equal', title: 'Equal' },
        { value: 'sizes', title: 'Of given sizes' },
      ],
    },
    parts: {
      type: 'number',
      title: 'Parts',
      default: 2,
      min: 2,
      max: MOST_PARTS,
      integer: true,
      essential: true,
      when: { field: 'by', is: ['equal'] },
    },
    sizes: {
      type: 'shape',
      title: 'Sizes',
      default: [1, -1],
      essential: true,
      help: 'How long each part is; one may be -1 and takes what is left.',
      when: { field: 'by', is: ['sizes'] },
    },
    axis: axisField('Along which axis; -1 is the last one. The batch cannot be cut.'),
  },
  inputs: X_INPUT,
  outputs: (params) => partPorts(countOf(params)),
  second: true,
  time: 'mixing',
  oftenNext: ['gaussian-sample', 'dense', 'multiply'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const along = alongAxis('Split', { params, inputs });
  if ('problems' in along) return unknownParts(countOf(params), along.problems);
  const problems = problemsOf(params, along);
  if (problems.length > 0) return unknownParts(countOf(params), problems);
  const { x, shape, axis, length } = along;
  const parts = sizesOf(params, length).map((size) =>
    movedSpec(
      x,
      shape.map((dim, at) => (at === axis ? size : dim)),
    ),
  );
  return { outputs: byPart(parts) };
}

export const docs: KindDocs = {
  text: 'Takes an axis apart where Concat puts one together: the mean and the spread out of one row, the heads of an attention, columns of different kinds.',
  formula: 'yₖ = x[…, startₖ : startₖ + sizeₖ]',
  source: 'Keras 3 ops.split',
};

export const examples: KindExample[] = [
  { title: 'Two halves', inputs: { x: [{ shape: ['batch', 6], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Channels of given sizes',
    params: { by: 'sizes', sizes: [1, -1, 2] },
    inputs: { x: [{ shape: ['batch', 2, 3, 5], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'A text in three',
    params: { parts: 3, axis: 1 },
    inputs: { x: [{ shape: ['batch', 6], dtype: 'int32', meaning: 'tokens', classes: 9 }] },
  },
];

const isEqual = (params: PlainParams): boolean => textOf(params, 'by') === 'equal';

const countOf = (params: PlainParams): number =>
  isEqual(params) ? numberOf(params, 'parts') : Math.max(1, numbersOf(params, 'sizes').length);

/** Lengths of the parts of an axis; null where they hang on a length that is not known. */
function sizesOf(params: PlainParams, length: Dim): (number | null)[] {
  const known = typeof length === 'number' ? length : null;
  const count = countOf(params);
  if (isEqual(params)) return Array.from({ length: count }, () => (known === null ? null : known / count));
  const sizes = numbersOf(params, 'sizes');
  const rest = known === null ? null : known - givenIn(sizes);
  return sizes.map((size) => (size === -1 ? rest : size));
}

const givenIn = (sizes: number[]): number => sizes.reduce((sum, size) => sum + Math.max(0, size), 0);

function problemsOf(params: PlainParams, { x, length }: Along): Problem[] {
  const received = formatShape(x.shape);
  if (isEqual(params)) {
    const parts = numberOf(params, 'parts');
    if (typeof length !== 'number' || length % parts === 0) return [];
    const message = `An axis of ${length} (of ${received}) does not split into ${parts} equal parts. Use another number, or give their sizes.`;
    return [
      { code: 'shape-mismatch', severity: 'error', port: 'x', message, expected: `a multiple of ${parts}`, received },
    ];
  }
  const sizes = numbersOf(params, 'sizes');
  if (sizes.length < 2) {
    const message = 'Give the sizes of at least two parts.';
    return [{ code: 'param-range', severity: 'error', param: 'sizes', message, expected: 'two sizes or more' }];
  }
  const [given, open] = [givenIn(sizes), sizes.includes(-1)];
  if (typeof length !== 'number' || (open ? given < length : given === length)) return [];
  const message = `Parts of ${sizes.map((size) => (size === -1 ? '?' : size)).join(' + ')} do not fill an axis of ${length} (of ${received}).`;
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: 'x',
      message,
      expected: open ? `more than ${given} places` : `${given} places`,
      received: `${length} places`,
      remedies: [
        {
          title: 'Let the last part take the rest',
          set: { sizes: [...sizes.slice(0, -1).map((size) => Math.max(1, size)), -1] },
        },
      ],
    },
  ];
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = wholeOrFloat(tf, tensorOn(inputs, 'x'));
    const axis = axisOf(params, x.rank);
    const sizes = sizesOf(params, x.shape[axis] ?? null).map(Number);
    return { outputs: byPart(tf.split(x, sizes, axis)) };
  },
};

/** Sizes that stand in a file; null where the length of the axis is not fixed. */
function fixedSizes({ params, inputs }: EmitContext): number[] | null {
  const { x } = inputs;
  const sizes = sizesOf(params, x?.[0]?.shape?.[axisOf(params, x[0].shape.length)] ?? null);
  return sizes.every((size) => size !== null) ? sizes : null;
}

const OPEN = { unsupported: 'the axis has no fixed length, so one of its parts has none' };

export const emit: Emit = {
  keras(context) {
    const { params } = context;
    const sizes = fixedSizes(context);
    if (sizes === null && !isEqual(params)) return OPEN;
    const ends = (sizes ?? [])
      .map((_, at, all) => all.slice(0, at + 1).reduce((sum, size) => sum + size, 0))
      .slice(0, -1);
    const config = { indices_or_sections: isEqual(params) ? numberOf(params, 'parts') : ends, axis: axisIn(context) };
    return [kerasOperation('numpy', 'Split', config, { outputs: partIds(countOf(params)) })];
  },
  torch(context) {
    const { params } = context;
    const sizes = fixedSizes(context);
    if (sizes === null && !isEqual(params)) return OPEN;
    return {
      channels: 'either',
      takes: takesWhole(context),
      forward({ on, keep, axis }) {
        const dim = axis(axisIn(context));
        const cut =
          sizes === null
            ? `.chunk(${numberOf(params, 'parts')}, dim=${dim})`
            : `.split([${sizes.join(', ')}], dim=${dim})`;
        const parts = keep('parts', `${on('x')}${cut}`);
        return byPart(partIds(countOf(params)).map((_, at) => `${parts}[${at}]`));
      },
    };
  },
  onnx(context) {
    const { params } = context;
    const sizes = fixedSizes(context);
    if (sizes === null && !isEqual(params)) return OPEN;
    return {
      channels: 'either',
      takes: takesWhole(context),
      write({ on, nodes, constant, axis }) {
        const inputs = [on('x'), ...(sizes === null ? [] : [constant(sizes, 'int64')])];
        return byPart(nodes('Split', inputs, { axis: axis(axisIn(context)) }, countOf(params)));
      },
    };
  },
};
