import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { Finished } from './fold-run';
import { formatMetric } from './format-figures';
import { metricTitle, parseMetricKey, seriesTitle } from './metric-key';
import classes from './runs.module.css';

const SIGNS: Record<string, string> = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' };

/** What came out, and whether it is what the document promises. */
export function RunResults({ finished }: { finished: Finished }) {
  const expected = new Map(finished.expected.map((one) => [one.metric, one]));
  const keys = [...new Set([...finished.expected.map(({ metric }) => metric), ...Object.keys(finished.metrics)])];
  const shown = keys.filter((key) => parseMetricKey(key).pass !== 'rate');
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
          {finished.expected.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one metric may have an upper and a lower bound
            <tr key={`${one.metric} ${index}`}>
              <td>{keyTitle(one.metric)}</td>
              <td>
                <b>{formatMetric(parseMetricKey(one.metric).name, one.got)}</b>
              </td>
              <td>
                <span className={classes.met} data-met={one.met}>
                  {one.met ? (
                    <IconCircleCheck size={14} stroke={1.75} />
                  ) : (
                    <IconAlertTriangle size={14} stroke={1.75} />
                  )}
                  {SIGNS[one.op]} {formatMetric(parseMetricKey(one.metric).name, one.value)}
                  <span className={classes.hidden}>{one.met ? 'met' : 'not met'}</span>
                </span>
              </td>
            </tr>
          ))}
          {shown
            .filter((key) => !expected.has(key))
            .map((key) => (
              <tr key={key}>
                <td>{keyTitle(key)}</td>
                <td>
                  <b>{formatMetric(parseMetricKey(key).name, finished.metrics[key])}</b>
                </td>
                <td />
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

function keyTitle(key: string): string {
  const parsed = parseMetricKey(key);
  const series = seriesTitle(parsed);
  return series === '' ? metricTitle(parsed.name) : `${metricTitle(parsed.name)}, ${series}`;
}
