'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { readableError } from '@/app/_client/readable-error';
import { useTRPC, useTRPCClient } from '@/app/_client/trpc';
import { showToast } from '@/app/_ui/toast';
import type { RunCommand } from '@/lib/protocol/run-event';

export type RunAction = 'pause' | 'resume' | 'cancel';

/** Pause, resume and stop; the run's state comes back through its subscription. */
export function useRunControl(runId: string) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: RunAction) => client.runs[action].mutate({ id: runId }),
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.runs.list.pathKey() }),
    onError: (error) => showToast({ tone: 'error', text: readableError(error) }),
  });
}

/** Steps, and changes of a run that has not ended, one after the other. */
export function useRunCommand(runId: string) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (commands: readonly RunCommand[]) => {
      for (const command of commands) await client.runs.command.mutate({ id: runId, command });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.runs.settings.pathKey() }),
    onError: (error) => showToast({ tone: 'error', text: readableError(error) }),
  });
}
