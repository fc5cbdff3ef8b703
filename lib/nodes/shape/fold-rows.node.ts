import { required } from '@/lib/base/invariant';
import { type Dim, formatShape, type Spec } from '@/lib/tensor/spec';
import { movedSpec, takesWhole, wholeOrFloat } from '../common/along-axis';
import { specOn, textProblem, unknownOutput } from '../common/inference';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { asFloat, tensorOn } from '../common/operands';
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
  PlainParams,
  Problem,
  Takes,
  Tensor,
  Tf,
} from '../kind';

export const face: Face = {
  id: 'fold-rows',
  version: 1,
  title: 'Fold rows',
  summary: 'Makes one of the rows that belong to an example.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['fold batch', 'group rows', 'bag', 'multiple instance', 'pool', 'regions', 'aggregate'],
  icon: 'fold-down',
  fields: {
    times: {
      type: 'number',
      title: 'Rows',
      default: 2,
      min: 1,
      max: 100_000,
      integer: true,
      essential: true,
      help: 'How many follow one another for each example.',
    },
    how: {
      type: 'choice',
      title: 'How',
      default: 'mean',
      essential: true,
      choices: [
        { value: 'mean', title: 'Mean' },
        { value: 'max', title: 'Largest', help: 'The largest of each number.' },
        { value: 'stack', title: 'Keep all', help: 'In a new axis behind the batch.' },
      ],
    },
  },
  inputs: X_INPUT,
  outputs: Y_OUTPUT,
  second: true,
  oftenNext: ['dense', 'cross-entropy', 'concat', 'reduce'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Fold rows', 'x'));
  if (!x?.shape) return unknownOutput();
  const [rows = null, ...rest] = x.shape;
  const times = numberOf(params, 'times');
  const examples = divided(rows, times);
  if (examples === undefined) return unknownOutput(unevenProblem(x, rows, times));
  const how = textOf(params, 'how');
  const whole = how !== 'mean' ? x : ({ ...x, dtype: 'float32' } satisfies Spec);
  return { outputs: { y: movedSpec(whole, [examples, ...(how === 'stack' ? [times] : []), ...rest]) } };
}

export const docs: KindDocs = {
  text: 'Where a network makes several rows of an example, such as one for each region of a picture, this makes one of them again: their mean, the largest of each number, or all of them in an axis of their own. The rows of an example follow one another.',
  formula: 'y[n] = mean or max over k of x[n·rows + k], or y[n, k] = x[n·rows + k]',
};

export const examples: KindExample[] = [
  {
    title: 'Regions of a picture',
    params: { times: 4 },
    inputs: { x: [{ shape: [{ of: 'batch', times: 4 }, 3], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Pictures of an example',
    params: { times: 2, how: 'stack' },
    inputs: { x: [{ shape: [{ of: 'batch', times: 2 }, 2, 2, 1], dtype: 'float32', meaning: 'image', range: [0, 1] }] },
  },
  {
    title: 'Half of the rows',
    params: { times: 3, how: 'max' },
    inputs: { x: [{ shape: [{ of: 'batch', times: 6 }, 2], dtype: 'int32', meaning: 'tokens', classes: 9 }] },
  },
];

/** What is left of so many rows; undefined where they cannot be divided. */
function divided(rows: Dim, by: number): Dim | undefined {
  if (rows === null || by === 1) return rows;
  if (typeof rows === 'number') return rows % by === 0 ? rows / by : undefined;
  if (typeof rows === 'string' || rows.times % by !== 0) return undefined;
  return rows.times === by ? rows.of : { of: rows.of, times: rows.times / by };
}

function unevenProblem(x: Spec, rows: Dim, times: number): Problem {
  const there = typeof rows === 'object' && rows !== null ? rows.times : typeof rows === 'number' ? rows : 1;
  return {
    code: 'shape-mismatch',
    severity: 'error',
    port: 'x',
    message: `Fold rows makes one of every ${times} rows, but gets ${there === 1 ? 'one row' : `${there} rows`} for each example.`,
    expected: `a multiple of ${times} rows`,
    received: formatShape(x.shape),
    remedies: [{ title: `Make one of every ${there}`, set: { times: there } }],
  };
}

const FOLDS: Record<string, { run(tf: Tf, x: Tensor): Tensor; torch: string; onnx?: string }> = {
  mean: { run: (tf, x) => tf.mean(x, 1), torch: '.mean(dim=1)', onnx: 'ReduceMean' },
  max: { run: (tf, x) => tf.max(x, 1), torch: '.amax(dim=1)', onnx: 'ReduceMax' },
  stack: { run: (_, x) => x, torch: '' },
};

const foldOf = (params: PlainParams) => required(FOLDS[textOf(params, 'how')], 'a way to fold');

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const given = tensorOn(inputs, 'x');
    const x = textOf(params, 'how') === 'mean' ? asFloat(tf, given) : wholeOrFloat(tf, given);
    const times = numberOf(params, 'times');
    const [rows = times, ...rest] = x.shape;
    return { outputs: { y: foldOf(params).run(tf, tf.reshape(x, [rows / times, times, ...rest])) } };
  },
};

const takes = (context: EmitContext): Takes =>
  textOf(context.params, 'how') === 'mean' ? 'float32' : takesWhole(context);

export const emit: Emit = {
  keras: () => ({ unsupported: 'all tensors of a Keras model have one row for each example' }),
  torch: (context) =>
    torchExpression(
      (x) => `${x}.reshape(-1, ${numberOf(context.params, 'times')}, *${x}.shape[1:])${foldOf(context.params).torch}`,
      { takes: takes(context) },
    ),
  onnx: (context) =>
    onnxNodes(
      (x, { node, constant }) => {
        const rank = context.inputs.x?.[0]?.shape?.length ?? 1;
        const sizes = node('Slice', [node('Shape', [x]), constant([1], 'int64'), constant([rank], 'int64')]);
        const first = constant([-1, numberOf(context.params, 'times')], 'int64');
        const folded = node('Reshape', [x, node('Concat', [first, sizes], { axis: 0 })]);
        const { onnx } = foldOf(context.params);
        return onnx === undefined ? folded : node(onnx, [folded], { axes: [1], keepdims: 0 });
      },
      { takes: takes(context) },
    ),
};
