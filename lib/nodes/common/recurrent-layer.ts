import { type Dim, fitsDim, formatShape, type Spec } from '@/lib/tensor/spec';
import type { Field } from '../field';
import type {
  EmitContext,
  InferContext,
  Inference,
  KerasCall,
  KerasLayer,
  PlainParams,
  PortFace,
  Problem,
  VariableDecl,
} from '../kind';
import { rankProblem, specOn, staticProblem, textProblem, unknownOutput, unknownSpec } from './inference';
import { flagOf, numberOf, textOf } from './params';
import { type Cell, cellFlops, cellVariables } from './recurrent-cells';
import { reshapeRemedies } from './reshape-remedies';

const dropField = (title: string, help: string): Field => ({
  type: 'number',
  title,
  default: 0,
  min: 0,
  max: 0.99,
  step: 0.05,
  live: true,
  help,
});

export const unitsField = (): Field => ({
  type: 'number',
  title: 'Units',
  default: 32,
  min: 1,
  max: 65_536,
  soft: [1, 512],
  integer: true,
  logarithmic: true,
  essential: true,
  help: 'How many numbers the layer remembers from step to step.',
});

export const givesField = (): Field => ({
  type: 'choice',
  title: 'Gives',
  default: 'last',
  essential: true,
  choices: [
    { value: 'last', title: 'Last step', help: 'One row for the whole sequence.' },
    { value: 'every', title: 'Every step', help: 'A row for each step.' },
  ],
});

export const dropoutFields = (): Record<string, Field> => ({
  dropout: dropField('Dropout', 'The share of input numbers that is silenced while training, the same at every step.'),
  recurrentDropout: dropField(
    'Recurrent dropout',
    'The share of remembered numbers that the next step does not hear while training, the same at every step.',
  ),
});

/** The fields of all layers that read a sequence in one direction. */
export const readingFields = (): Record<string, Field> => ({
  gives: givesField(),
  backwards: { type: 'switch', title: 'Backwards', default: false, help: 'Reads the sequence from its end.' },
  bias: { type: 'switch', title: 'Bias', default: true },
  ...dropoutFields(),
  state: {
    type: 'switch',
    title: 'Hand out the state',
    default: false,
    help: 'What is remembered after the last step comes out too, such as for the decoder of a translation.',
  },
  stateful: statefulField(),
});

export const statefulField = (): Field => ({
  type: 'switch',
  title: 'Go on where it stopped',
  default: false,
  help: 'While training, each row of a batch begins with what was remembered of that row in the batch before: long sequences are learned in pieces (truncated backpropagation). It begins at zero in every epoch, in validation and in use.',
});

/** The fields that layers over sequences of rows share. */
export const recurrentFields = (): Record<string, Field> => ({ units: unitsField(), ...readingFields() });

export const MASK_INPUT: PortFace = { id: 'mask', title: 'Mask', type: 'tensor', optional: true };

const STATE_TITLES: Record<string, string> = { hidden: 'Hidden state', memory: 'Memory' };

type States = Pick<Cell, 'states'>;

const statePorts = (cell: States, optional: boolean): PortFace[] =>
  cell.states.map((id) => ({
    id,
    title: STATE_TITLES[id] ?? id,
    type: 'tensor',
    ...(optional && ({ optional: true } as const)),
  }));

export const recurrentInputs = (cell: States): PortFace[] => [
  { id: 'x', title: 'Sequence', type: 'tensor' },
  MASK_INPUT,
  ...statePorts(cell, true),
];

export const recurrentOutputs =
  (cell: States) =>
  (params: PlainParams): PortFace[] => [
    { id: 'y', title: 'Output', type: 'tensor' },
    ...(flagOf(params, 'state') ? statePorts(cell, false) : []),
  ];

/** Inputs that have steps. */
export const RECURRENT_STEPS = ['x', 'mask'];

/** Everything but the mask. */
export const recurrentGradients = (cell: States): string[] => ['x', ...cell.states];

