import { canonicalJson } from '@/lib/base/hash';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import type { Spec } from '@/lib/tensor/spec';
import { canStep } from './can-step';
import { checkAssets } from './check-assets';
import { checkCalls } from './check-calls';
import { checkGradients } from './check-gradients';
import { checkHabits } from './check-habits';
import { checkPorts } from './check-ports';
import { checkSampling } from './check-sampling';
import { checkSizes } from './check-sizes';
import { checkSwitches } from './check-switches';
import { checkTraining } from './check-training';
import { checkUse } from './check-use';
import { assetOf, type CompileContext, faceEnv, limitsOf } from './context';
import { diagnoseProblem } from './diagnose-problem';
import { findRegions } from './find-regions';
import { addFixes } from './fixes/add-fixes';
import { weighFixes } from './fixes/weigh-fixes';
import type { Workbench } from './fixes/workbench';
import { type FlatNode, placeOf, titleOf } from './flat';
import { flatten } from './flatten';
import { hashProgram } from './hash-program';
import { inferSpecs } from './infer-specs';
import { liveBodies, liveOps, trimOutputs } from './live-ops';
import { entriesOf, makeBodies, opsInside } from './make-bodies';
import { makeOps } from './make-ops';
import { makeVariables, type Variables } from './make-variables';
import { makeInsights, measureNodes, totalsOf } from './measure';
import { NO_MEMORY } from './measure-memory';
import { orderNodes } from './order-nodes';
import { planFunctions } from './plan-functions';
import { planTasks } from './plan-tasks';
import type { Body, NodeReport, Op, Path, Program, ValueId } from './program';
import { resolveDocumentParams } from './resolve-params';
import { resolveSettings } from './resolve-settings';
import type { CompileResult } from './result';
import { shareWeights } from './share-weights';
import { readsOf, Slicer } from './slices';
import { trainingOf } from './steps';

/**
 * What a document means: the program that engines run, what is wrong with the document, and figures for every node.
 * Pure: equal documents give equal results. `program` is absent where an error stands in the way; the figures are
 * there as far as they go. Specification: docs/programs.md.
 */
export function compile(document: Document, context: CompileContext): CompileResult {
  const { bench, ...result } = compileOnce(document, context);
  if (context.fixes === false) return result;
  const fixed = bench ? addFixes(bench, result.diagnostics) : result.diagnostics;
  const again = (changed: Document) => compile(changed, { ...context, fixes: false, program: false });
  return { ...result, diagnostics: weighFixes(document, fixed, result.totals.parameters, again) };
}

/** The chain of passes; fixes that need the whole picture come after it. */
function compileOnce(document: Document, context: CompileContext): CompileResult & { bench?: Workbench } {
  const diagnostics: Diagnostic[] = [];
  const env = faceEnv(document, context);
  const params = resolveDocumentParams(document, context);
  const settings = resolveSettings(document, params.values, context.batch);
  const { flat, diagnostics: flattening } = flatten(document, context, params.values);
  diagnostics.push(...params.diagnostics, ...settings.diagnostics, ...flattening);
  if (!flat) return refused(diagnostics);

  diagnostics.push(...checkPorts(flat, env));
  const { order, circles } = orderNodes(flat);
  diagnostics.push(...circles.map(circleProblem));
  const specs = inferSpecs(flat, order, env);
  const bench: Workbench = { document, context, env, flat, order, inferred: specs.inferred };
  diagnostics.push(
    ...specs.diagnostics,
    ...specs.problems.map((found) => diagnoseProblem(bench, found, context.fixes !== false)),
  );
  const sharing = shareWeights(flat, order, specs.inferred);
  diagnostics.push(...sharing.diagnostics);
  const batch = settings.symbols.batch ?? 1;
  const asset = (id: string) => assetOf(context, id);
  const variables = makeVariables(order, specs.inferred, sharing, flat, batch, asset);
  const { ops: all, values } = makeOps(order, specs.inferred, variables);
  const made = makeBodies(order, all);
  const steps = (caller: Path) => {
    const body = made.bodies[caller];
    return body !== undefined && canStep(body, context.kinds);
  };
  const forms = { flat, order, inferred: specs.inferred, variables, batch, steps };
  const reports = measureNodes(forms);
  const totals = totalsOf(flat, reports, forms.batch);
  diagnostics.push(
    ...checkSizes({ ...forms, totals, reports, symbols: settings.symbols, limits: limitsOf(context) }, document),
  );
  diagnostics.push(
    ...checkTraining(flat),
    ...checkUse(flat),
    ...checkAssets(flat, variables, asset),
    ...checkCalls(flat, variables),
    ...checkSwitches(order, specs.inferred),
  );

  const { ops, bodies, regions } = findRegions({ ...made, nodes: flat.nodes, values });
  const main = order.filter((node) => node.within === undefined);
  const slicer = new Slicer(ops);
  diagnostics.push(...checkSampling(flat, slicer));
  const training = trainingOf(flat);
  const isTainted = (path: Path) => specs.inferred.get(path)?.tainted !== false;
  const calls = planFunctions(main, slicer);
  const { functions } = calls;
  diagnostics.push(...checkGradients({ document, ops, bodies, nodes: flat.nodes, values, regions, isTainted }));
  const plan = planTasks({
    document,
    flat,
    order: main,
    slicer,
    bodies,
    values,
    variables,
    training,
    functions,
    isTainted,
    card: env.dataset,
  });
  for (const [path, follows] of plan.follows) {
    const op = ops.get(path);
    if (op) ops.set(path, { ...op, follows });
  }
  const updates = plan.tasks.filter((task) => task.do === 'update');
  diagnostics.push(
    ...plan.diagnostics,
    ...calls.diagnostics,
    ...checkHabits({
      document,
      flat,
      order: main,
      slicer,
      updates,
      run: plan.run,
      training,
      batch,
      variables: variables.all,
      card: env.dataset,
    }),
  );

  const result = {
    bench,
    diagnostics: sortDiagnostics(diagnostics),
    nodes: makeInsights(forms, reports),
    totals,
  };
  if (context.program === false || diagnostics.some(({ severity }) => severity === 'error')) return result;
  const live = liveOps(plan.tasks, calls.functions);
  const kept = trimOutputs(
    [...ops.values()].filter((op) => live.has(op.id)),
    plan.tasks,
    plan.folds,
    calls.functions,
    flat.nodes,
  );
  const inner = liveBodies(kept, bodies);
  const everyOp = [...kept, ...opsInside(kept, inner)];
  const unhashed: Omit<Program, 'hash'> = {
    format: 'program/1',
    symbols: settings.symbols,
    values: valuesOf(everyOp, inner, values),
    variables: usedVariables(variables, kept),
    ops: kept,
    bodies: inner,
    folds: plan.folds,
    tasks: plan.tasks,
    functions: calls.functions,
    run: plan.run,
    report: pick(reports, everyOp),
    seed: typeof training?.params.seed === 'number' ? training.params.seed : 0,
  };
  return { program: { ...unhashed, hash: hashProgram(unhashed) }, ...result };
}

