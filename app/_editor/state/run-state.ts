'use client';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RunStatus } from '@/lib/protocol/run-event';
import { useEditor } from './editor-context';

/** The run that the canvas shows. */
export interface RunState {
  run: { id: string; status: RunStatus; progress: number | null } | null;
}

export const createRunStore = () => createStore<RunState>()(() => ({ run: null }));
export type RunStore = ReturnType<typeof createRunStore>;

/** A worker has it, or will. */
export const ACTIVE_RUN: ReadonlySet<RunStatus> = new Set(['running', 'pausing', 'queued']);
const RUNNING = { state: 'running', progress: null } as const;
const DONE = { state: 'done', progress: null } as const;

/** What a node shows of the run: its line while it trains, a check when it is done. */
export function useNodeRun(id: string): { state: 'running' | 'done'; progress: number | null } | null {
  const { runs, documents, ui } = useEditor();
  const status = useStore(runs, (state) => state.run?.status ?? null);
  const training = useStore(documents, (state) => state.document.graph.nodes[id]?.kind === 'training');
  const progress = useStore(runs, (state) => (training ? (state.run?.progress ?? null) : null));
  const shown = useStore(ui, (state) => state.run !== null);
  if (!status || !shown || !training) return null;
  if (ACTIVE_RUN.has(status)) return progress === null ? RUNNING : { state: 'running', progress };
  return status === 'succeeded' ? DONE : null;
}
