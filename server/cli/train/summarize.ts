import type { FinishLine } from './finish-line';

const digits = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(6))));

/** The end of a run for people: how it ended, its metrics, and whether it reached what was stated. */
export function summarize(line: FinishLine): void {
  const speed = line.examplesPerSecond > 0 ? `, ${Math.round(line.examplesPerSecond)} examples/s` : '';
  console.log(`${line.status} after ${line.seconds.toFixed(1)} s on ${line.engine}${speed}`);
  if (line.reason !== undefined) console.log(`  ${line.reason}`);
  for (const [key, value] of Object.entries(line.metrics)) console.log(`  ${key.padEnd(24)}${digits(value)}`);
  for (const { metric, op, value, got, met } of line.expected)
    console.log(`  ${met ? '✓' : '✗'} ${metric} ${op} ${digits(value)}: ${digits(got)}`);
}