function pick(reports: ReadonlyMap<Path, NodeReport>, ops: readonly Op[]): Record<Path, NodeReport> {
  const picked: Record<Path, NodeReport> = {};
  for (const { id } of ops) {
    const report = reports.get(id);
    if (report) picked[id] = report;
  }
  return picked;
}

/** Specs of all that the ops give and read, layers' variables included. */
function valuesOf(
  ops: readonly Op[],
  bodies: Readonly<Record<Path, Body>>,
  specs: ReadonlyMap<ValueId, Spec>,
): Record<ValueId, Spec> {
  const values: Record<ValueId, Spec> = {};
  const made = ops.flatMap((op) => [...Object.values(op.out), ...readsOf(op)]);
  for (const id of [...made, ...entriesOf(bodies)]) {
    const spec = specs.get(id);
    if (spec) values[id] = spec;
  }
  return values;
}

const refused = (diagnostics: Diagnostic[]): CompileResult => ({
  diagnostics: sortDiagnostics(diagnostics),
  nodes: {},
  totals: { nodes: 0, parameters: 0, trainableParameters: 0, flops: 0, activationBytes: 0, memory: NO_MEMORY },
});

function usedVariables({ all, averages }: Variables, live: readonly Op[]) {
  const used = new Set(live.flatMap((op) => Object.values(op.uses)));
  // An average starts as a copy of what it follows.
  for (const id of used) {
    const average = averages.get(id);
    if (average) used.add(average.of);
  }
  return [...all.values()].filter((variable) => used.has(variable.id));
}

/** One circle of value edges, with the last edge to cut. */
function circleProblem(circle: FlatNode[]): Diagnostic {
  const first = circle[0] as FlatNode;
  const last = circle.at(-1) as FlatNode;
  const back = [...first.wires.values()].flat().find((wire) => wire.from === last.path);
  const names = circle.map(titleOf);
  return {
    code: 'cycle',
    severity: 'error',
    message: `${[...names, names[0]].join(' → ')} is a circle: each would need the other first. Cut a wire.`,
    at: placeOf(first, back ? { edge: back.edge } : {}),
    expected: 'wires that lead forward',
    received: `a circle of ${circle.length}`,
    ...(back
      ? {
          fix: {
            title: `Cut the wire from ${titleOf(last)} to ${titleOf(first)}`,
            command: { do: 'remove-edge', graph: first.graph, id: back.edge } as const,
          },
        }
      : {}),
  };
}

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

/** Errors first; of the copies of a block, one speaks for all. */
function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  const distinct = diagnostics.filter(({ code, at, message }) => {
    const key = canonicalJson([code, at.graph, at.node, at.port, at.param, at.edge, message]);
    return !seen.has(key) && seen.add(key);
  });
  return distinct.sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
}
