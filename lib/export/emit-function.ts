import { required } from '@/lib/base/invariant';
import type { Op, ValueId } from '@/lib/compile/program';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Channels, EmitContext, EmitPlace, Kind, Takes, Unsupported } from '@/lib/nodes/kind';
import type { Dtype, Spec } from '@/lib/tensor/spec';
import { type Axes, firstToLast, lastToFirst, placedAxis } from './axes';
import type { ExportInput } from './exporter';
import { numbersOf } from './op-numbers';
import { functionOf, opRefusal } from './refusal';
import { unrollCalls } from './unroll-calls';

/** A value on the other side: its name, what it is here, and which order its axes are in there. */
export interface Placed {
  name: string;
  spec: Spec;
  axes: Axes;
}

/** An op with its emission, ready to be written. */
export interface Emitted<E> {
  op: Op;
  kind: Pick<Kind, 'face' | 'emit'>;
  context: EmitContext;
  emission: E;
}

/** A format that is written op by op. */
export interface EmitTarget<E> {
  /** Of the format, for messages. */
  title: string;
  emission(kind: Pick<Kind, 'face' | 'emit'>, context: EmitContext): E | Unsupported | undefined;
  /** All ops, before the first is written. */
  begin(ops: readonly Emitted<E>[]): void;
  /** In which order of axes a value enters; `wanted` is what its first reader wants. */
  input(name: string, value: ValueId, spec: Spec, wanted: Axes): Placed;
  /** In which order of axes an output leaves that stands as `placed`. */
  outputAxes(placed: Placed): Axes;
  transpose(name: string, order: number[]): string;
  /** Whole numbers or truth values as float32. */
  toFloat(name: string, dtype: Dtype): string;
  number(value: number): string;
  /** A variable of an op as a value. */
  variable(emitted: Emitted<E>, slot: string): string;
  write(emitted: Emitted<E>, place: EmitPlace): Record<string, string>;
}

/**
 * Writes a function of the program into a target: every op's emission in order, with channels moved to where the emission
 * wants them and nowhere else. Answers inputs and outputs as they stand, or all reasons why it cannot be written.
 */
export function emitFunction<E extends { channels?: Channels; takes?: Takes }>(
  whole: ExportInput,
  target: EmitTarget<E>,
): { inputs: Placed[]; outputs: (Placed & { output: string })[] } | { diagnostics: Diagnostic[] } {
  const input = unrollCalls(whole);
  const asked = functionOf(input);
  if ('diagnostics' in asked) return asked;
  const { fn } = asked;
  const { program } = input;
  const byId = new Map(program.ops.map((op) => [op.id, op]));
  const specOf = (value: ValueId): Spec => required(program.values[value], `spec of ${value}`);
  const diagnostics: Diagnostic[] = [];
  const emitted: Emitted<E>[] = [];
  for (const path of fn.ops) {
    const op = required(byId.get(path), `op ${path}`);
    if (op.where === 'clock') continue;
    const one = emissionOf(op, input, target, specOf);
    if ('message' in one) diagnostics.push(one);
    else emitted.push(one);
  }
  if (diagnostics.length > 0) return { diagnostics };
  target.begin(emitted);

  const values = new Map<ValueId, Placed>();
  const inputs = fn.inputs.map(({ name, value }) => {
    const placed = target.input(name, value, specOf(value), wantedBy(value, emitted));
    values.set(value, placed);
    return placed;
  });
  const moved = new Map<string, string>();
  const inAxes = ({ name, spec, axes }: Placed, wanted: Axes): string => {
    const rank = spec.shape?.length ?? 0;
    if (rank < 3 || axes === wanted) return name;
    const key = `${name} ${wanted}`;
    const known = moved.get(key) ?? target.transpose(name, wanted === 'first' ? lastToFirst(rank) : firstToLast(rank));
    moved.set(key, known);
    return known;
  };
  const asFloat = new Map<string, string>();
  const taken = (name: string, { spec }: Placed, takes: Takes): string => {
    if (takes === 'any' || spec.dtype === 'float32') return name;
    const known = asFloat.get(name) ?? target.toFloat(name, spec.dtype);
    asFloat.set(name, known);
    return known;
  };

  for (const one of emitted) {
    const { op, emission, context } = one;
    if (Object.values(op.out).every((value) => values.has(value))) continue;
    const arriving = Object.fromEntries(
      Object.entries(op.in).map(([port, ids]) => [
        port,
        ids.map((id): Placed => values.get(id) ?? clockValue(id, input, specOf, target)),
      ]),
    );
    const all = Object.values(arriving).flat();
    const axes = axesFor(emission.channels ?? 'last', all, Object.values(context.outputs));
    const names = Object.fromEntries(
      Object.entries(arriving).map(([port, placed]) => [
        port,
        placed.map((value) => taken(inAxes(value, axes), value, emission.takes ?? 'float32')),
      ]),
    );
    const rank = all[0]?.spec.shape?.length ?? 0;
    const written = target.write(one, {
      inputs: names,
      on: (port) => required(names[port]?.[0], `input ${port} of ${op.kind}`),
      axis: (axis) => placedAxis(axis, rank, axes),
    });
    for (const [port, value] of Object.entries(op.out)) {
      if (values.has(value)) continue;
      const own = written[port];
      values.set(value, {
        name: own ?? target.variable(one, port),
        spec: specOf(value),
        axes: own === undefined ? 'last' : axes,
      });
    }
  }
  const outputs = fn.outputs.map(({ name, value }) => {
    const placed = values.get(value) ?? clockValue(value, input, specOf, target);
    const axes = target.outputAxes(placed);
    return { ...placed, name: inAxes(placed, axes), axes, output: name };
  });
  return { inputs, outputs };
}

