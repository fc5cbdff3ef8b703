'use client';

import { Button, Group } from '@mantine/core';
import { hideNotification, showNotification } from '@mantine/notifications';

/**
 * A short message in the corner. With `undo`, it stays long enough to be taken back, and the button takes it back once.
 */
export function showToast(props: { text: string; tone?: 'neutral' | 'error' | 'ok'; undo?: () => void; id?: string }) {
  const id = props.id ?? `toast-${Date.now()}-${Math.round(Math.random() * 1e6)}`;
  const { undo } = props;
  // One that is still there would stay as it is: the newer one takes its place.
  if (props.id) hideNotification(props.id);
  showNotification({
    id,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
    autoClose: undo ? 10_000 : props.tone === 'error' ? 8_000 : 4_000,
    color: { neutral: 'gray', error: 'red', ok: 'green' }[props.tone ?? 'neutral'],
    message: undo ? (
      <Group justify="space-between" wrap="nowrap" gap={12}>
        <span>{props.text}</span>
        <Button
          size="xs"
          onClick={() => {
            hideNotification(id);
            undo();
          }}
        >
          Undo
        </Button>
      </Group>
    ) : (
      props.text
    ),
  });
}
