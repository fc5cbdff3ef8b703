import { formatDim, formatShape, type Spec } from '@/lib/tensor/spec';
import { unknownSpec } from '../common/inference';
import { flagOf, numberOf } from '../common/params';
import type {
  EmitContext,
  InferContext,
  Inference,
  KerasEmission,
  KerasLayer,
  OnnxEmission,
  OnnxPlace,
  OpRun,
  RunContext,
  Tensor,
  Tf,
  TorchEmission,
  VariableDecl,
} from '../kind';
import { attendedPorts, callSwitches, onnxLookWhere, TORCH_LOOK, torchLookArguments } from './attention-emission';
import { type Attending, attendingOn, attendingTensors, lookWhere } from './attention-layer';

/** Attention of one head without projections: queries and keys are compared as they are. */

const STEPS = { dtype: 'float32', meaning: 'features' } as const;

export function inferAttention(
  title: string,
  context: InferContext,
  variables: (attending: Attending) => VariableDecl[],
): Inference {
  const { params } = context;
  const outputs = (y: Spec, scores: Spec) => ({ y, ...(flagOf(params, 'scores') && { scores }) });
  const attending = attendingOn(title, context);
  if (attending === null) return { outputs: outputs(unknownSpec(), unknownSpec()) };
  if ('problems' in attending) return { outputs: outputs(unknownSpec(), unknownSpec()), problems: attending.problems };
  const { query, key, value, batch, asks, looked } = attending;
  const [width, own] = [query.shape?.at(-1) ?? null, key.shape?.at(-1) ?? null];
  const specs = outputs(
    { shape: [batch, asks, value.shape?.at(-1) ?? null], ...STEPS },
    {
      shape: [batch, asks, looked],
      dtype: 'float32',
      meaning: 'probabilities',
      range: [0, 1 / (1 - numberOf(params, 'dropout'))],
    },
  );
  if (typeof width === 'number' && typeof own === 'number' && width !== own) {
    const port = context.inputs.key?.[0] ? 'key' : 'value';
    return {
      outputs: specs,
      problems: [
        {
          code: 'shape-mismatch',
          severity: 'error',
          port,
          message: `${title} compares queries with keys number by number, so both must be as wide: ${formatDim(width)} and ${formatDim(own)} are not.`,
          expected: `${formatDim(width)} features`,
          received: formatShape(key.shape),
          remedies: [
            { title: `Insert Dense with ${width} units`, insert: { port, kind: 'dense', params: { units: width } } },
          ],
        },
      ],
    };
  }
  const [t, s, d] = [asks, looked, width].map((dim) => (typeof dim === 'number' ? dim : 1));
  return { outputs: specs, variables: variables(attending), flops: 4 * (t ?? 1) * (s ?? 1) * (d ?? 1) };
}

/** `compare`: scores `[batch, queries, keys]` of queries and keys. */
export const runAttention =
  (compare: (tf: Tf, query: Tensor, key: Tensor, context: RunContext) => Tensor): OpRun =>
  (tf, context) => {
    const { query, key, value } = attendingTensors(tf, context.inputs);
    const scores = lookWhere(tf, context, compare(tf, query, key, context));
    const y = tf.matMul(scores, value);
    return { outputs: flagOf(context.params, 'scores') ? { y, scores } : { y } };
  };

export function kerasAttention(layer: KerasLayer, { params, inputs }: EmitContext): KerasEmission {
  if (inputs.mask?.[0])
    return { unsupported: 'with all values masked, Keras looks at all of them alike and not at none' };
  const { value, key } = attendedPorts(inputs);
  return [
    {
      ...layer,
      config: { ...layer.config, dropout: numberOf(params, 'dropout') },
      call: { args: [['x', value, key]], set: callSwitches(params) },
      ...(flagOf(params, 'scores') && { outputs: ['y', 'scores'] }),
    },
  ];
}

/** `compare`: an expression of the scores from those of queries and keys. */
export const torchAttention = (
  { params, inputs }: EmitContext,
  compare: (query: string, key: string, self: string) => string,
  rest: Omit<TorchEmission, 'forward'> = {},
): TorchEmission => ({
  ...rest,
  helpers: [TORCH_LOOK],
  forward(place) {
    const { on, keep, self } = place;
    const ports = attendedPorts(inputs);
    const scores = keep(
      'scores',
      `look_where(${compare(on('x'), on(ports.key), self)}${torchLookArguments(place, params)})`,
    );
    const y = `${scores} @ ${on(ports.value)}`;
    return flagOf(params, 'scores') ? { y, scores } : { y };
  },
});

export const onnxAttention = (
  context: EmitContext,
  compare: (place: OnnxPlace, query: string, key: string) => string,
): OnnxEmission => ({
  channels: 'last',
  write(place) {
    const ports = attendedPorts(context.inputs);
    const raw = compare(place, place.on('x'), place.on(ports.key));
    const scores = onnxLookWhere(place, context, raw, 3);
    const y = place.node('MatMul', [scores, place.on(ports.value)]);
    return flagOf(context.params, 'scores') ? { y, scores } : { y };
  },
});
