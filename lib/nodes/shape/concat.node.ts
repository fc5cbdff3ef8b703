import { sumOf } from '@/lib/tensor/conv-arithmetic';
import { type Dim, fitsDim, formatShape, type Spec } from '@/lib/tensor/spec';
import { textProblem, unknownOutput } from '../common/inference';
import { MERGE_INPUTS, Y_OUTPUT } from '../common/merge';
import { mergeLayer } from '../common/merge-layer';
import { asFloat } from '../common/operands';
import { numberOf } from '../common/params';
import { pictureRemedies } from '../common/picture-remedies';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Remedy } from '../kind';

export const face: Face = {
  id: 'concat',
  version: 1,
  title: 'Concat',
  summary: 'Puts tensors side by side.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['concatenate', 'join', 'merge', 'cat', 'append', 'skip'],
  icon: 'arrow-merge',
  fields: {
    axis: {
      type: 'number',
      title: 'Axis',
      default: -1,
      min: -6,
      max: 6,
      integer: true,
      help: 'Along which axis; -1 is the last one (channels, features). 0 is the batch.',
    },
  },
  inputs: MERGE_INPUTS,
  outputs: Y_OUTPUT,
  second: true,
  // Steps stand along axis 1.
  time: (params) => ([1, -2, -3].includes(numberOf(params, 'axis')) ? 'mixing' : 'pointwise'),
  passThrough: { input: 'x', output: 'y' },
  oftenNext: ['conv-2d', 'dense', 'activation'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const specs = inputs.x ?? [];
  const [first] = specs;
  if (!first?.shape || specs.some(({ shape }) => shape === null)) return unknownOutput();
  if (specs.some(({ dtype }) => dtype === 'string')) return unknownOutput(textProblem('Concat', 'x'));
  const rank = first.shape.length;
  const wanted = numberOf(params, 'axis');
  const axis = wanted < 0 ? rank + wanted : wanted;
  if (axis < 0 || axis >= rank) {
    return unknownOutput({
      code: 'param-range',
      severity: 'error',
      param: 'axis',
      message: `${formatShape(first.shape)} has no axis ${wanted}.`,
      expected: `from ${-rank} to ${rank - 1}`,
      received: String(wanted),
      remedies: [{ title: 'Use the last axis', set: { axis: -1 } }],
    });
  }
  const wire = specs.findIndex(({ shape }) => !agrees(shape ?? [], first.shape ?? [], axis));
  if (wire > 0) {
    const received = specs[wire]?.shape ?? null;
    return unknownOutput({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'x',
      wire,
      message: `Concat joins along axis ${wanted}; all other sizes must be equal. ${formatShape(first.shape)} and ${formatShape(received)} are not.`,
      expected: formatShape(first.shape),
      received: formatShape(received),
      remedies: fitRemedies(specs, wire, axis),
    });
  }
  const shape = first.shape.map((dim, at) =>
    at === axis
      ? sumOf(specs.map((spec) => spec.shape?.[at] ?? null))
      : known(
          specs.map((spec) => spec.shape?.[at] ?? null),
          dim,
        ),
  );
  const same = specs.every(({ meaning }) => meaning === first.meaning) && first.meaning !== 'probabilities';
  return { outputs: { y: { shape, dtype: 'float32', meaning: same ? first.meaning : 'features' } } };
}

export const docs: KindDocs = {
  text: 'Joins its inputs along one axis: 32 channels and 64 channels become 96. Nothing is computed; the next layer sees both.',
  formula: 'y = [x₁, x₂, …]',
  source: 'Keras 3 Concatenate',
};

export const examples: KindExample[] = [
  {
    title: 'Channels',
    inputs: {
      x: [
        { shape: ['batch', 3, 3, 2], dtype: 'float32', meaning: 'features' },
        { shape: ['batch', 3, 3, 4], dtype: 'float32', meaning: 'features' },
      ],
    },
  },
  {
    title: 'Steps of a sequence',
    params: { axis: 1 },
    inputs: {
      x: [
        { shape: ['batch', 2, 3], dtype: 'float32', meaning: 'features' },
        { shape: ['batch', 1, 3], dtype: 'float32', meaning: 'features' },
        { shape: ['batch', 4, 3], dtype: 'float32', meaning: 'features' },
      ],
    },
  },
];

/** Flattening beside rows, one size for pictures that stand channel beside channel. */
function fitRemedies(specs: readonly Spec[], wire: number, axis: number): Remedy[] {
  const [first, odd] = [specs[0]?.shape, specs[wire]?.shape];
  if (!first || !odd) return [];
  const at = { port: 'x', wire };
  if (first.length === 2 && odd.length > 2) return [{ title: 'Insert Flatten', insert: { ...at, kind: 'flatten' } }];
  if (axis !== 3) return [];
  // What several have in common is no one's to change.
  const other = wire === 1 ? { port: 'x', wire: 0 } : undefined;
  return pictureRemedies({ at: other, shape: first }, { at, shape: odd }, 'any');
}

const agrees = (shape: Dim[], first: Dim[], axis: number): boolean =>
  shape.length === first.length && shape.every((dim, at) => at === axis || fitsDim(dim, first[at] ?? null));

const known = (dims: Dim[], otherwise: Dim): Dim => dims.find((dim) => dim !== null) ?? otherwise;

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = (inputs.x ?? []).map((tensor) => asFloat(tf, tensor));
    const rank = x[0]?.rank ?? 1;
    const axis = numberOf(params, 'axis');
    // Concatenation of a single tensor hands it back as it is.
    return { outputs: { y: tf.clone(tf.concat(x, axis < 0 ? rank + axis : axis)) } };
  },
};

export const emit: Emit = {
  keras: ({ params, inputs }) => mergeLayer('Concatenate', inputs.x ?? [], { axis: numberOf(params, 'axis') }),
  torch: ({ params }) => ({
    channels: 'either',
    forward: ({ inputs, axis }) => ({
      y: `torch.cat([${(inputs.x ?? []).join(', ')}], dim=${axis(numberOf(params, 'axis'))})`,
    }),
  }),
  onnx: ({ params }) => ({
    channels: 'either',
    write: ({ inputs, axis, node }) => ({
      y: node('Concat', inputs.x ?? [], { axis: axis(numberOf(params, 'axis')) }),
    }),
  }),
};
