'use client';
import { Button } from '@mantine/core';
import { IconArrowLeft, IconPlayerPauseFilled, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { PREVIEW_RUN } from '@/app/_preview/preview';
import { StepButtons } from '@/app/_runs/step-buttons';
import { useEditor } from '../state/editor-context';
import { ACTIVE_RUN } from '../state/run-state';
import classes from './shell.module.css';

/** Pause, resume, stop and single steps, below the canvas while a run is shown. */
export function RunBar() {
  const { runs, services, ui } = useEditor();
  const run = useStore(runs, (state) => state.run);
  if (!run) return null;
  const active = ACTIVE_RUN.has(run.status);
  const paused = run.status === 'paused';
  return (
    <div className={classes.bar} role="toolbar" aria-label="Run">
      {active && (
        <Button
          variant="subtle"
          color="gray"
          c="var(--nl-text)"
          leftSection={<IconPlayerPauseFilled size={14} />}
          disabled={run.status === 'pausing'}
          onClick={() => void services.controlRun(run.id, 'pause')}
        >
          Pause
        </Button>
      )}
      {paused && (
        <Button
          variant="subtle"
          color="gray"
          c="var(--nl-text)"
          leftSection={<IconPlayerPlayFilled size={14} />}
          onClick={() => void services.controlRun(run.id, 'resume')}
        >
          Resume
        </Button>
      )}
      {(active || paused) && (
        <Button
          variant="subtle"
          color="gray"
          c="var(--nl-text)"
          leftSection={<IconPlayerStopFilled size={14} />}
          onClick={() => void services.controlRun(run.id, 'cancel')}
        >
          Stop
        </Button>
      )}
      {(active || paused) && run.id !== PREVIEW_RUN && <StepButtons runId={run.id} status={run.status} />}
      {(active || paused) && <span className={classes.rule} />}
      <Button
        variant="subtle"
        color="gray"
        c="var(--nl-text-2)"
        leftSection={<IconArrowLeft size={14} stroke={1.75} />}
        onClick={() => ui.getState().set({ run: null })}
      >
        Back to building
      </Button>
    </div>
  );
}
