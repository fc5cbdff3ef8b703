'use client';

import { IconCircleCheck } from '@tabler/icons-react';
import { groupDigits } from '@/app/_ui/group-digits';
import { useCreateDocument } from '../_documents/use-create-document';
import classes from './entry-card.module.css';
import { EntryPicture } from './entry-picture';
import type { GalleryCard } from './gallery-cards';

/** A gallery entry; a click opens a document made from it. `done`: a run of such a document succeeded. */
export function EntryCard({ card, place = 0, done = false }: { card: GalleryCard; place?: number; done?: boolean }) {
  const create = useCreateDocument();
  const parameters = card.parameters > 0 ? `, ${groupDigits(card.parameters)} parameters` : '';
  return (
    <button
      type="button"
      className={classes.card}
      aria-busy={create.isPending}
      aria-label={`Open ${card.title}`}
      onClick={() => create.mutate({ gallery: card.id })}
      disabled={create.isPending}
    >
      <span className={classes.picture}>
        <EntryPicture thumbnail={card.thumbnail} from={place * 21} />
      </span>
      <span className={classes.text}>
        <span className={classes.title}>
          {card.title}
          {done && (
            <span className={classes.done}>
              <IconCircleCheck size={14} stroke={1.75} />
              done
            </span>
          )}
        </span>
        <span className={classes.summary}>{card.summary}</span>
        <span className={classes.facts}>
          {card.minutes} min{parameters}
        </span>
      </span>
    </button>
  );
}
