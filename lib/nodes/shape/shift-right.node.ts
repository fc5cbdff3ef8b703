import { rankProblem, specOn, textProblem, unknownOutput } from '../common/inference';
import { kerasOperation } from '../common/keras-operation';
import { Y_OUTPUT } from '../common/merge';
import { onnxNodes } from '../common/onnx-nodes';
import { tensorOn } from '../common/operands';
import { numberOf } from '../common/params';
import { torchExpression } from '../common/torch-layer';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'shift-right',
  version: 1,
  title: 'Shift right',
  summary: 'Moves a sequence one step later, behind a start token.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['teacher forcing', 'previous token', 'delay', 'start token', 'lag'],
  icon: 'arrow-bar-right',
  fields: {
    start: {
      type: 'number',
      title: 'Start token',
      default: 0,
      integer: true,
      help: 'What stands before the first step; the same as where sequences are generated.',
    },
  },
  inputs: [{ id: 'x', title: 'Tokens', type: 'tensor' }],
  outputs: Y_OUTPUT,
  grad: [],
  time: 'causal',
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['embedding', 'instance'],
};

export function infer({ inputs }: InferContext): Inference {
  const x = specOn(inputs, 'x');
  if (x?.dtype === 'string') return unknownOutput(textProblem('Shift right', 'x'));
  if (!x?.shape) return unknownOutput();
  return x.shape.length < 2 ? unknownOutput(rankProblem('Shift right', 'x', x, [2])) : { outputs: { y: x } };
}

export const docs: KindDocs = {
  text: 'A network that continues sequences is taught with the truth shifted by one step: for each step it sees what came before and is asked for what comes now.',
  formula: 'y₀ = start, yₜ = xₜ₋₁',
  source:
    'Williams and Zipser, A learning algorithm for continually running fully recurrent networks, 1989 (teacher forcing)',
};

export const examples: KindExample[] = [
  { title: 'Tokens', inputs: { x: [{ shape: ['batch', 5], dtype: 'int32', meaning: 'tokens', classes: 9 }] } },
  { title: 'Rows', inputs: { x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }] } },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs, params }) {
    const x = tensorOn(inputs, 'x');
    const [batch = 0, time = 0, ...rest] = x.shape;
    const start = tf.fill([batch, 1, ...rest], numberOf(params, 'start'), x.dtype as 'int32');
    const kept = tf.slice(
      x,
      x.shape.map(() => 0),
      [batch, time - 1, ...rest],
    );
    return { outputs: { y: tf.concat([start, kept], 1) } };
  },
};

export const emit: Emit = {
  keras({ params, inputs }) {
    const [, time, ...rest] = inputs.x?.[0]?.shape ?? [];
    if (typeof time !== 'number') return { unsupported: 'Keras shifts only sequences of a fixed length' };
    const pads = { pad_width: [[0, 0], [1, 0], ...rest.map(() => [0, 0])], mode: 'constant' };
    const call = { args: ['kept'], set: { constant_values: numberOf(params, 'start') } };
    return [
      kerasOperation('numpy', 'Split', { indices_or_sections: [time - 1], axis: 1 }, { outputs: ['kept', 'last'] }),
      kerasOperation('numpy', 'Pad', pads, { call, outputs: ['y'] }),
    ];
  },
  torch({ params, inputs }) {
    const after = '0, 0, '.repeat(Math.max(0, (inputs.x?.[0]?.shape?.length ?? 2) - 2));
    return torchExpression((x) => `F.pad(${x}[:, :-1], (${after}1, 0), value=${numberOf(params, 'start')})`, {
      takes: 'any',
    });
  },
  onnx({ params, inputs }) {
    const rank = inputs.x?.[0]?.shape?.length ?? 2;
    const type = inputs.x?.[0]?.dtype === 'float32' ? 'float32' : 'int32';
    const pads = Array.from({ length: 2 * rank }, (_, at) => (at === 1 ? 1 : 0));
    return onnxNodes(
      (x, { node, constant }) => {
        const bounds = [0, -1, 1].map((value) => constant([value], 'int64'));
        const kept = node('Slice', [x, ...bounds]);
        return node('Pad', [kept, constant(pads, 'int64'), constant(numberOf(params, 'start'), type)]);
      },
      { takes: 'any' },
    );
  },
};
