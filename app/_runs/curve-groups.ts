import type { Curve } from './curve-chart';
import type { RunView } from './fold-run';
import { isShare, metricTitle, parseMetricKey, seriesTitle } from './metric-key';

/** The curves of one measure: a chart of their own. */
export interface CurveGroup {
  name: string;
  title: string;
  share: boolean;
  curves: Curve[];
}

/** Hues of run series, in this order (text is the validation's). */
const HUES = ['--nl-tensor', '--nl-loss', '--nl-step', '--nl-number', '--nl-metric'];
const RANK: Record<string, number> = { loss: 0, accuracy: 1 };
const PASS_RANK: Record<string, number> = { train: 0, val: 1, test: 2 };

/** Charts of a run: losses first, then accuracies, then the others; rates only where they change. */
export function curveGroups(curves: RunView['curves']): CurveGroup[] {
  const groups = new Map<string, CurveGroup>();
  const variants = new Set(Object.keys(curves).map((key) => parseMetricKey(key).variant));
  const order = [...variants].sort();
  for (const key of Object.keys(curves)) {
    const series = curves[key];
    const parsed = parseMetricKey(key);
    if (!series || parsed.pass === 'test' || parsed.pass === null) continue;
    if (parsed.pass === 'rate' && new Set(series.y).size < 2) continue;
    const name = parsed.pass === 'rate' ? `rate.${parsed.name}` : parsed.name;
    const share = parsed.pass !== 'rate' && isShare(parsed.name);
    const title = parsed.pass === 'rate' ? `Rate of ${parsed.name}` : metricTitle(parsed.name);
    const group = groups.get(name) ?? { name, title, share, curves: [] };
    const own = parsed.pass === 'rate' ? '--nl-number' : share ? '--nl-metric' : '--nl-loss';
    const hue = order.length > 1 ? (HUES[order.indexOf(parsed.variant) % HUES.length] ?? own) : own;
    const color = parsed.pass === 'val' && order.length === 1 ? '--nl-text' : hue;
    group.curves.push({ key, title: seriesTitle(parsed), color, series, noisy: parsed.pass === 'train' });
    groups.set(name, group);
  }
  for (const group of groups.values())
    group.curves.sort((a, b) => passRank(a.key) - passRank(b.key) || a.key.localeCompare(b.key));
  return [...groups.values()].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

const passRank = (key: string): number => PASS_RANK[parseMetricKey(key).pass ?? ''] ?? 9;

function rank(group: CurveGroup): number {
  const known = RANK[group.name];
  if (known !== undefined) return known;
  if (group.name.startsWith('rate.')) return 9;
  return group.name.endsWith('loss') ? 0.5 : group.share ? 1.5 : 5;
}
