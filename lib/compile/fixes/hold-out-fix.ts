import type { DatasetCard } from '@/lib/datasets/card';
import type { Command } from '@/lib/graph/command';
import type { Fix } from '@/lib/graph/diagnostic';
import type { Flat } from '../flat';
import type { Op } from '../program';

const TITLE = 'Hold out 10 % for validation';

/** A tenth of each data set above that has no validation rows. */
export function holdOutFix(
  above: readonly Op[],
  flat: Flat,
  cardOf: (op: Op) => DatasetCard | undefined,
): Fix | undefined {
  const commands = above.flatMap((op): Command[] => {
    const node = flat.nodes.get(op.id);
    const counts = cardOf(op)?.counts;
    if (!node || !counts || counts.validation > 0 || counts.train < 2) return [];
    return [{ do: 'set-param', graph: node.graph, id: node.id, param: 'holdOut', value: 0.1 }];
  });
  return commands.length === 0 ? undefined : { title: TITLE, command: { do: 'batch', title: TITLE, commands } };
}
