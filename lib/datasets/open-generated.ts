import type { DatasetCard, OpenDataset } from './card';
import type { GeneratedDefinition } from './dataset';
import { openColumns } from './open-columns';
import { pickRows } from './pick-rows';
import { splitRows } from './split-rows';

/** All generated sets are drawn with this seed: a card means the same points for everybody. */
const SEED = 1;

/** Opens a set that is made in code; works in a browser as well as on a server. Options default to the card's. */
export function openGenerated(definition: GeneratedDefinition, options: Record<string, number>): OpenDataset {
  const { card } = definition;
  const chosen = withDefaults(card, options);
  if ('prepare' in definition) {
    const rows = definition.prepare(chosen, SEED);
    const order = splitRows(rows.count, rows.labels);
    return {
      card,
      read(split, indices, fields) {
        const wanted = fields.filter((field) => field !== 'index');
        const drawn = rows.draw(pickRows(order[split], indices, split, card.id), wanted);
        if (fields.includes('index')) drawn.index = { data: Int32Array.from(indices), shape: [indices.length] };
        return drawn;
      },
    };
  }
  const columns = definition.generate(chosen, SEED);
  const labels = columns.label?.data;
  const count = Object.values(columns)[0]?.shape[0] ?? 0;
  return openColumns(card, columns, splitRows(count, labels instanceof Int32Array ? labels : undefined));
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
