import type { PortId } from '@/lib/graph/document';
import { unknownSpec } from '../common/inference';
import type { Inference, PortFace, Problem } from '../kind';

/** Most ports that a kind with a number of outputs has. */
export const MOST_PARTS = 16;

/** Ids of so many outputs: y, y2, y3 … */
export const partIds = (count: number): PortId[] =>
  Array.from({ length: count }, (_, at) => (at === 0 ? 'y' : `y${at + 1}`));

export const partPorts = (count: number): PortFace[] =>
  partIds(count).map((id, at) => ({ id, title: `Part ${at + 1}`, type: 'tensor' }));

/** What can be said of the parts while the input is not known. */
export const unknownParts = (count: number, problems: Problem[]): Inference => ({
  outputs: Object.fromEntries(partIds(count).map((id) => [id, unknownSpec()])),
  problems,
});

/** Things of the parts by port. */
export const byPart = <T>(things: readonly T[]): Record<PortId, T> => {
  const ids = partIds(things.length);
  return Object.fromEntries(things.map((thing, at) => [ids[at], thing]));
};
