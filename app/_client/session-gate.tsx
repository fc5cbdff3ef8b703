'use client';

import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { createContext, type ReactNode, useContext } from 'react';
import { EmptyState } from '@/app/_ui/empty-state';
import type { SessionInfo } from '@/lib/protocol/service';
import { readableError } from './readable-error';
import { useSession } from './session';

const Session = createContext<SessionInfo | null>(null);

/** The session, below a `SessionGate`. */
export function useKnownSession(): SessionInfo {
  const session = useContext(Session);
  if (!session) throw new Error('useKnownSession stands outside a SessionGate');
  return session;
}

/** Shows `waiting` until it is known who is here, then the children. */
export function SessionGate(props: { waiting?: ReactNode; children: ReactNode }) {
  const session = useSession();
  if (session.data) return <Session.Provider value={session.data}>{props.children}</Session.Provider>;
  if (session.isError)
    return (
      <EmptyState
        tone="error"
        icon={<IconPlugConnectedX size={18} stroke={1.75} />}
        title="Netloom does not answer"
        text={readableError(session.error)}
        actions={<Button onClick={() => session.refetch()}>Try again</Button>}
      />
    );
  return props.waiting ?? null;
}
