'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { homeWorkspace, useSession } from '@/app/_client/session';
import { useTRPC } from '@/app/_client/trpc';
import { type UploadOutcome, uploadDataset } from './upload-dataset';

export type UploadState =
  | { step: 'idle' }
  /** `share` 1: all has left, the server reads it. */
  | { step: 'sending'; filename: string; share: number }
  | { step: 'done'; filename: string; outcome: UploadOutcome };

/** One upload at a time; leaving the page stops it. */
export function useUpload() {
  const [state, setState] = useState<UploadState>({ step: 'idle' });
  const session = useSession();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const send = useCallback(
    async (file: File) => {
      running.current?.abort();
      const abort = new AbortController();
      running.current = abort;
      const { name: filename } = file;
      setState({ step: 'sending', filename, share: 0 });
      let outcome: UploadOutcome;
      try {
        const known = session.data ?? (await session.refetch({ throwOnError: true })).data;
        if (!known) throw new Error('It is not known yet who you are. Try again in a moment.');
        outcome = await uploadDataset({
          workspaceId: homeWorkspace(known),
          file,
          signal: abort.signal,
          onProgress: (share) => !abort.signal.aborted && setState({ step: 'sending', filename, share }),
        });
      } catch (error) {
        outcome = { diagnostics: [{ code: 'data-invalid', severity: 'error', message: readableError(error), at: {} }] };
      }
      if (abort.signal.aborted) return;
      setState({ step: 'done', filename, outcome });
      if ('card' in outcome) void queries.invalidateQueries({ queryKey: trpc.datasets.list.pathKey() });
    },
    [session.data, session.refetch, queries, trpc],
  );
  const reset = useCallback(() => {
    running.current?.abort();
    setState({ step: 'idle' });
  }, []);
  return { state, send, reset };
}
