import { required } from '@/lib/base/invariant';
import type { DatasetCard, HostArray, OpenDataset, Split } from './card';

type Params = Readonly<Record<string, unknown>>;

/** The share of the training rows that a dataset node's params hold out for validation. */
export const heldShare = (params: Params): number => (typeof params.holdOut === 'number' ? params.holdOut : 0);

/** The card of a dataset node's set as its params make it; undefined where the set is not known. */
export function cardFor(params: Params, find: (id: string) => DatasetCard | undefined): DatasetCard | undefined {
  const card = typeof params.dataset === 'string' ? find(params.dataset) : undefined;
  return card && holdOut(card, heldShare(params));
}

/** The card with that share of the training rows, the last ones, in validation behind what is there. One row stays to train with. */
export function holdOut(card: DatasetCard, share: number): DatasetCard {
  const { train, validation } = card.counts;
  const held = Math.min(train - 1, Math.max(1, Math.round(train * share)));
  if (share <= 0 || held < 1) return card;
  return { ...card, counts: { ...card.counts, train: train - held, validation: validation + held } };
}

/** An opened data set with these rows held out. */
export function openHeldOut(dataset: OpenDataset, share: number): OpenDataset {
  const card = holdOut(dataset.card, share);
  if (card === dataset.card) return dataset;
  const own = dataset.card.counts.validation;
  return {
    card,
    read(split, indices, fields, spare) {
      if (split !== 'validation') return dataset.read(split, indices, fields, spare);
      const stretches: { split: Split; rows: number[] }[] = [];
      for (const place of Array.from(indices)) {
        const [from, row]: [Split, number] =
          place < own ? ['validation', place] : ['train', card.counts.train + place - own];
        const last = stretches.at(-1);
        if (last?.split === from) last.rows.push(row);
        else stretches.push({ split: from, rows: [row] });
      }
      const read = stretches.map((stretch) => dataset.read(stretch.split, stretch.rows, fields));
      const column = (field: string): HostArray =>
        field === 'index'
          ? { data: Int32Array.from(indices), shape: [indices.length] }
          : behindEachOther(read.map((part) => required(part[field], `field ${field} of ${card.id}`)));
      return Object.fromEntries(fields.map((field) => [field, column(field)]));
    },
  };
}

/** Rows of one field, from at least one array. */
function behindEachOther(arrays: readonly HostArray[]): HostArray {
  const first = required(arrays[0], 'rows');
  if (arrays.length === 1) return first;
  const shape = [arrays.reduce((rows, array) => rows + (array.shape[0] ?? 0), 0), ...first.shape.slice(1)];
  if (Array.isArray(first.data)) return { data: arrays.flatMap(({ data }) => data as string[]), shape };
  const data = new (first.data.constructor as typeof Uint8Array)(
    arrays.reduce((size, one) => size + one.data.length, 0),
  );
  let at = 0;
  for (const one of arrays) {
    data.set(one.data as Uint8Array, at);
    at += one.data.length;
  }
  return { data, shape };
}
