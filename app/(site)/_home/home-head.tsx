'use client';

import { Button } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useCreateDocument } from '../_documents/use-create-document';
import classes from './home.module.css';

/** The question, the search and the way to an empty document. */
export function HomeHead({ count }: { count: number }) {
  const create = useCreateDocument();
  return (
    <div className={classes.head}>
      <h1>What do you want to teach a machine?</h1>
      <button type="button" className={classes.search} onClick={() => spotlight.open()}>
        <IconSearch size={14} stroke={1.75} />
        <span>Search {count} networks</span>
        <kbd>Ctrl K</kbd>
      </button>
      <Button
        variant="filled"
        size="md"
        leftSection={<IconPlus size={14} stroke={1.75} />}
        loading={create.isPending}
        onClick={() => create.mutate({ empty: 'Untitled' })}
      >
        New document
      </Button>
    </div>
  );
}
