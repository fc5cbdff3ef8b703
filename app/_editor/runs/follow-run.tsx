'use client';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useRun } from '@/app/_runs/use-run';
import type { Editor } from '../state/editor-context';

/** Tells the canvas and the bars of the run that is shown. */
export function FollowRun({ editor }: { editor: Editor }) {
  const run = useStore(editor.ui, (state) => state.run);
  useEffect(() => {
    if (run === null) editor.runs.setState({ run: null });
  }, [run, editor]);
  return run === null ? null : <Follow key={run} run={run} editor={editor} />;
}

function Follow({ run, editor }: { run: string; editor: Editor }) {
  const { run: summary } = useRun(run);
  useEffect(() => {
    if (!summary) return;
    const { iteration, iterations } = summary.progress ?? { iteration: 0, iterations: null };
    const progress = summary.status === 'succeeded' ? 1 : iterations ? Math.min(1, (iteration + 1) / iterations) : null;
    editor.runs.setState({ run: { id: run, status: summary.status, progress, metrics: summary.metrics } });
  }, [run, summary, editor]);
  return null;
}
