import type { Expectation, Measure } from '@/lib/graph/document';
import { type Expected, type History, isMet, measure } from './expectations';

/** A measure over variants: `relu` is one, `head*` the best of those whose id begins so; without one, the first. */
function measureVariants(
  of: Measure,
  better: 'lower' | 'higher',
  histories: Readonly<Record<string, History>>,
): number | null {
  const ids = Object.keys(histories);
  const wanted = of.variant ?? ids[0] ?? '';
  const chosen = wanted.endsWith('*') ? ids.filter((id) => id.startsWith(wanted.slice(0, -1))) : [wanted];
  const values = chosen.flatMap((id) => {
    const value = measure(of.metric, of.over, better, histories[id] ?? {});
    return value === null ? [] : [value];
  });
  if (values.length === 0) return null;
  return better === 'lower' ? Math.min(...values) : Math.max(...values);
}

/** Whether stated results of a document with variants were reached, each variant having run once. */
export function checkVariantExpectations(
  expected: readonly Expectation[],
  histories: Readonly<Record<string, History>>,
): Expected[] {
  return expected.map((one) => {
    const better = one.op.startsWith('<') ? 'lower' : 'higher';
    const got = measureVariants(one, better, histories);
    const base = one.than ? measureVariants(one.than, better, histories) : (one.value ?? null);
    const value = base === null ? null : base * (one.times ?? 1) + (one.plus ?? 0);
    const metric = one.variant === undefined ? one.metric : `${one.variant}:${one.metric}`;
    return { metric, op: one.op, value, got, met: isMet(got, one.op, value) };
  });
}
