'use client';

import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import Link from 'next/link';
import { EmptyState } from './_ui/empty-state';

export default function NotFound() {
  return (
    <main>
      <EmptyState
        page
        icon={<IconMapPinOff size={18} stroke={1.75} />}
        title="Nothing here"
        text="This does not exist, or it is not yours to see. Check the address or ask its owner to share it."
        actions={
          <Button component={Link} href="/">
            Go home
          </Button>
        }
      />
    </main>
  );
}
