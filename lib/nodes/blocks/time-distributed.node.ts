import { required } from '@/lib/base/invariant';
import { type Dim, fitsDim, formatShape, type Spec } from '@/lib/tensor/spec';
import {
  blockFields,
  blockInputs,
  blockOutputs,
  blockTensors,
  NO_FILE_FORMAT,
  resultsOf,
  tensorsOn,
} from '../common/caller';
import { specOn, unknownSpec } from '../common/inference';
import type {
  Emit,
  EmitContext,
  Face,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  Problem,
  Tensor,
} from '../kind';

export const face: Face = {
  id: 'time-distributed',
  version: 1,
  title: 'At every step',
  summary: 'Calls a block on each step of a sequence by itself.',
  category: 'blocks',
  makes: 'op',
  role: 'op',
  learns: true,
  aliases: ['time distributed', 'timedistributed', 'map', 'per frame', 'video', 'each step', 'film'],
  icon: 'layout-distribute-horizontal',
  fields: blockFields('What is called on each step, such as a network over one picture of a film.'),
  inputs: (params, env) => blockInputs(params, env),
  outputs: (params, env) =>
    blockOutputs(params, env).map((port) => (port.type === 'loss' ? { ...port, type: 'tensor' as const } : port)),
  calls: {
    field: 'block',
    enter: ({ params, inputs, env }) =>
      Object.fromEntries(
        (blockTensors(params, env)?.inputs ?? []).flatMap((port) => {
          const spec = specOn(inputs, port);
          return spec ? [[port, { ...spec, shape: stepOf(spec.shape) }]] : [];
        }),
      ),
    times: (_, inputs) => {
      const { time } = stepsOf(inputs);
      return typeof time === 'number' ? time : 1;
    },
  },
  second: true,
  time: 'pointwise',
  oftenNext: ['lstm', 'gru', 'global-average-pool-1d', 'conv-lstm-2d'],
};

export function infer(context: InferContext): Inference {
  const problems = [...inputProblems(context), ...resultProblems(context)];
  const { batch, time } = stepsOf(context.inputs);
  const outputs: Record<string, Spec> = {};
  for (const [port, spec] of Object.entries(resultsOf(context.inputs)))
    outputs[port] =
      spec.shape && problems.length === 0
        ? { ...spec, shape: [batch, time, ...spec.shape.slice(1)] }
        : unknownSpec(spec.meaning);
  return { outputs, problems };
}

export const docs: KindDocs = {
  text: 'Every step of every sequence becomes an example for the block, and what the block makes of them is strung together again. So a network for pictures looks at each frame of a film, always with the same weights, before a recurrent layer follows them. All inputs of the block need as many steps.',
  formula: 'y[b, t] = block(x[b, t])',
  source: 'Keras 3 TimeDistributed',
};

