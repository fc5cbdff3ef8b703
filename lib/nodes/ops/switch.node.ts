import { fitsShape, formatShape, type Spec } from '@/lib/tensor/spec';
import { textProblem, unknownOutput } from '../common/inference';
import { Y_OUTPUT } from '../common/merge';
import { onnxPass } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'switch',
  version: 1,
  title: 'Switch',
  summary: 'Lets one of several branches through.',
  category: 'ops',
  makes: 'op',
  role: 'op',
  aliases: ['choose', 'select branch', 'if', 'case', 'stage', 'multiplexer', 'progressive'],
  icon: 'git-merge',
  fields: {
    index: {
      type: 'number',
      title: 'Branch',
      default: 0,
      min: 0,
      max: 1_000,
      integer: true,
      live: true,
      essential: true,
      help: 'Which wire is let through, counted from 0. Stages can drive it.',
    },
  },
  inputs: [{ id: 'x', title: 'Branches', type: 'tensor', variadic: true }],
  outputs: Y_OUTPUT,
  second: true,
  selects: { port: 'x', by: 'index' },
  time: 'pointwise',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['lerp', 'conv-2d'],
};

export function infer({ inputs }: InferContext): Inference {
  const branches = inputs.x ?? [];
  const [first] = branches;
  if (first?.dtype === 'string') return unknownOutput(textProblem('Switch', 'x'));
  if (!first) return unknownOutput();
  const known = branches.find(({ shape }) => shape !== null) ?? first;
  const alike = branches.every(({ meaning }) => meaning === first.meaning);
  const y: Spec = { shape: known.shape, dtype: known.dtype, meaning: alike ? first.meaning : 'any' };
  return { outputs: { y }, problems: branches.flatMap((branch, wire) => differences(known, branch, wire)) };
}

export const docs: KindDocs = {
  text: 'Only the branch that is chosen is computed and trained; the others cost nothing and their weights stay as they are. Progressive networks open one branch after the other with it.',
  formula: 'y = x[index]',
};

export const examples: KindExample[] = [
  {
    title: 'What is live',
    inputs: { x: [{ shape: ['batch', 3], dtype: 'float32', meaning: 'features' }] },
  },
];

function differences(known: Spec, branch: Spec, wire: number): Problem[] {
  if (branch.dtype !== known.dtype)
    return [
      {
        code: 'dtype-mismatch',
        severity: 'error',
        port: 'x',
        wire,
        message: `All branches of a switch must hold the same kind of numbers: branch ${wire} has ${branch.dtype}, another ${known.dtype}.`,
        expected: known.dtype,
        received: branch.dtype,
        ...(known.dtype === 'string' || branch.dtype === 'string'
          ? {}
          : {
              remedies: [
                {
                  title: `Cast branch ${wire} to ${known.dtype}`,
                  insert: { port: 'x', wire, kind: 'cast', params: { to: known.dtype } },
                },
              ],
            }),
      },
    ];
  if (fitsShape(branch.shape, known.shape)) return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: 'x',
      wire,
      message: `All branches of a switch must have one shape: branch ${wire} has ${formatShape(branch.shape)}, another ${formatShape(known.shape)}. Resize it.`,
      expected: formatShape(known.shape),
      received: formatShape(branch.shape),
    },
  ];
}

export const run: KindRun = {
  as: 'op',
  // A run hands over the live branch alone.
  run: (tf, { inputs }) => ({ outputs: { y: tf.clone(tensorOn(inputs, 'x')) } }),
};

export const emit: Emit = {
  keras: ({ inputs }) =>
    inputs.x?.length === 1
      ? [{ className: 'Activation', config: { activation: 'linear' }, weights: [] }]
      : { unsupported: 'Keras has no layer that chooses a branch' },
  // What arrives is the branch that was live in the end.
  torch: () => torchExpression((x) => x, { channels: 'either', takes: 'any' }),
  onnx: () => ({ ...onnxPass(), takes: 'any' }),
};
