import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import { type FlatNode, placeOf, titleOf, wireInto } from './flat';
import type { Fold, Op, Path } from './program';

export type Follows = NonNullable<Op['follows']>;

/** The metrics that clocks follow: measured by the validation sweep, or not at all. */
export function planFollowed(
  order: readonly FlatNode[],
  folds: readonly Fold[],
  validated: ReadonlySet<Path>,
  holdOut: (fold: Fold) => Fix | undefined,
): { follows: Map<Path, Follows>; diagnostics: Diagnostic[] } {
  const follows = new Map<Path, Follows>();
  const diagnostics: Diagnostic[] = [];
  for (const node of order) {
    const wire = node.face?.role === 'clock' ? wireInto(node, 'metric') : undefined;
    if (!wire) continue;
    const fold = folds.find(({ id }) => id === wire.from);
    if (!fold || !('metric' in fold.gives)) continue;
    if (validated.has(fold.id)) {
      const measures = order.find(({ path }) => path === fold.id);
      follows.set(node.path, { metric: `val.${fold.gives.metric}`, better: betterOf(node, measures) });
      continue;
    }
    const fix = holdOut(fold);
    diagnostics.push({
      code: 'no-validation',
      severity: 'warning',
      message: `${titleOf(node)} follows a metric on validation data, but there are none, so it never moves. Hold out a part of the data for validation.`,
      at: placeOf(node, { port: 'metric', edge: wire.edge }),
      expected: 'a data set with a validation split',
      received: 'training data only',
      ...(fix && { fix }),
    });
  }
  return { follows, diagnostics };
}

/** What a watcher's param `better` says, or else the metric's kind; losses are better low. */
export function betterOf(watcher: FlatNode, metric: FlatNode | undefined): 'lower' | 'higher' {
  const { better } = watcher.params;
  return better === 'lower' || better === 'higher' ? better : (metric?.face?.better ?? 'lower');
}
