'use client';

import { Button } from '@mantine/core';
import { IconSchema } from '@tabler/icons-react';
import { usePictures } from '@/app/_data/use-pictures';
import { Picture } from '@/app/_pictures/picture';
import { groupDigits } from '@/app/_ui/group-digits';
import type { DatasetCard } from '@/lib/datasets/card';
import classes from './data.module.css';
import { useDocumentFor } from './use-document-for';

/** What an upload became, with the way to a network for it. */
export function UploadedCard({ card }: { card: DatasetCard }) {
  const open = useDocumentFor();
  const pictures = usePictures(card);
  const { train, validation, test } = card.counts;
  return (
    <div className={classes.uploaded}>
      <b>{card.title}</b>
      <div className={classes.summary}>{card.summary}</div>
      {pictures && (
        <div className={classes.strip}>
          {Array.from({ length: Math.min(7, pictures.shape[0]) }, (_, index) => (
            <Picture
              // biome-ignore lint/suspicious/noArrayIndexKey: a picture is its place in the preview
              key={index}
              pictures={pictures}
              index={index}
              label={`Example ${index + 1}`}
            />
          ))}
        </div>
      )}
      <div className={classes.facts}>
        {groupDigits(train + validation + test)} examples: {groupDigits(train)} to learn, {groupDigits(validation)} to
        validate, {groupDigits(test)} to test
      </div>
      <Button
        variant="filled"
        leftSection={<IconSchema size={14} stroke={1.75} />}
        loading={open.isPending}
        onClick={() => open.start(card)}
      >
        Make a network for it
      </Button>
    </div>
  );
}