/** The last step sees all others, and so does one that is read from the end. */
export const readingTime = (params: PlainParams): 'causal' | 'mixing' =>
  flagOf(params, 'backwards') || textOf(params, 'gives') === 'last' ? 'mixing' : 'causal';

/** Batch, steps and features of a sequence, or why the input is none; null where its rank is not known yet. */
export function sequenceOn(
  title: string,
  x: Spec | undefined,
): { problems: Problem[] } | { batch: Dim; time: Dim; features: Dim } | null {
  if (x?.dtype === 'string') return { problems: [textProblem(title, 'x')] };
  if (!x?.shape) return null;
  const [batch = null, time = null, features] = x.shape;
  if (x.shape.length === 3 && features !== undefined) return { batch, time, features };
  return { problems: [rankProblem(title, 'x', x, [3], [...embeddingFor(x), ...reshapeRemedies('x', x, 3)])] };
}

const embeddingFor = (x: Spec) =>
  x.meaning === 'tokens' && x.shape?.length === 2
    ? [
        {
          title: 'Insert Embedding',
          insert: { port: 'x', kind: 'embedding', params: x.classes === undefined ? {} : { tokens: x.classes } },
        },
      ]
    : [];

/** A mask has one number for each step of the sequence. */
export function maskProblems(title: string, mask: Spec | undefined, batch: Dim, time: Dim): Problem[] {
  if (mask?.dtype === 'string') return [textProblem(title, 'mask')];
  if (!mask?.shape) return [];
  const [rows = null, steps = null] = mask.shape;
  if (mask.shape.length === 2 && fitsDim(rows, batch) && fitsDim(steps, time)) return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: 'mask',
      message: `${title} wants one number of the mask for each step (${formatShape([batch, time])}), but gets ${formatShape(mask.shape)}.`,
      expected: formatShape([batch, time]),
      received: formatShape(mask.shape),
    },
  ];
}

/** `size`: the param that decides how many numbers a state holds, at its last axis. */
export function stateProblems(
  title: string,
  inputs: InferContext['inputs'],
  cell: States,
  state: Dim[],
  size: 'units' | 'filters' = 'units',
): Problem[] {
  return cell.states.flatMap((port): Problem[] => {
    const spec = inputs[port]?.[0];
    if (spec?.dtype === 'string') return [textProblem(title, port)];
    if (!spec?.shape) return [];
    const own = spec.shape.at(-1);
    const ranked = spec.shape.length === state.length;
    if (ranked && spec.shape.every((dim, axis) => fitsDim(dim, state[axis] ?? null))) return [];
    return [
      {
        code: 'shape-mismatch',
        severity: 'error',
        port,
        message: `${title} remembers ${formatShape(state)}, but would start from ${formatShape(spec.shape)}.`,
        expected: formatShape(state),
        received: formatShape(spec.shape),
        remedies: ranked && typeof own === 'number' ? [{ title: `Set ${size} to ${own}`, set: { [size]: own } }] : [],
      },
    ];
  });
}

/**
 * What a stateful layer remembers of each example; `row`: the shape of a state without the batch, `prefix` keeps two
 * directions of one layer apart.
 */
export const stateVariables = (
  params: PlainParams,
  { states }: States,
  row: readonly Dim[],
  prefix = '',
): VariableDecl[] =>
  flagOf(params, 'stateful')
    ? states.map((port) => ({
        slot: stateSlot(port, prefix),
        shape: row.map(Number),
        role: 'carry',
        init: { law: 'zeros' },
        perExample: true,
      }))
    : [];

export const stateSlot = (port: string, prefix = ''): string => `${prefix}${port}_state`;

