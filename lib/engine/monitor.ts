import type { TrainingRun } from './training-run';

/**
 * Compares the monitored metric with the best so far after a validation. `better` by more than `minDelta`: the weights
 * are kept where they may be restored. `stop`: `patience` validations brought nothing better (0: never).
 */
export function observe(run: TrainingRun): { better: boolean; stop: boolean } {
  const rule = run.program.run.monitor;
  if (!rule) return { better: false, stop: false };
  const { progress, device } = run;
  const { monitor, metrics } = progress;
  const value = metrics[rule.metric] ?? metrics[`val.${rule.metric}`] ?? null;
  const sign = rule.better === 'lower' ? -1 : 1;
  const better = value !== null && (monitor.best === null || sign * (value - monitor.best) > rule.minDelta);
  if (!better) {
    monitor.wait++;
    return { better, stop: rule.patience > 0 && monitor.wait >= rule.patience };
  }
  monitor.best = value;
  monitor.iteration = progress.iteration - 1;
  monitor.wait = 0;
  if (rule.restoreBest) device.best = Object.fromEntries(device.variables.hosts());
  return { better, stop: false };
}
