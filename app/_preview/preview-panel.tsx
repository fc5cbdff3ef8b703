'use client';

import { useState } from 'react';
import { useStore } from 'zustand';
import { RunDetails, useCurveSettings } from '@/app/_runs/run-body';
import classes from '@/app/_runs/run-panel.module.css';
import runs from '@/app/_runs/runs.module.css';
import { StepSlider } from '@/app/_runs/step-slider';
import { Chip } from '@/app/_ui/chip';
import { RunStateChip, runStateTitle } from '@/app/_ui/run-state';
import type { Preview } from './preview';

/** The run that trains in this page, beside the canvas. */
export function PreviewPanel({ preview }: { preview: Preview }) {
  const { run, view } = useStore(preview.store);
  const [at, setAt] = useState<number | null>(null);
  const [settings, setSettings] = useCurveSettings();
  if (!run) return null;
  return (
    <aside className={classes.panel} aria-label="Preview">
      <div className={runs.head}>
        <RunStateChip status={run.status} />
        <b>Preview</b>
        <Chip>{view.started?.device ?? 'this page'}</Chip>
        <span className={runs.quiet}>seed {run.seed}</span>
        <span className={runs.hidden} role="status">
          Preview: {runStateTitle(run.status)}
        </span>
      </div>
      <div className={classes.scroll}>
        <RunDetails
          run={run}
          view={view}
          at={at}
          onPick={setAt}
          settings={settings}
          onSettings={setSettings}
          waiting={
            run.finishedAt === null
              ? 'The page is loading the engine; the first steps come in a moment.'
              : 'Nothing was measured in this preview.'
          }
        />
      </div>
      {view.iteration > 0 && <StepSlider last={view.iteration} at={at} onChange={setAt} />}
    </aside>
  );
}
