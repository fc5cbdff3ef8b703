'use client';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { useDialogPlace } from '../_ui/dialog-place';

/** Where messages and dialogs appear, whoever in the page opens them. Those that came before wait for it. */
export function Overlays() {
  useDialogPlace();
  return (
    <>
      <Notifications position="bottom-right" limit={4} zIndex={400} />
      <ModalsProvider>{null}</ModalsProvider>
    </>
  );
}
