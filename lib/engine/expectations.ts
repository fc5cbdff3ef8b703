import type { Expectation } from '@/lib/graph/document';
import type { RunEvent } from '@/lib/protocol/run-event';

export type Expected = Extract<RunEvent, { type: 'finished' }>['expected'][number];

/** Values of each metric in the order of the sweeps that gave them. */
export type History = Record<string, (number | null)[]>;

/** What a measure takes from a metric's history: the last value, the best, or the mean of a quarter. */
export function measure(
  metric: string,
  over: Expectation['over'],
  better: 'lower' | 'higher',
  history: History,
): number | null {
  const values = (history[metric] ?? []).filter((value) => value !== null);
  if (values.length === 0) return null;
  const quarter = Math.max(1, Math.floor(values.length / 4));
  const mean = (some: number[]): number => some.reduce((sum, value) => sum + value, 0) / some.length;
  switch (over ?? 'last') {
    case 'first':
      return values[0] ?? null;
    case 'best':
      return better === 'lower' ? Math.min(...values) : Math.max(...values);
    case 'first-quarter':
      return mean(values.slice(0, quarter));
    case 'last-quarter':
      return mean(values.slice(-quarter));
    default:
      return values.at(-1) ?? null;
  }
}

/** Whether stated results were reached. Those that compare variants are left to whoever ran the variants. */
export function checkExpectations(expected: readonly Expectation[], history: History): Expected[] {
  return expected
    .filter((one) => one.variant === undefined && one.than?.variant === undefined)
    .map((one) => {
      const better = one.op.startsWith('<') ? 'lower' : 'higher';
      const got = measure(one.metric, one.over, better, history);
      const than = one.than ? measure(one.than.metric, one.than.over, better, history) : null;
      const base = one.than ? than : (one.value ?? null);
      const value = base === null ? null : base * (one.times ?? 1) + (one.plus ?? 0);
      return { metric: one.metric, op: one.op, value, got, met: isMet(got, one.op, value) };
    });
}

export function isMet(got: number | null, op: Expectation['op'], value: number | null): boolean {
  if (got === null || value === null) return false;
  if (op === '<') return got < value;
  if (op === '<=') return got <= value;
  return op === '>' ? got > value : got >= value;
}
