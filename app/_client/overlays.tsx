'use client';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';

/** Where messages and dialogs appear, whoever in the page opens them. Messages that came before wait for it. */
export const Overlays = () => (
  <>
    <Notifications position="bottom-right" limit={4} zIndex={400} />
    <ModalsProvider>{null}</ModalsProvider>
  </>
);
