import type { DatasetCard } from '@/lib/datasets/card';
import type { Spec } from '@/lib/tensor/spec';

/** Names of `count` classes from the data set's card; the numbers themselves where it has none. */
export function classNamesOf(count: number, labels: Spec | undefined, card: DatasetCard | undefined): string[] {
  const fields = Object.values(card?.fields ?? {}).filter(({ classes }) => classes?.length === count);
  const named = fields.find(({ spec }) => spec.meaning === labels?.meaning) ?? fields[0];
  return named?.classes ?? Array.from({ length: count }, (_, index) => String(index));
}