export const examples: KindExample[] = [
  {
    title: 'A row at every step',
    inputs: {
      x: [{ shape: ['batch', 4, 2], dtype: 'float32', meaning: 'features' }],
      '$out.y': [{ shape: [{ of: 'batch', times: 4 }, 3], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'A number for each picture of two films',
    inputs: {
      left: [{ shape: ['batch', 2, 3, 3, 1], dtype: 'float32', meaning: 'features' }],
      right: [{ shape: ['batch', 2, 3, 3, 1], dtype: 'float32', meaning: 'features' }],
      '$out.y': [{ shape: [{ of: 'batch', times: 2 }], dtype: 'float32', meaning: 'score' }],
    },
  },
];

/** What the block sees: a batch of steps; null where there are none, which `infer` reports. */
const stepOf = (shape: Dim[] | null): Dim[] | null =>
  shape === null || shape.length < 2 ? null : [shape[0] ?? null, ...shape.slice(2)];

/** Axes of the first sequence that is wired. */
function stepsOf(inputs: InferContext['inputs']): { batch: Dim; time: Dim } {
  const [first] = sequences(inputs);
  const [batch = null, time = null] = first?.[1].shape ?? [];
  return { batch, time };
}

const sequences = (inputs: InferContext['inputs']): [string, Spec][] =>
  Object.entries(inputs).flatMap(([port, [spec]]): [string, Spec][] =>
    spec && !port.startsWith('$out.') ? [[port, spec]] : [],
  );

function inputProblems({ inputs }: InferContext): Problem[] {
  const { batch, time } = stepsOf(inputs);
  return sequences(inputs).flatMap(([port, { shape }]): Problem[] => {
    const [rows = null, steps = null] = shape ?? [];
    if (shape === null || (shape.length >= 2 && fitsDim(rows, batch) && fitsDim(steps, time))) return [];
    const expected = `${formatShape([batch, time])}×…`;
    return [
      {
        code: 'shape-mismatch',
        severity: 'error',
        port,
        message:
          shape.length < 2
            ? `The block is called on each step of a sequence (batch × time × …), but ${formatShape(shape)} has no steps.`
            : `All inputs must have the same steps (${expected}), but this one is ${formatShape(shape)}.`,
        expected: shape.length < 2 ? 'batch × time × …' : expected,
        received: formatShape(shape),
      },
    ];
  });
}

/** What is no longer one row for each step cannot be strung together. */
function resultProblems({ inputs }: InferContext): Problem[] {
  return Object.entries(resultsOf(inputs)).flatMap(([port, { shape }]): Problem[] => {
    if (shape === null || shape.length > 0) return [];
    return [
      {
        code: 'shape-mismatch',
        severity: 'error',
        port: `$out.${port}`,
        message: `The block must give something for each step, but its output ${port} is one number for all of them.`,
        expected: 'a row for each step',
        received: formatShape(shape),
      },
    ];
  });
}

export const run: KindRun = {
  as: 'op',
  run(tf, { inputs, body }) {
    const block = required(body, 'the block');
    const given = tensorsOn(inputs, block.inputs);
    const [batch = 1, time = 1] = required(Object.values(given)[0], 'a sequence').shape;
    const rows = Object.entries(given).map(([port, x]) => [port, tf.reshape(x, [batch * time, ...x.shape.slice(2)])]);
    const results = block.run(Object.fromEntries(rows), 0);
    const outputs: Record<string, Tensor> = {};
    for (const port of block.outputs) {
      const result = required(results[port], port);
      outputs[port] = tf.reshape(result, [batch, time, ...result.shape.slice(1)]);
    }
    return { outputs };
  },
};

/** Written out, a call is its block's ops between two of its own: one from sequences to steps, one back (`unrollCalls`). */
const fixed = (shape: Dim[] | null | undefined, from: number): number[] | null => {
  const sizes = shape?.slice(from) ?? [];
  return sizes.every((dim) => typeof dim === 'number') ? sizes : null;
};

export const emit: Emit = {
  keras({ params, inputs, outputs }: EmitContext) {
    if (params.part === undefined) return NO_FILE_FORMAT;
    const newshape = params.part === 'steps' ? fixed(inputs.x?.[0]?.shape, 2) : fixed(outputs.y?.shape, 1);
    if (newshape === null) return { unsupported: 'the number of its steps, or what a step holds, is not fixed' };
    const config = { newshape: [-1, ...newshape] };
    return [{ className: 'Reshape', operation: 'numpy', config, call: { args: ['x'] }, weights: [] }];
  },
  torch({ params }) {
    if (params.part === undefined) return NO_FILE_FORMAT;
    return {
      takes: 'any',
      forward: ({ on }) => ({
        y: params.part === 'steps' ? `${on('x')}.flatten(0, 1)` : `${on('x')}.unflatten(0, ${on('like')}.shape[:2])`,
      }),
    };
  },
  onnx({ params }) {
    if (params.part === undefined) return NO_FILE_FORMAT;
    return {
      takes: 'any',
      write({ on, node, constant }) {
        const shape =
          params.part === 'steps'
            ? [constant([-1], 'int64'), node('Shape', [on('x')], { start: 2 })]
            : [node('Shape', [on('like')], { start: 0, end: 2 }), node('Shape', [on('x')], { start: 1 })];
        return { y: node('Reshape', [on('x'), node('Concat', shape, { axis: 0 })]) };
      },
    };
  },
};
