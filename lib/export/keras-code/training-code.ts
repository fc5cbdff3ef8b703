import type { Op, Program, Update, ValueId } from '@/lib/compile/program';
import { cardFor } from '@/lib/datasets/hold-out';
import type { ExportInput } from '../exporter';
import { pythonLiteral } from '../python-text';

/** How the document trains, said with Keras: the arguments of `compile` and `fit`. */
export interface TrainingCode {
  optimizer: string;
  /** Null where the loss is none that Keras applies to the exported output. */
  loss: string | null;
  metrics: string[];
  batch: number;
  epochs: number;
  /** In which order the examples come, as the data set's node has it. */
  order: Order;
}

/** `rows`: row k of each batch goes on in the k-th part of the examples; what is left over comes last, or is dropped. */
export type Order = { by: 'shuffled' } | { by: 'stored' } | { by: 'rows'; remainder: 'keep' | 'drop' };

type Numbers = Update['numbers'];

const ALGORITHMS: Record<string, (text: (key: string) => string, params: Update['params']) => string> = {
  sgd: (text) => `SGD(learning_rate=${text('rate')})`,
  momentum: (text, params) =>
    `SGD(learning_rate=${text('rate')}, momentum=${text('momentum')}${params.nesterov === true ? ', nesterov=True' : ''})`,
  adam: (text, params) =>
    `Adam(learning_rate=${text('rate')}, beta_1=${text('beta1')}, beta_2=${text('beta2')}, epsilon=${text('epsilon')}${params.amsgrad === true ? ', amsgrad=True' : ''})`,
  rmsprop: (text, params) =>
    `RMSprop(learning_rate=${text('rate')}, rho=${text('rho')}, momentum=${text('momentum')}, epsilon=${text('epsilon')}${params.centered === true ? ', centered=True' : ''})`,
};

/** The first update that trains weights of the exported function; null where none does. */
export function trainingCode(input: ExportInput, output: ValueId): TrainingCode | null {
  const { program } = input;
  const fn = program.functions.find((one) => one.name === input.function);
  const own = new Set(fn?.ops.flatMap((path) => Object.values(opAt(program, path)?.uses ?? {})));
  const update = program.tasks.find(
    (task): task is Update => task.do === 'update' && task.weights.some((id) => own.has(id)),
  );
  const make = update && ALGORITHMS[update.algorithm];
  if (!update || !make) return null;
  const text = (key: string) => numberText(input, update.numbers, key, update.params);
  const { length } = program.run;
  const batch = program.symbols.batch ?? 64;
  const steps = stepsPerEpoch(input, batch);
  return {
    optimizer: `keras.optimizers.${make(text, update.params)}`,
    ...lossCode(program, update.loss, output),
    batch,
    epochs: 'epochs' in length ? length.epochs : Math.max(1, Math.round(length.iterations / steps)),
    order: orderOf(program, update),
  };
}

/** The order of the data set that the update reads; of several, that of the first which is not shuffled. */
function orderOf(program: Program, update: Update): Order {
  const slice = new Set(update.ops);
  const read = new Set(program.ops.flatMap((op) => (slice.has(op.id) ? Object.values(op.in).flat() : [])));
  for (const op of program.ops) {
    if (op.kind !== 'dataset' || !Object.values(op.out).some((value) => read.has(value))) continue;
    if (op.params.order === 'stored') return { by: 'stored' };
    if (op.params.order === 'rows') return { by: 'rows', remainder: program.run.remainder };
  }
  return { by: 'shuffled' };
}

const opAt = (program: Program, path: string): Op | undefined => program.ops.find((op) => op.id === path);

const producer = (program: Program, value: ValueId): Op | undefined =>
  opAt(program, value.slice(0, value.lastIndexOf('.')));

function stepsPerEpoch({ program, cards }: ExportInput, batch: number): number {
  const source = program.run.epochSource;
  const op = source === null ? undefined : opAt(program, source);
  const rows = op && cardFor(op.params, (id) => cards[id])?.counts.train;
  return Math.max(1, Math.ceil((rows ?? batch) / batch));
}

/** A constant, or Keras' own schedule where a cosine drives the number. */
function numberText(input: ExportInput, numbers: Numbers, key: string, params: Update['params']): string {
  const number = numbers[key] ?? params[key] ?? 0;
  if (typeof number !== 'string') return pythonLiteral(number);
  const clock = producer(input.program, number);
  const { length } = input.program.run;
  const perEpoch = stepsPerEpoch(input, input.program.symbols.batch ?? 64);
  const whole = 'epochs' in length ? length.epochs * perEpoch : length.iterations;
  const from = Number(clock?.params.from ?? 0.001);
  if (clock?.kind !== 'cosine') return pythonLiteral(from);
  const { over, unit, to, warmup } = clock.params;
  const scale = unit === 'epochs' ? perEpoch : 1;
  const steps = typeof over === 'number' ? over * scale : whole - Number(warmup ?? 0) * scale;
  const start =
    Number(warmup ?? 0) > 0 ? `0.0, warmup_target=${from}, warmup_steps=${Number(warmup) * scale}` : `${from}`;
  return `keras.optimizers.schedules.CosineDecay(${start}, decay_steps=${steps}, alpha=${from === 0 ? 0 : Number(to ?? 0) / from})`;
}

/** The document's loss as Keras has it for the exported output: from logits where the output is what the loss sees. */
function lossCode(program: Program, loss: ValueId, output: ValueId): Pick<TrainingCode, 'loss' | 'metrics'> {
  const none = { loss: null, metrics: [] };
  const op = producer(program, loss);
  const scores = op?.in.logits?.[0] ?? op?.in.x?.[0];
  if (!op || !scores) return none;
  const target = op.in.labels?.[0] ?? op.in.target?.[0];
  const squash = producer(program, output);
  const behind = squash?.in.x?.[0] === scores;
  const fn = squash?.kind === 'activation' ? squash.params.function : squash?.kind;
  const direct = scores === output;
  const onehot =
    target !== undefined &&
    (program.values[target]?.shape?.length ?? 0) > 1 &&
    program.values[target]?.meaning === 'one-hot';
  if (op.kind === 'cross-entropy' && (direct || (behind && fn === 'softmax'))) {
    const logits = direct && op.params.from === 'logits' ? 'from_logits=True' : '';
    const name = onehot ? 'CategoricalCrossentropy' : 'SparseCategoricalCrossentropy';
    return { loss: `keras.losses.${name}(${logits})`, metrics: ['accuracy'] };
  }
  if (op.kind === 'bce' && (direct || (behind && fn === 'sigmoid')))
    return {
      loss: `keras.losses.BinaryCrossentropy(${direct && op.params.from === 'logits' ? 'from_logits=True' : ''})`,
      metrics: ['accuracy'],
    };
  if (op.kind === 'mse' && direct) return { loss: 'keras.losses.MeanSquaredError()', metrics: ['mae'] };
  if (op.kind === 'mae' && direct) return { loss: 'keras.losses.MeanAbsoluteError()', metrics: [] };
  return none;
}
