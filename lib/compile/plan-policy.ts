import type { DatasetCard } from '@/lib/datasets/card';
import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import { type FlatNode, placeOf, wireInto } from './flat';
import { producerOf, valueId } from './make-ops';
import { betterOf } from './plan-followed';
import type { Due, Fold, Op, Path, RunPolicy } from './program';

interface Around {
  fetchSources: readonly Op[];
  /** Every step's loss is understood; otherwise nothing is said that may follow from what is wrong with it. */
  sound: boolean;
  folds: readonly Fold[];
  /** Folds that a validation sweep measures. */
  validated: ReadonlySet<Path>;
  cardOf(op: Op): DatasetCard | undefined;
  /** What would give a fold validation data. */
  holdOut(fold: Fold): Fix | undefined;
  /** Node behind a fold. */
  nodeOf(path: Path): FlatNode | undefined;
}

/** Training's params as the run's policy. */
export function planPolicy(training: FlatNode, around: Around): { run: RunPolicy; diagnostics: Diagnostic[] } {
  const { params } = training;
  const diagnostics: Diagnostic[] = [];
  const finite = around.fetchSources.filter((op) => (around.cardOf(op)?.counts.train ?? 0) > 0);
  const longest = [...finite].sort(
    (a, b) => (around.cardOf(b)?.counts.train ?? 0) - (around.cardOf(a)?.counts.train ?? 0) || (a.id < b.id ? -1 : 1),
  )[0];
  const chosen = finite.find((op) => op.id === params.epochOf);
  const epochSource = (chosen ?? longest)?.id ?? null;
  let length = lengthOf(training);
  if ('epochs' in length && epochSource === null && around.sound) {
    diagnostics.push({
      code: 'epochs-without-data',
      severity: 'error',
      message:
        'An epoch is one pass over a data set, but nothing here that trains reads one. Count iterations instead.',
      at: placeOf(training, { param: 'epochs' }),
      expected: 'a length in iterations, or a data set',
      received: `${length.epochs} epochs`,
      fix: {
        title: 'Train for 1,000 iterations',
        command: {
          do: 'batch',
          title: 'Train for 1,000 iterations',
          commands: [
            { do: 'set-param', graph: training.graph, id: training.id, param: 'lengthBy', value: 'iterations' },
            { do: 'set-param', graph: training.graph, id: training.id, param: 'iterations', value: 1000 },
          ],
        },
      },
    });
    length = { iterations: 1000 };
  }
  const monitor = monitorOf(training, around, diagnostics);
  return {
    run: {
      length,
      epochSource,
      updates: params.updates === 'together' ? 'together' : 'in-order',
      remainder: params.remainder === 'drop' ? 'drop' : 'keep',
      validationBatches: numberOr(params.validationBatches, 16),
      validate: dueOf(params.validate, length, epochSource !== null),
      checkpoint: dueOf(params.checkpoint, length, epochSource !== null),
      ...(monitor ? { monitor } : {}),
    },
    diagnostics,
  };
}

const numberOr = (value: unknown, fallback: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : fallback;

const lengthOf = ({ params }: FlatNode): RunPolicy['length'] =>
  params.lengthBy === 'iterations'
    ? { iterations: numberOr(params.iterations, 1000) }
    : { epochs: numberOr(params.epochs, 1) };

/** After every `every` iterations; 0: after every epoch, or after each tenth of a run that has none. */
function dueOf(every: unknown, length: RunPolicy['length'], epochs: boolean): Due {
  if (typeof every === 'number' && every > 0) return { at: 'iteration', every };
  if (epochs) return { at: 'epoch' };
  return { at: 'iteration', every: Math.max(1, 'iterations' in length ? Math.ceil(length.iterations / 10) : 100) };
}

function monitorOf(training: FlatNode, around: Around, diagnostics: Diagnostic[]): RunPolicy['monitor'] | undefined {
  const wire = wireInto(training, 'monitor');
  if (!wire) return undefined;
  const fold = around.folds.find((candidate) => candidate.id === producerOf(valueId(wire.from, wire.port)));
  if (!fold || !('metric' in fold.gives)) return undefined;
  if (!around.validated.has(fold.id)) {
    const fix = around.holdOut(fold);
    diagnostics.push({
      code: 'no-validation',
      severity: 'warning',
      message:
        'Training watches a metric on validation data, but the data set has none, so nothing is watched. Hold out a part of the data for validation.',
      at: placeOf(training, { port: 'monitor', edge: wire.edge }),
      expected: 'a data set with a validation split',
      received: 'training data only',
      ...(fix && { fix }),
    });
    return undefined;
  }
  const { params } = training;
  return {
    metric: `val.${fold.gives.metric}`,
    better: betterOf(training, around.nodeOf(fold.id)),
    patience: numberOr(params.patience, 0),
    minDelta: numberOr(params.minDelta, 0),
    restoreBest: params.restoreBest !== false,
  };
}
