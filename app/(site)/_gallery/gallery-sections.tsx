'use client';

import { IconChevronRight } from '@tabler/icons-react';
import Link from 'next/link';
import { useDocuments } from '../_documents/use-documents';
import { EntryCard } from './entry-card';
import type { GalleryCard } from './gallery-cards';
import classes from './gallery-sections.module.css';
import { SECTIONS } from './sections';

/** The gallery, section by section; only sections that hold something. `limit`: cards of each, with a way to all. */
export function GallerySections({ cards, limit }: { cards: GalleryCard[]; limit?: number }) {
  const documents = useDocuments();
  const done = new Set(
    (documents.data ?? []).filter((one) => one.lastRun?.status === 'succeeded').map((one) => one.origin),
  );
  return (Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]).map((section) => {
    const own = cards.filter((card) => card.section === section);
    if (own.length === 0) return null;
    const { title, hint } = SECTIONS[section];
    return (
      <section key={section} className={classes.section} id={section} aria-labelledby={`section-${section}`}>
        <div className={classes.head}>
          <h2 id={`section-${section}`}>{title}</h2>
          <span className={classes.hint}>{hint}</span>
          {limit !== undefined && (
            <Link href={`/gallery#${section}`} className={classes.all} aria-label={`All ${own.length} of ${title}`}>
              All {own.length}
              <IconChevronRight size={14} stroke={1.75} />
            </Link>
          )}
        </div>
        <div className={limit === undefined ? classes.grid : `${classes.grid} ${classes.begun}`}>
          {own.slice(0, limit).map((card, place) => (
            <EntryCard key={card.id} card={card} place={place} done={done.has(card.id)} />
          ))}
        </div>
      </section>
    );
  });
}
