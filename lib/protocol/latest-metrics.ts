import type { LoggedEvent } from './run-event';

/** The newest value of each metric that events tell, by key: what they change of a run's metrics. */
export function latestMetrics(events: readonly LoggedEvent[]): Record<string, number | null> {
  const metrics: Record<string, number | null> = {};
  for (const { event } of events) {
    if (event.type === 'metrics' || event.type === 'sweep') Object.assign(metrics, event.values);
    if (event.type === 'finished') Object.assign(metrics, event.metrics);
  }
  return metrics;
}