function emissionOf<E>(
  op: Op,
  { kinds, clocks }: ExportInput,
  target: EmitTarget<E>,
  specOf: (value: ValueId) => Spec,
): Emitted<E> | Diagnostic {
  const kind = required(kinds[op.kind], `kind ${op.kind}`);
  const refusal = (reason: string) => opRefusal(op, kind, target.title, reason);
  const { numbers, driven } = numbersOf(op, kind, clocks);
  if (driven) return refusal(`its ${driven} follows a schedule, which ends with the training`);
  const inputs = Object.fromEntries(Object.entries(op.in).map(([port, ids]) => [port, ids.map(specOf)]));
  const outputs = Object.fromEntries(Object.entries(op.out).map(([port, id]) => [port, specOf(id)]));
  for (const spec of [...Object.values(inputs).flat(), ...Object.values(outputs)]) {
    if (spec.dtype === 'string') return refusal('it works on text, where numbers are needed');
    if (spec.shape === null) return refusal('the shape of its numbers is not known');
  }
  const context: EmitContext = { params: { ...op.params, ...numbers }, inputs, outputs };
  const emission = target.emission(kind, context);
  if (emission === undefined) return refusal(`it is not written for ${target.title}`);
  if (isUnsupported(emission)) return refusal(emission.unsupported);
  return { op, kind, context, emission };
}

const isUnsupported = (emission: unknown): emission is Unsupported =>
  typeof emission === 'object' && emission !== null && 'unsupported' in emission;

/** The number that a schedule gave at the stored place. */
function clockValue<E>(
  value: ValueId,
  { clocks }: ExportInput,
  specOf: (value: ValueId) => Spec,
  target: EmitTarget<E>,
): Placed {
  return { name: target.number(required(clocks?.[value], `value ${value}`)), spec: specOf(value), axes: 'last' };
}

/** The order in which an op is written: what it asks for, or, where it takes either, the order most of its inputs are in. */
function axesFor(channels: Channels, inputs: readonly Placed[], outputs: readonly Spec[]): Axes {
  if (channels !== 'either') return channels;
  const wide = inputs.filter(({ spec }) => (spec.shape?.length ?? 0) > 0);
  const rank = wide[0]?.spec.shape?.length ?? 0;
  // Where ranks differ, axes are matched from the end: that must be our end.
  const alike = [...wide.map(({ spec }) => spec), ...outputs].every(({ shape }) => shape?.length === rank);
  if (rank < 3 || !alike) return 'last';
  const first = wide.filter(({ axes }) => axes === 'first').length;
  return 2 * first >= wide.length ? 'first' : 'last';
}

/** The order that the readers of a value ask for, looking through those that take either. */
function wantedBy<E extends { channels?: Channels }>(value: ValueId, ops: readonly Emitted<E>[]): Axes {
  const seen = new Set<ValueId>([value]);
  for (const { op, emission } of ops) {
    if (!Object.values(op.in).some((ids) => ids.some((id) => seen.has(id)))) continue;
    if (emission.channels === 'first') return 'first';
    if (emission.channels === 'either') for (const id of Object.values(op.out)) seen.add(id);
  }
  return 'last';
}
