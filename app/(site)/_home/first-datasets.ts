import type { DatasetCard } from '@/lib/datasets/card';
import { datasets } from '@/lib/datasets/datasets.generated';

/** Data sets that need no files of their own and are small enough to learn from in seconds: one of each form. */
const FIRST = ['digits', 'penguins', 'spiral', 'iris'];

/** The cards of the home page's data section. */
export const firstDatasets = (): DatasetCard[] =>
  FIRST.flatMap((id) => {
    const card = datasets[id]?.card;
    return card ? [card] : [];
  });
