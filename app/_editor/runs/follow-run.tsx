'use client';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { PREVIEW_RUN } from '@/app/_preview/preview';
import { useRun } from '@/app/_runs/use-run';
import type { RunSummary } from '@/lib/protocol/service';
import type { Editor } from '../state/editor-context';

/** Tells the canvas and the bars of the run that is shown. */
export function FollowRun({ editor }: { editor: Editor }) {
  const run = useStore(editor.ui, (state) => state.run);
  useEffect(() => {
    if (run === null) editor.runs.setState({ run: null });
  }, [run, editor]);
  if (run === null) return null;
  return run === PREVIEW_RUN ? <FollowPreview editor={editor} /> : <Follow key={run} run={run} editor={editor} />;
}

function Follow({ run, editor }: { run: string; editor: Editor }) {
  const { run: summary } = useRun(run);
  useTell(editor, summary);
  return null;
}

function FollowPreview({ editor }: { editor: Editor }) {
  useTell(
    editor,
    useStore(editor.preview.store, (state) => state.run),
  );
  return null;
}

function useTell(editor: Editor, summary: RunSummary | null): void {
  useEffect(() => {
    if (!summary) return;
    const { iteration, iterations } = summary.progress ?? { iteration: 0, iterations: null };
    const progress = summary.status === 'succeeded' ? 1 : iterations ? Math.min(1, (iteration + 1) / iterations) : null;
    editor.runs.setState({ run: { id: summary.id, status: summary.status, progress, metrics: summary.metrics } });
  }, [summary, editor]);
}
