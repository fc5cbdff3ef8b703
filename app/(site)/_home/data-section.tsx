'use client';

import { IconChevronRight } from '@tabler/icons-react';
import Link from 'next/link';
import { groupDigits } from '@/app/_ui/group-digits';
import type { DatasetCard } from '@/lib/datasets/card';
import { DatasetPreviewPicture } from '../_data/dataset-preview-picture';
import { useDocumentFor } from '../_data/use-document-for';
import cards from '../_gallery/entry-card.module.css';
import classes from '../_gallery/gallery-sections.module.css';

/** Data to begin with: a click makes a network that fits it. */
export function DataSection({ cards: shown }: { cards: DatasetCard[] }) {
  return (
    <section className={classes.section} aria-labelledby="section-data">
      <div className={classes.head}>
        <h2 id="section-data">Your own network</h2>
        <span className={classes.hint}>take data, get a network that fits, change it</span>
        <Link href="/data" className={classes.all}>
          All data
          <IconChevronRight size={14} stroke={1.75} />
        </Link>
      </div>
      <div className={`${classes.grid} ${classes.begun}`}>
        {shown.map((card) => (
          <DataCard key={card.id} card={card} />
        ))}
      </div>
    </section>
  );
}

function DataCard({ card }: { card: DatasetCard }) {
  const open = useDocumentFor();
  const labels = Object.values(card.fields).find((field) => field.classes)?.classes?.length;
  const { train, validation, test } = card.counts;
  return (
    <button
      type="button"
      className={cards.card}
      aria-busy={open.isPending}
      aria-label={`Make a network for ${card.title}`}
      disabled={open.isPending}
      onClick={() => open.start(card)}
    >
      <span className={cards.picture} aria-hidden>
        <DatasetPreviewPicture card={card} />
      </span>
      <span className={cards.text}>
        <span className={cards.title}>{card.title}</span>
        <span className={cards.summary}>{card.summary}</span>
        <span className={cards.facts}>
          {groupDigits(train + validation + test)} examples{labels ? `, ${labels} classes` : ''}
        </span>
      </span>
    </button>
  );
}
