import { invariant, required } from '@/lib/base/invariant';
import { concreteShape } from '@/lib/tensor/spec';
import type { CompiledStep, Feed, StepCompiler, StepSession, TracedStep } from './host';
import { type StateTensors, send } from './state-tensors';
import { splitKey } from './traced-scope';
import type { TrainingRun } from './training-run';

/** A compiled step with the parts of the run's state that it reads and writes, and what its trace noted. */
export interface Compiled<Note = unknown> {
  session: StepSession;
  step: CompiledStep;
  reads: [StateTensors, string][];
  writes: [StateTensors, string][];
  note: Note;
}

export interface ToCompile<Note> {
  /** Keys of all that the code reads of the run's state. */
  state: readonly string[];
  trace(compiler: StepCompiler): TracedStep;
  example: Feed;
  /** What the trace fills in. */
  note: Note;
}

/**
 * Compiles once for each key. Null where that cannot be: the run then works eagerly there, and `run.graphs.refused` says why.
 * `what` is not asked for twice.
 */
export function compilationOf<Note>(run: TrainingRun, key: string, what: () => ToCompile<Note>): Compiled<Note> | null {
  const { compiler } = run.host;
  if (!compiler) return null;
  const known = run.graphs.compiled.get(key);
  if (known !== undefined) return known as Compiled<Note> | null;
  run.graphs.session ??= compiler.open({ flops: flopsAtOnce(run, compiler) });
  const { session } = run.graphs;
  const { state, trace, example, note } = what();
  const parts = (names: readonly string[]) => names.map((one) => partOf(run, one));
  let made: Compiled<Note> | null = null;
  try {
    send(session, parts(state));
    const step = session.compile(trace(compiler), example);
    made = { session, step, reads: parts(step.reads), writes: parts(step.writes), note };
  } catch (error) {
    const reason = compiler.reason(error);
    if (reason === null) throw error;
    run.graphs.refused.add(reason);
  }
  run.graphs.compiled.set(key, made);
  return made;
}

/** `variable:<id>`, `slot:<update>:<variable>:<slot>`, `accumulated:<update>:<variable>`. */
function partOf(run: TrainingRun, key: string): [StateTensors, string] {
  const [what, rest] = splitKey(key);
  if (what === 'variable') return [run.device.variables, rest];
  invariant(what === 'slot' || what === 'accumulated', `${key} is a part of the state`);
  const [path, name] = splitKey(rest);
  const optimizer = required(run.device.optimizers.get(path), path);
  return [what === 'slot' ? optimizer.slots : optimizer.accumulated, name];
}

/**
 * Of an iteration, forward as the report counts it and about twice that for backward; of layers that read step by step, one
 * step: how much there is to do at once says whether a second thread pays. What is split anyway does not count.
 */
function flopsAtOnce({ program, plan, calendar }: TrainingRun, compiler: StepCompiler): number {
  const counted = Object.entries(program.report).map(([path, { flops }]) => {
    const op = plan.ops.get(path);
    const x = op?.in.x?.[0];
    if (op && compiler.splits(op.kind)) return 0;
    const stepwise = op && plan.kinds[op.kind]?.face.category === 'recurrent';
    if (!stepwise || x === undefined) return flops;
    const [, time] = concreteShape(program.values[x]?.shape ?? [], program.symbols);
    return flops / Math.max(1, time ?? 1);
  });
  return 3 * calendar.batch * counted.reduce((sum, flops) => sum + flops, 0);
}