/** A layer that goes on where it stopped has one beginning, and a row for each example of a batch. */
export function statefulProblems(
  title: string,
  { params, inputs }: Pick<InferContext, 'params' | 'inputs'>,
  { states }: States,
  batch: Dim,
): Problem[] {
  if (!flagOf(params, 'stateful')) return [];
  const fromZero = [{ title: 'Begin at zero', set: { stateful: false } }];
  const problem = (rest: Pick<Problem, 'code' | 'message'> & Partial<Problem>): Problem => ({
    severity: 'error',
    remedies: fromZero,
    ...rest,
  });
  const wired = states.find((port) => inputs[port]?.[0]);
  return [
    ...(wired === undefined
      ? []
      : [
          problem({
            code: 'param-range',
            param: 'stateful',
            message: `${title} begins where it stopped in the batch before, so nothing else can be wired to its ${STATE_TITLES[wired] ?? wired}.`,
          }),
        ]),
    ...(batch === null || batch === 'batch'
      ? []
      : [
          problem({
            code: 'batch-mismatch',
            port: 'x',
            message: `${title} remembers one row for each example of a batch, but gets ${formatShape([batch])} sequences.`,
            expected: 'batch',
            received: formatShape([batch]),
          }),
        ]),
  ];
}

/** The specs of a reading layer's outputs. */
export const readOutputs =
  (params: PlainParams, cell: States) =>
  (y: Spec, state: Spec): Record<string, Spec> => ({
    y,
    ...(flagOf(params, 'state') && Object.fromEntries(cell.states.map((port) => [port, state]))),
  });

/** `[batch, time, features]` becomes `[batch, units]` or `[batch, time, units]`. */
export function inferRecurrent(title: string, { params, inputs }: InferContext, cell: Cell): Inference {
  const x = specOn(inputs, 'x');
  const units = numberOf(params, 'units');
  const out = readOutputs(params, cell);
  const sequence = sequenceOn(title, x);
  if (sequence === null || x === undefined) return { outputs: out(unknownSpec(), unknownSpec()) };
  if ('problems' in sequence)
    return { ...unknownOutput(...sequence.problems), outputs: out(unknownSpec(), unknownSpec()) };
  const { batch, time, features } = sequence;
  const shape: Dim[] = textOf(params, 'gives') === 'every' ? [batch, time, units] : [batch, units];
  const features32 = { dtype: 'float32', meaning: 'features' } as const;
  const outputs = out({ shape, ...features32 }, { shape: [batch, units], ...features32 });
  const problems = [
    ...maskProblems(title, specOn(inputs, 'mask'), batch, time),
    ...stateProblems(title, inputs, cell, [batch, units]),
    ...statefulProblems(title, { params, inputs }, cell, batch),
  ];
  if (typeof features !== 'number')
    return { outputs, problems: [staticProblem(title, 'x', x, 'features'), ...problems] };
  const steps = typeof time === 'number' ? time : 1;
  return {
    outputs,
    variables: [...cellVariables(cell, params, features, units), ...stateVariables(params, cell, [units])],
    flops: steps * cellFlops(cell, features, units),
    problems,
  };
}

/** Keras' layer of a recurrent kind; its weights stand in its cell. */
export function recurrentLayer(className: string, params: PlainParams, config: KerasLayer['config']): KerasLayer {
  const bias = flagOf(params, 'bias');
  return {
    className,
    config: {
      units: numberOf(params, 'units'),
      use_bias: bias,
      return_sequences: textOf(params, 'gives') === 'every',
      return_state: 'state' in params && flagOf(params, 'state'),
      go_backwards: 'backwards' in params && flagOf(params, 'backwards'),
      stateful: false,
      unroll: false,
      dropout: numberOf(params, 'dropout'),
      recurrent_dropout: numberOf(params, 'recurrentDropout'),
      ...config,
    },
    weights: ['kernel', 'recurrent_kernel', ...(bias ? ['bias'] : [])],
    weightsAt: 'cell/vars',
  };
}

/** The layer as this node uses it: with what is wired beside the sequence, and all that it gives. */
export function usedRecurrentLayer(layer: KerasLayer, { inputs, outputs }: EmitContext): KerasLayer {
  const beside = Object.keys(inputs).filter((port) => port !== 'x' && (inputs[port]?.length ?? 0) > 0);
  const call: KerasCall = { args: ['x'], named: { mask: 'mask', initial_state: ['hidden', 'memory'] } };
  return {
    ...layer,
    ...(beside.length > 0 && { call }),
    ...(Object.keys(outputs).length > 1 && { outputs: Object.keys(outputs) }),
  };
}
