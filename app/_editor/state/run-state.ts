'use client';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { RunStatus } from '@/lib/protocol/run-event';
import type { NodeView } from '../model/node-view';
import { useEditor } from './editor-context';

/** The run that the canvas shows. */
export interface RunState {
  run: {
    id: string;
    status: RunStatus;
    progress: number | null;
    metrics: Readonly<Record<string, number | null>>;
  } | null;
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

/** The latest value of a loss or metric node while its run is shown, such as `0.0412` or `98.6 %`. */
export function useNodeValue(view: NodeView): string | null {
  const { runs } = useEditor();
  return useStore(runs, (state) => {
    const metrics = state.run?.metrics;
    if (!metrics || (view.makes !== 'loss' && view.makes !== 'metric')) return null;
    const key = typeof view.params.key === 'string' ? view.params.key : view.makes === 'loss' ? 'loss' : null;
    const value = key === null ? null : (metrics[`train.${key}`] ?? metrics[`val.${key}`]);
    if (typeof value !== 'number') return null;
    return /accuracy/.test(key ?? '') ? `${(value * 100).toFixed(1)} %` : value.toPrecision(3);
  });
}
