'use client';

import { IconMapPinOff } from '@tabler/icons-react';
import Link from 'next/link';
import { EmptyState } from './_ui/empty-state';
import classes from './_ui/empty-state.module.css';

/** Every page carries this one, as it does that of a failure: it is made of little. */
export default function NotFound() {
  return (
    <main>
      <EmptyState
        page
        icon={<IconMapPinOff size={18} stroke={1.75} />}
        title="Nothing here"
        text="This does not exist, or it is not yours to see. Check the address or ask its owner to share it."
        actions={
          <Link className={classes.again} href="/">
            Go home
          </Link>
        }
      />
    </main>
  );
}
