'use client';

import { useEffect, useReducer, useState } from 'react';
import { errorCode, readableError } from '@/app/_client/readable-error';
import { useTRPCClient } from '@/app/_client/trpc';
import type { LoggedEvent } from '@/lib/protocol/run-event';
import type { RunSummary } from '@/lib/protocol/service';
import { emptyRunView, foldRun, type RunView } from './fold-run';

export interface RunState {
  run: RunSummary | null;
  view: RunView;
  /** `lost`: the connection is being made again; what was seen stays, and what was missed comes after. */
  connection: 'connecting' | 'live' | 'lost';
  error: { text: string; missing: boolean } | null;
}

type Change =
  | { do: 'update'; run: RunSummary | null; events: LoggedEvent[] }
  | { do: 'connection'; connection: RunState['connection'] }
  | { do: 'error'; error: NonNullable<RunState['error']> }
  | { do: 'restart' };

const BEGIN: RunState = { run: null, view: emptyRunView, connection: 'connecting', error: null };

/** At most ten redraws a second, however many events arrive. */
const REDRAW_MS = 100;

function reduce(state: RunState, change: Change): RunState {
  switch (change.do) {
    case 'update':
      return {
        ...state,
        run: change.run ?? state.run,
        view: foldRun(state.view, change.events),
        connection: 'live',
        error: null,
      };
    case 'connection':
      return state.connection === change.connection ? state : { ...state, connection: change.connection };
    case 'error':
      return { ...state, error: change.error };
    case 'restart':
      return BEGIN;
  }
}

/**
 * A run, live: its state and the fold of its log. Follows `runs.watch`; after a cut the subscription goes on behind the
 * last event that it got. `retry` asks again after an error.
 */
export function useRun(runId: string): RunState & { retry(): void } {
  const client = useTRPCClient();
  const [state, change] = useReducer(reduce, BEGIN);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt subscribes again
  useEffect(() => {
    change({ do: 'restart' });
    let events: LoggedEvent[] = [];
    let run: RunSummary | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let drawn = Number.NEGATIVE_INFINITY;
    const flush = () => {
      timer = undefined;
      drawn = performance.now();
      change({ do: 'update', run, events });
      events = [];
    };
    const subscription = client.runs.watch.subscribe(
      { id: runId },
      {
        onData({ data }) {
          if (data.kind === 'state') run = data.run;
          else {
            events.push(...data.events);
            if (run && data.now) run = { ...run, ...data.now };
          }
          timer ??= setTimeout(flush, Math.max(0, drawn + REDRAW_MS - performance.now()));
        },
        onConnectionStateChange({ state: connection }) {
          if (connection === 'connecting') change({ do: 'connection', connection: 'lost' });
        },
        onError(error) {
          change({ do: 'error', error: { text: readableError(error), missing: errorCode(error) === 'NOT_FOUND' } });
        },
      },
    );
    return () => {
      subscription.unsubscribe();
      clearTimeout(timer);
    };
  }, [client, runId, attempt]);

  return { ...state, retry: () => setAttempt((count) => count + 1) };
}
