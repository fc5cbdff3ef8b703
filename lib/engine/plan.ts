import { invariant, required } from '@/lib/base/invariant';
import type {
  Emit,
  Fetch,
  Fold,
  Op,
  Path,
  Program,
  Sweep,
  Update,
  ValueId,
  Variable,
  VariableId,
} from '@/lib/compile/program';
import { gradientInputs } from '@/lib/nodes/common/gradient-inputs';
import type { Face, FoldRun, HoldRun, Kind, OptimizerRun, PlainParams, SinkRun } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';

export type Kinds = Record<string, Kind>;

/** An update and what its slice splits into: ops that no chosen weight reaches run off the gradient tape, before the others. */
export interface UpdatePlan {
  task: Update;
  free: Op[];
  taped: Op[];
  /** Values of taped ops that a gradient gets through. */
  reached: ReadonlySet<ValueId>;
  optimizer: OptimizerRun;
  folds: Fold[];
}

/** A program with its references looked up. */
export interface Plan {
  program: Program;
  kinds: Kinds;
  ops: Map<Path, Op>;
  /** Place of each op in the program's topological order. */
  places: Map<Path, number>;
  folds: Map<Path, Fold>;
  variables: Map<VariableId, Variable>;
  fetch: Fetch | null;
  updates: UpdatePlan[];
  sweeps: Sweep[];
  emits: Emit[];
  /** Dataset nodes, in the program's order. */
  datasets: Op[];
  clocks: Op[];
  /** The dataset node that a fold's inputs come from, where there is one. */
  origins: Map<Path, Path>;
}

/** Looks up every reference of a program once. Throws (a bug) where one leads nowhere. */
export function planProgram(program: Program, kinds: Kinds): Plan {
  const ops = new Map(program.ops.map((op) => [op.id, op]));
  const folds = new Map(program.folds.map((fold) => [fold.id, fold]));
  const { tasks } = program;
  const datasets = program.ops.filter((op) => isDataset(op, kinds));
  const opsOf = (paths: Path[]): Op[] => paths.map((path) => required(ops.get(path), `op ${path}`));
  return {
    program,
    kinds,
    ops,
    places: new Map(program.ops.map((op, i) => [op.id, i])),
    folds,
    variables: new Map(program.variables.map((variable) => [variable.id, variable])),
    fetch: tasks.find((task) => task.do === 'fetch') ?? null,
    updates: tasks
      .filter((task) => task.do === 'update')
      .map((task) => {
        const { free, taped, reached } = splitByTape(opsOf(task.ops), task.weights, kinds);
        const kind = kindOf(kinds, task.algorithm);
        invariant(kind.run?.as === 'optimizer', `${task.algorithm} is an optimizer`);
        const own = task.folds.map((id) => required(folds.get(id), `fold ${id}`));
        return { task, free, taped, reached, optimizer: kind.run.optimizer, folds: own };
      }),
    sweeps: tasks.filter((task) => task.do === 'sweep'),
    emits: tasks.filter((task) => task.do === 'emit'),
    datasets,
    clocks: program.ops.filter((op) => op.where === 'clock'),
    origins: originsOf(program, datasets),
  };
}

/** Slots that an update's algorithm keeps for each weight, with their first value. */
export const slotsOf = ({ task, optimizer }: UpdatePlan): [string, number][] =>
  Object.entries(optimizer.slots).flatMap(([name, first]): [string, number][] => {
    const value = first(task.params);
    return value === null ? [] : [[name, value]];
  });

export const kindOf = (kinds: Kinds, id: string): Kind => required(kinds[id], `kind ${id}`);

export const isDataset = (op: Op, kinds: Kinds): boolean =>
  op.where === 'source' && kinds[op.kind]?.face.role === 'dataset';

/** Ops of a task's slice, in order. */
export const sliceOf = (plan: Plan, paths: Path[]): Op[] =>
  paths.map((path) => required(plan.ops.get(path), `op ${path}`));

/** What a fold measures, or null where a loss folds itself: its mean over the examples. */
export function foldMeasure(kinds: Kinds, fold: Fold): Pick<FoldRun, 'combine' | 'measure'> | null {
  if (!('metric' in fold.gives)) return holdRun(kinds, fold);
  return foldRun(kinds, fold);
}

/** A metric's formula, or null where a loss folds itself. */
export function foldRun(kinds: Kinds, fold: Fold): FoldRun | null {
  const run = kinds[fold.kind]?.run;
  return run?.as === 'fold' ? run.fold : null;
}

/** How a fold makes tensors: its own, or the fit of an op. */
export function holdRun(kinds: Kinds, fold: Fold): HoldRun {
  const { run } = kindOf(kinds, fold.kind);
  const hold = run?.as === 'hold' ? run.hold : run?.as === 'op' ? run.fit : undefined;
  return required(hold, `${fold.kind} holds or fits`);
}

export function sinkRun(kinds: Kinds, emit: Emit): SinkRun {
  const run = kindOf(kinds, emit.sink).run;
  invariant(run?.as === 'sink', `${emit.sink} is a sink`);
  return run.sink;
}

export const specsOf = (program: Program, inputs: Record<string, ValueId[]>): Record<string, Spec[]> =>
  Object.fromEntries(
    Object.entries(inputs).map(([port, ids]) => [port, ids.map((id) => required(program.values[id], `spec of ${id}`))]),
  );

/** Ports of an op whose inputs get no gradient. */
export const stopsGradient = (face: Face, params: PlainParams, port: string): boolean =>
  gradientInputs(face, params)?.includes(port) === false;

/** Follows each fold's wires back to the first data set above them. */
function originsOf(program: Program, datasets: Op[]): Map<Path, Path> {
  const above = new Map<ValueId, Path>();
  for (const op of program.ops) {
    const own = datasets.includes(op) ? op.id : undefined;
    const origin =
      own ??
      Object.values(op.in)
        .flat()
        .map((id) => above.get(id))
        .find((path) => path !== undefined);
    if (origin !== undefined) for (const id of Object.values(op.out)) above.set(id, origin);
  }
  const origins = new Map<Path, Path>();
  for (const fold of program.folds) {
    const origin = Object.values(fold.in)
      .flat()
      .map((id) => above.get(id))
      .find((path) => path !== undefined);
    if (origin !== undefined) origins.set(fold.id, origin);
  }
  return origins;
}

/** What follows from a taped op comes after it, but only what a gradient gets to counts as reached. */
function splitByTape(ops: Op[], weights: VariableId[], kinds: Kinds): Pick<UpdatePlan, 'free' | 'taped' | 'reached'> {
  const chosen = new Set(weights);
  const reached = new Set<ValueId>();
  const late = new Set<ValueId>();
  const free: Op[] = [];
  const taped: Op[] = [];
  for (const op of ops) {
    const { face } = kindOf(kinds, op.kind);
    const learns = Object.values(op.uses).some((variable) => chosen.has(variable));
    const inputs = Object.entries(op.in);
    if (!learns && !inputs.some(([, ids]) => ids.some((id) => late.has(id)))) {
      free.push(op);
      continue;
    }
    taped.push(op);
    for (const id of Object.values(op.out)) late.add(id);
    const carries = inputs.some(
      ([port, ids]) => !stopsGradient(face, op.params, port) && ids.some((id) => reached.has(id)),
    );
    if (learns || carries) for (const id of Object.values(op.out)) reached.add(id);
  }
  return { free, taped, reached };
}
