/** A metric's key in parts: `linear:val.accuracy` is the accuracy of the validation pass of the variant `linear`. */
export interface MetricKey {
  variant: string | null;
  /** `train`, `val`, `test`, `rate`; null where the key has no pass. */
  pass: string | null;
  name: string;
}

export function parseMetricKey(key: string): MetricKey {
  const colon = key.indexOf(':');
  const variant = colon < 0 ? null : key.slice(0, colon);
  const rest = key.slice(colon + 1);
  const dot = rest.indexOf('.');
  return dot < 0
    ? { variant, pass: null, name: rest }
    : { variant, pass: rest.slice(0, dot), name: rest.slice(dot + 1) };
}

const PASSES: Record<string, string> = { val: 'validation', train: 'train', test: 'test', rate: 'rate' };

/** What a curve is called beside its chart: `train`, `validation`, `linear, train`. */
export function seriesTitle({ variant, pass }: MetricKey): string {
  const split = pass === null ? '' : (PASSES[pass] ?? pass);
  return [variant, split].filter((part) => part !== null && part !== '').join(', ');
}

const SHORT = new Map(
  ['AP', 'AUC', 'BCE', 'BLEU', 'ELBO', 'F1', 'FID', 'GAN', 'IoU', 'KL', 'MAE', 'MSE', 'RMSE'].map((word) => [
    word.toLowerCase(),
    word,
  ]),
);

/** `accuracy` → `Accuracy`, `decision-loss` → `Decision loss`, `mean-iou` → `Mean IoU`. */
export function metricTitle(name: string): string {
  const words = name
    .split('-')
    .map((word) => SHORT.get(word) ?? word)
    .join(' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

const FIRST: Record<string, number> = { accuracy: 0, loss: 2 };
const PASS_RANK: Record<string, number> = { test: 0, val: 1, train: 2 };

/** Compares keys as results are read: accuracy first and the loss last, of each the test before what was learned from. */
export function compareResults(a: string, b: string): number {
  const [one, other] = [parseMetricKey(a), parseMetricKey(b)];
  return (
    (FIRST[one.name] ?? 1) - (FIRST[other.name] ?? 1) ||
    one.name.localeCompare(other.name) ||
    (one.variant ?? '').localeCompare(other.variant ?? '') ||
    (PASS_RANK[one.pass ?? ''] ?? 3) - (PASS_RANK[other.pass ?? ''] ?? 3)
  );
}

/** Shares that people read in per cent. */
export const isShare = (name: string): boolean => /(^|-)(accuracy|precision|recall|f1|auc|iou)$/.test(name);
