'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { EmptyState } from '@/app/_ui/empty-state';

/** Keeps a failure inside one panel: the rest of the page goes on. */
export class ErrorBoundary extends Component<{ what: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <EmptyState
        tone="error"
        icon={<IconAlertTriangle size={18} stroke={1.75} />}
        title={`${this.props.what} could not be drawn`}
        text="This part of the page failed; the rest goes on and your work is kept."
        actions={<Button onClick={() => this.setState({ failed: false })}>Draw it again</Button>}
      />
    );
  }
}
