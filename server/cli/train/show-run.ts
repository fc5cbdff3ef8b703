import type { RunEvent, RunProgress } from '@/lib/protocol/run-event';

const number = (value: number | null): string => (value === null ? '–' : value.toPrecision(4));

const values = (record: Record<string, number | null>): string =>
  Object.entries(record)
    .map(([key, value]) => `${key} ${number(value)}`)
    .join('  ');

function time(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** `From iteration 90 of x: 8 variables taken over, new dense2/kernel, left behind dense1/bias`. */
function describeBranch({ run, from, variables }: Extract<RunEvent, { type: 'branched' }>): string {
  const list = (what: string, names: readonly string[]): string =>
    names.length === 0 ? '' : `, ${what} ${names.join(', ')}`;
  const { matched, fresh, dropped } = variables;
  return `From iteration ${from} of ${run}: ${matched.length} variables taken over${list('new', fresh)}${list('left behind', dropped)}`;
}

/**
 * A run for people: results of sweeps and messages on stdout, and on stderr one line that says where it is (rewritten on
 * a terminal, else every ten seconds).
 */
export function showRun(label: string | null) {
  const prefix = label === null ? '' : `${label}: `;
  const { stderr } = process;
  let shown = Number.NEGATIVE_INFINITY;
  let open = false;
  let latest: Record<string, number | null> = {};
  const clear = (): void => {
    if (open) stderr.write('\r\x1b[K');
    open = false;
  };
  return {
    event(event: RunEvent): void {
      if (event.type === 'metrics') latest = event.values;
      if (event.type === 'started') {
        const length = event.iterations === null ? '' : `, ${event.iterations} iterations of ${event.batch}`;
        console.log(
          `${prefix}${event.parameters} parameters${length} on ${event.engine} (${event.device}), seed ${event.seed}`,
        );
      }
      if (event.type === 'branched') console.log(`${prefix}${describeBranch(event)}`);
      if (event.type !== 'sweep' && event.type !== 'message') return;
      clear();
      if (event.type === 'sweep') console.log(`${prefix}epoch ${event.epoch + 1}  ${values(event.values)}`);
      else console.log(`${prefix}${event.text}`);
    },
    progress(progress: RunProgress): void {
      const now = performance.now();
      if (now - shown < (stderr.isTTY ? 200 : 10_000)) return;
      shown = now;
      const { iteration, iterations, examplesPerSecond, secondsLeft } = progress;
      const left = secondsLeft === null ? '' : `, ${time(secondsLeft)} left`;
      const speed = `${Math.round(examplesPerSecond)} examples/s`;
      const text = `${prefix}${iteration}${iterations === null ? '' : `/${iterations}`}  ${values(latest)}  ${speed}${left}`;
      if (!stderr.isTTY) {
        stderr.write(`${text}\n`);
        return;
      }
      stderr.write(`\r\x1b[K${text.slice(0, (stderr.columns ?? 100) - 1)}`);
      open = true;
    },
    end: clear,
  };
}
