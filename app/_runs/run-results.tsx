import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { Finished } from './fold-run';
import { formatMetric } from './format-figures';
import { compareResults, metricTitle, parseMetricKey, seriesTitle } from './metric-key';
import classes from './runs.module.css';

const SIGNS: Record<string, string> = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' };

/** What came out, and whether it is what the document promises. */
export function RunResults({ finished }: { finished: Finished }) {
  const keys = new Set([...finished.expected.map(({ metric }) => metric), ...Object.keys(finished.metrics)]);
  const shown = [...keys].filter((key) => parseMetricKey(key).pass !== 'rate').sort(compareResults);
  if (shown.length === 0) return null;
  const met = finished.expected.filter((one) => one.met).length;
  return (
    <section className={classes.block} aria-label="Results">
      <div className={classes.blockHead}>
        <h3 style={{ flex: 'none' }}>Results</h3>
        {finished.expected.length > 0 && (
          <span className={classes.quiet}>
            {met} of {finished.expected.length} expectations met
          </span>
        )}
      </div>
      <table className={classes.results}>
        <tbody>
          {shown.map((key) => {
            // One metric may have an upper and a lower bound.
            const bounds = finished.expected.filter(({ metric }) => metric === key);
            return (
              <tr key={key}>
                <td>{keyTitle(key)}</td>
                <td>
                  <b>{formatMetric(parseMetricKey(key).name, bounds[0]?.got ?? finished.metrics[key])}</b>
                </td>
                <td>
                  {bounds.map((bound) => (
                    <Bound key={`${bound.op} ${bound.value}`} bound={bound} />
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Bound({ bound }: { bound: Finished['expected'][number] }) {
  const Icon = bound.met ? IconCircleCheck : IconAlertTriangle;
  return (
    <span className={classes.met} data-met={bound.met}>
      <Icon size={14} stroke={1.75} />
      {SIGNS[bound.op]} {formatMetric(parseMetricKey(bound.metric).name, bound.value)}
      <span className={classes.hidden}>{bound.met ? 'met' : 'not met'}</span>
    </span>
  );
}

function keyTitle(key: string): string {
  const parsed = parseMetricKey(key);
  const series = seriesTitle(parsed);
  return series === '' ? metricTitle(parsed.name) : `${metricTitle(parsed.name)}, ${series}`;
}
