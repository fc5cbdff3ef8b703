'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { readableError } from '@/app/_client/readable-error';
import { useTRPC, useTRPCClient } from '@/app/_client/trpc';
import { showToast } from '@/app/_ui/toast';

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
