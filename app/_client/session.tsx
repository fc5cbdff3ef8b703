'use client';

import { useQuery } from '@tanstack/react-query';
import type { SessionInfo } from '@/lib/protocol/service';
import { useTRPCClient } from './trpc';

/** The account's own workspace, or the first one it is in. */
export const homeWorkspace = (session: SessionInfo): string => {
  const workspace = session.workspaces.find((one) => one.personal) ?? session.workspaces[0];
  if (!workspace) throw new Error('This account has no workspace. Sign out and in again.');
  return workspace.id;
};

/** Whether somebody is signed in. Asked without the client of `better-auth`, which only those load who sign in or out. */
async function isKnown(): Promise<boolean> {
  const response = await fetch('/api/auth/get-session');
  if (!response.ok) throw new Error('The server could not tell who you are.');
  return (await response.json()) !== null;
}

/** Who is here. A first visitor silently becomes a guest: nobody has to sign in to begin. */
export function useSession() {
  const client = useTRPCClient();
  return useQuery({
    queryKey: ['session'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<SessionInfo> => {
      if (!(await isKnown())) {
        const { authClient } = await import('./auth-client');
        const guest = await authClient.signIn.anonymous();
        if (guest.error) throw new Error(guest.error.message ?? 'The server could not open a guest account.');
      }
      return client.session.get.query();
    },
  });
}
