import { required } from '@/lib/base/invariant';
import type { DatasetCard, OpenDataset } from './card';
import type { Columns } from './dataset';
import { openColumns } from './open-columns';
import { splitRows } from './split-rows';

/** All generated sets are drawn with this seed: a card means the same points for everybody. */
const SEED = 1;

/** Opens a set that is made in code; works in a browser as well as on a server. Options default to the card's. */
export function openGenerated(
  definition: { card: DatasetCard; generate: (options: Record<string, number>, seed: number) => Columns },
  options: Record<string, number>,
): OpenDataset {
  const { card, generate } = definition;
  const columns = generate(withDefaults(card, options), SEED);
  const { shape } = required(Object.values(columns)[0], `columns of ${card.id}`);
  return openColumns(card, columns, splitRows(shape[0] ?? 0, columns.label?.data as Int32Array | undefined));
}

/** The card's options, each held inside its bounds; names that the card does not know are left out. */
export function withDefaults(card: DatasetCard, options: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(card.options ?? {}).map(([key, option]) => {
      const wanted = options[key];
      const value = wanted === undefined || !Number.isFinite(wanted) ? option.default : wanted;
      return [key, Math.min(option.max, Math.max(option.min, value))];
    }),
  );
}
