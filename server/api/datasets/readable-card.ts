import type { DatasetCard } from '@/lib/datasets/card';
import { uploadedCards } from '@/server/domain/datasets/datasets.queries';
import { AppError, notFound } from '@/server/errors/app-error';
import type { Context } from '../context';

/** The card of a data set whose rows are there: a built-in one or an upload of the workspace. */
export async function readableCard(
  { services }: Pick<Context, 'services'>,
  workspaceId: string,
  id: string,
): Promise<DatasetCard> {
  const cards = { ...services.builtIn(), ...(await uploadedCards(services.database.db, workspaceId)) };
  const card = Object.hasOwn(cards, id) ? cards[id] : undefined;
  if (!card) throw notFound('data set');
  if (card.missing) throw new AppError('unavailable', `${card.title} is not on this machine. ${card.missing}`);
  return card;
}
