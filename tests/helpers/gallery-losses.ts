import { compile } from '@/lib/compile/compile';
import type { Program, Task, Update } from '@/lib/compile/program';
import type { EngineHost } from '@/lib/engine/host';
import { gallery } from '@/lib/gallery/gallery.generated';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { collectRun } from './collect-run';

export type Losses = Record<string, number>[];

/** Entries with something to train. */
export const trainedEntries = Object.values(gallery)
  .filter(({ document }) => document.presets.quick)
  .map(({ id }) => id);

const NUMBERS: Record<'sgd' | 'adam', Update['numbers']> = {
  sgd: { rate: 0.001, decay: 0 },
  adam: { rate: 0.0003, decay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
};

/** Losses of an entry's first steps (metrics count: a rounding error may turn a pixel), with its quick settings (of its last variant), all by one algorithm. */
export async function lossesOf(
  id: string,
  host: EngineHost,
  { algorithm, iterations }: { algorithm: 'sgd' | 'adam'; iterations: number },
): Promise<Losses> {
  const program = onlySteps(programOf(id), algorithm, iterations);
  const { events } = await collectRun(program, host);
  const counts = new Set(
    program.folds.flatMap(({ kind, gives }) => ('metric' in gives && !isLoss(kind) ? [gives.metric] : [])),
  );
  return events.flatMap((event): Losses => {
    if (event.type !== 'metrics') return [];
    const losses = Object.entries(event.values).filter(([key]) => !counts.has(key.replace(/^train\./, '')));
    return [Object.fromEntries(losses.map(([key, value]) => [key, value ?? Number.NaN]))];
  });
}

const isLoss = (kind: string): boolean => kinds[kind]?.face.category === 'losses';

function programOf(id: string): Program {
  const document = gallery[id]?.document;
  if (!document) throw new Error(`no entry ${id}`);
  const set = document.variants.at(-1)?.set ?? {};
  const datasets = nodeDatasets().cards();
  const { program, diagnostics } = compile(document, { kinds, datasets, preset: 'quick', set });
  if (!program) throw new Error(diagnostics.map((one) => one.message).join('\n'));
  return program;
}

/** Without what only looks at the weights: validation, tests, samples. */
function onlySteps(program: Program, algorithm: 'sgd' | 'adam', iterations: number): Program {
  const { monitor: _, ...run } = program.run;
  return {
    ...program,
    run: { ...run, length: { iterations } },
    tasks: program.tasks.flatMap((task): Task[] => {
      if (task.do === 'update') return [{ ...task, algorithm, numbers: NUMBERS[algorithm] }];
      const needed =
        task.do === 'fetch' || (task.do === 'sweep' && (task.due.at === 'start' || task.due.at === 'epoch'));
      return needed ? [task] : [];
    }),
  };
}

/** The largest relative difference; of values near zero, relative to a hundredth. NaN where one lacks what the other has. */
export function difference(a: Losses, b: Losses): number {
  if (a.length !== b.length || a.length === 0) return Number.NaN;
  const pairs = a.flatMap((values, i) =>
    Object.entries(values).map(([key, x]) => [x, b[i]?.[key] ?? Number.NaN] as const),
  );
  return Math.max(...pairs.map(([x, y]) => Math.abs(x - y) / Math.max(Math.abs(y), 0.01)));
}
