import { canonicalJson } from '@/lib/base/hash';
import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import { appendStep, fillInput, insertTraining, nameAsLoss } from './missing-parts';
import { instanceAt, nodeAt, type Workbench } from './workbench';

/** Diagnostics with the commands that mend them. Those that one command mends are one: the first, the gravest. */
export function addFixes(bench: Workbench, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return mergeSameCause(
    bench,
    diagnostics.map((diagnostic) => {
      const found = proposals(bench, diagnostic);
      const all = [...(diagnostic.fix ? [diagnostic.fix] : []), ...(diagnostic.alternatives ?? [])];
      return withFixes(diagnostic, [...found, ...all]);
    }),
  );
}

export function withFixes(diagnostic: Diagnostic, fixes: readonly Fix[]): Diagnostic {
  const { fix: _, alternatives: __, ...rest } = diagnostic;
  const [fix, ...alternatives] = fixes;
  return { ...rest, ...(fix ? { fix } : {}), ...(alternatives.length > 0 ? { alternatives } : {}) };
}

function proposals(bench: Workbench, diagnostic: Diagnostic): Fix[] {
  const { code, at, fix } = diagnostic;
  const node = nodeAt(bench, at);
  const instance = instanceAt(bench, at);
  if (instance && code === 'input-missing' && at.port !== undefined) return fillInput(bench, instance, at.port);
  if (!node) return [];
  const some = (made: Fix | undefined) => (made ? [made] : []);
  if (code === 'input-missing' || code === 'no-loss')
    return at.port === undefined ? [] : fillInput(bench, node, at.port);
  if (code === 'no-training' && !fix) return some(insertTraining(bench));
  if (code === 'step-unused') return some(appendStep(bench, node));
  if (code === 'port-type' && at.port !== undefined && at.edge !== undefined && isTensorForLoss(diagnostic))
    return some(nameAsLoss(bench, node, at.port, at.edge));
  return [];
}

const isTensorForLoss = ({ expected, received }: Diagnostic) => expected === 'loss' && received === 'tensor';

const GRAVITY = { error: 0, warning: 1, info: 2 } as const;

/** A loss and a metric that stumble over the same wire have one cause; the loss speaks. */
function mergeSameCause(bench: Workbench, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const weight = (diagnostic: Diagnostic) =>
    2 * GRAVITY[diagnostic.severity] + (nodeAt(bench, diagnostic.at)?.face?.makes === 'loss' ? 0 : 1);
  const kept: Diagnostic[] = [];
  const byCause = new Map<string, number>();
  for (const diagnostic of diagnostics) {
    const cause = diagnostic.fix ? canonicalJson(diagnostic.fix.command) : undefined;
    const before = cause === undefined ? undefined : byCause.get(cause);
    const other = before === undefined ? undefined : kept[before];
    if (before !== undefined && other) {
      if (weight(diagnostic) < weight(other)) kept[before] = diagnostic;
      continue;
    }
    if (cause !== undefined) byCause.set(cause, kept.length);
    kept.push(diagnostic);
  }
  return kept;
}
