import { required } from '@/lib/base/invariant';
import { fitsShape, formatShape, type Spec } from '@/lib/tensor/spec';
import {
  blockFields,
  blockInputs,
  blockOutputs,
  blockTensors,
  NO_FILE_FORMAT,
  resultsOf,
  tensorsOn,
} from '../common/caller';
import { numberOf, textOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem, Tensor } from '../kind';

export const face: Face = {
  id: 'iterate',
  version: 1,
  title: 'Iterate',
  summary: 'Calls a block again and again.',
  category: 'blocks',
  makes: 'op',
  role: 'op',
  learns: true,
  aliases: ['repeat a block', 'loop', 'unroll', 'pgd', 'monte carlo', 'scan', 'for', 'fixed point'],
  icon: 'arrow-iteration',
  fields: {
    ...blockFields('What is called each time.'),
    times: {
      type: 'number',
      title: 'Times',
      default: 10,
      min: 1,
      max: 1000,
      soft: [1, 100],
      integer: true,
      essential: true,
      help: 'How often the block is called, one call after the other.',
    },
    carry: {
      type: 'number',
      title: 'Carry',
      default: 1,
      min: 0,
      max: 100,
      integer: true,
      essential: true,
      help: 'So many of the first outputs go into the first inputs of the next call. With 0, each call starts anew.',
    },
    collect: {
      type: 'choice',
      title: 'Gives',
      default: 'last',
      choices: [
        { value: 'last', title: 'Last call', help: 'What the last call gives.' },
        { value: 'stack', title: 'Every call', help: 'What all calls give, stacked along a new first axis.' },
      ],
    },
  },
  inputs: (params, env) => blockInputs(params, env),
  outputs: (params, env) =>
    blockOutputs(params, env).map((port) => (port.type === 'loss' ? { ...port, type: 'tensor' as const } : port)),
  calls: { field: 'block', enter, times: (params) => numberOf(params, 'times') },
  second: true,
  oftenNext: ['reduce', 'instance'],
};

export function infer({ params, inputs, env }: InferContext): Inference {
  const results = resultsOf(inputs);
  const stacked = textOf(params, 'collect') === 'stack';
  const outputs: Record<string, Spec> = {};
  for (const [port, spec] of Object.entries(results)) {
    const shape = spec.shape && (stacked ? [numberOf(params, 'times'), ...spec.shape] : spec.shape);
    outputs[port] = { ...spec, shape };
  }
  return { outputs, problems: carryProblems({ params, inputs, env }, results) };
}

export const docs: KindDocs = {
  text: 'Calls a block several times. What a call gives can go into the next call, as in the steps of an attack or of a search. Without that, each call differs only by its random numbers: with Monte-Carlo dropout the spread of the answers tells how sure the network is.',
  formula: '(x₁, …, x_c, …)ₜ₊₁ = block((x₁, …, x_c)ₜ, …)',
  source: 'Madry et al., Towards deep learning models resistant to adversarial attacks, 2018; Gal and Ghahramani, 2016',
};

export const examples: KindExample[] = [
  {
    title: 'The last of ten steps',
    inputs: {
      x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      '$out.y': [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
    },
  },
  {
    title: 'Three answers to one question',
    params: { times: 3, carry: 0, collect: 'stack' },
    inputs: {
      x: [{ shape: ['batch', 4], dtype: 'float32', meaning: 'features' }],
      '$out.y': [{ shape: ['batch', 1], dtype: 'float32', meaning: 'score' }],
    },
  },
];

/** What is carried may leave its range and get another meaning. */
function enter({ params, inputs, env }: InferContext): Record<string, Spec> {
  const ports = blockTensors(params, env)?.inputs ?? [];
  const specs: Record<string, Spec> = {};
  for (const [place, port] of ports.entries()) {
    const spec = inputs[port]?.[0];
    if (!spec) continue;
    const { range: _, ...rest } = spec;
    specs[port] = place < numberOf(params, 'carry') ? rest : spec;
  }
  return specs;
}

function carryProblems({ params, inputs, env }: InferContext, results: Record<string, Spec>): Problem[] {
  const ports = blockTensors(params, env);
  const carry = numberOf(params, 'carry');
  if (!ports) return [];
  const most = Math.min(ports.inputs.length, ports.outputs.length);
  if (carry > most)
    return [
      {
        code: 'param-range',
        severity: 'error',
        param: 'carry',
        message: `The block has ${ports.inputs.length} inputs and ${ports.outputs.length} outputs, so at most ${most} can be carried, not ${carry}.`,
        expected: `at most ${most}`,
        received: String(carry),
        remedies: [{ title: `Carry ${most}`, set: { carry: most } }],
      },
    ];
  return ports.inputs.slice(0, carry).flatMap((input, place): Problem[] => {
    const output = ports.outputs[place] ?? '';
    const [given, made] = [inputs[input]?.[0], results[output]];
    if (!given || !made) return [];
    const same = given.dtype === made.dtype;
    if (same && fitsShape(given.shape, made.shape)) return [];
    const [expected, received] = same
      ? [formatShape(given.shape), formatShape(made.shape)]
      : [given.dtype as string, made.dtype as string];
    return [
      {
        code: same ? 'shape-mismatch' : 'dtype-mismatch',
        severity: 'error',
        param: 'carry',
        message: `Output ${output} goes into input ${input} of the next call, so it must be ${expected}, but the block makes ${received}.`,
        expected,
        received,
        remedies: [{ title: 'Carry nothing', set: { carry: 0 } }],
      },
    ];
  });
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, body }) {
    const block = required(body, 'the block');
    const carry = numberOf(params, 'carry');
    const given = tensorsOn(inputs, block.inputs);
    const calls: Record<string, Tensor>[] = [];
    for (let t = 0; t < numberOf(params, 'times'); t++) {
      const results = block.run(given, t);
      calls.push(results);
      for (const [place, port] of block.inputs.slice(0, carry).entries()) {
        const result = results[block.outputs[place] ?? ''];
        if (result) given[port] = result;
      }
    }
    const outputs: Record<string, Tensor> = {};
    for (const port of block.outputs) {
      const made = calls.map((results) => required(results[port], port));
      outputs[port] = textOf(params, 'collect') === 'stack' ? tf.stack(made) : tf.clone(required(made.at(-1), port));
    }
    return { outputs };
  },
};

export const emit: Emit = { keras: () => NO_FILE_FORMAT, torch: () => NO_FILE_FORMAT, onnx: () => NO_FILE_FORMAT };
