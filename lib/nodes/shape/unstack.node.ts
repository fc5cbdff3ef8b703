import { formatShape } from '@/lib/tensor/spec';
import { alongAxis, axisField, axisIn, axisOf, movedSpec, takesWhole, wholeOrFloat } from '../common/along-axis';
import { kerasOperation } from '../common/keras-operation';
import { tensorOn } from '../common/operands';
import { numberOf } from '../common/params';
import { X_INPUT } from '../common/unary';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { byPart, MOST_PARTS, partIds, partPorts, unknownParts } from './part-ports';

export const face: Face = {
  id: 'unstack',
  version: 1,
  title: 'Unstack',
  summary: 'Hands out each place of an axis by itself.',
  category: 'shape',
  makes: 'op',
  role: 'op',
  aliases: ['unbind', 'unpack', 'take apart', 'columns'],
  icon: 'stack-pop',
  fields: {
    count: {
      type: 'number',
      title: 'Places',
      default: 2,
      min: 2,
      max: MOST_PARTS,
      integer: true,
      essential: true,
      help: 'How long the axis is.',
    },
    axis: axisField('Which axis is taken apart; -1 is the last one. The batch stays.'),
  },
  inputs: X_INPUT,
  outputs: (params) => partPorts(numberOf(params, 'count')),
  second: true,
  oftenNext: ['stack', 'dense', 'multiply'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const count = numberOf(params, 'count');
  const along = alongAxis('Unstack', { params, inputs });
  if ('problems' in along) return unknownParts(count, along.problems);
  const { x, shape, axis, length } = along;
  if (length === null) return unknownParts(count, []);
  if (length !== count) {
    const received = formatShape(shape);
    const fits = typeof length === 'number' && length >= 2 && length <= MOST_PARTS;
    return unknownParts(count, [
      {
        code: 'shape-mismatch',
        severity: 'error',
        port: 'x',
        message: `Unstack hands out ${count} places, but its axis of ${received} has ${formatShape([length])}.`,
        expected: `an axis of ${count}`,
        received,
        remedies: fits ? [{ title: `Hand out ${length}`, set: { count: length } }] : [],
      },
    ]);
  }
  const part = movedSpec(
    x,
    shape.filter((_, at) => at !== axis),
  );
  return { outputs: byPart(partIds(count).map(() => part)) };
}

export const docs: KindDocs = {
  text: 'Two columns become two tensors without that axis: x and y of a point, the steps of a short sequence. The opposite of Stack.',
  formula: 'yₖ = x[…, k, …]',
  source: 'Keras 3 ops.unstack',
};

export const examples: KindExample[] = [
  { title: 'Columns', inputs: { x: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'Steps',
    params: { count: 3, axis: 1 },
    inputs: { x: [{ shape: ['batch', 3, 4], dtype: 'float32', meaning: 'features' }] },
  },
  {
    title: 'Two words',
    inputs: { x: [{ shape: ['batch', 2], dtype: 'int32', meaning: 'tokens', classes: 9 }] },
  },
];

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const x = wholeOrFloat(tf, tensorOn(inputs, 'x'));
    return { outputs: byPart(tf.unstack(x, axisOf(params, x.rank))) };
  },
};

export const emit: Emit = {
  keras: (context) => {
    const num = numberOf(context.params, 'count');
    return [kerasOperation('core', 'Unstack', { num, axis: axisIn(context) }, { outputs: partIds(num) })];
  },
  torch: (context) => ({
    takes: takesWhole(context),
    forward({ on, keep }) {
      const parts = keep('parts', `${on('x')}.unbind(dim=${axisIn(context)})`);
      return byPart(partIds(numberOf(context.params, 'count')).map((_, at) => `${parts}[${at}]`));
    },
  }),
  onnx: (context) => ({
    takes: takesWhole(context),
    write({ on, node, nodes, constant }) {
      const axis = axisIn(context);
      const parts = nodes('Split', [on('x')], { axis }, numberOf(context.params, 'count'));
      return byPart(parts.map((part) => node('Squeeze', [part, constant([axis], 'int64')])));
    },
  }),
};
