import type { DatasetCard } from '@/lib/datasets/card';
import { datasets } from '@/lib/datasets/datasets.generated';

/** Cards of the built-in data sets. */
export const cards: Record<string, DatasetCard> = Object.fromEntries(
  Object.entries(datasets).map(([id, { card }]) => [id, card]),
);
