'use client';

import { IconAlertTriangle } from '@tabler/icons-react';
import { EmptyState } from './_ui/empty-state';
import classes from './_ui/empty-state.module.css';

/** Every page carries this one: it is made of little. */
export default function PageError({ reset }: { error: Error; reset(): void }) {
  return (
    <main>
      <EmptyState
        page
        tone="error"
        icon={<IconAlertTriangle size={18} stroke={1.75} />}
        title="This page failed"
        text="Your work is kept: documents are saved as you edit and runs go on. Try again; if it fails once more, reload."
        actions={
          <button type="button" className={classes.again} onClick={reset}>
            Try again
          </button>
        }
      />
    </main>
  );
}
