'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { EmptyState } from './_ui/empty-state';

export default function PageError({ reset }: { error: Error; reset(): void }) {
  return (
    <main>
      <EmptyState
        page
        tone="error"
        icon={<IconAlertTriangle size={18} stroke={1.75} />}
        title="This page failed"
        text="Your work is kept: documents are saved as you edit and runs go on. Try again; if it fails once more, reload."
        actions={<Button onClick={reset}>Try again</Button>}
      />
    </main>
  );
}
