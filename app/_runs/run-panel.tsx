'use client';

import { Button } from '@mantine/core';
import { IconArrowsDiagonal, IconPlugConnectedX } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import { ErrorBoundary } from '@/app/_client/error-boundary';
import { Chip } from '@/app/_ui/chip';
import { EmptyState } from '@/app/_ui/empty-state';
import { RunStateChip, runStateTitle } from '@/app/_ui/run-state';
import { ChangeButton } from './change-dialog';
import { ExportMenu } from './export-menu';
import { isActive } from './is-active';
import { RunDetails, useCurveSettings } from './run-body';
import classes from './run-panel.module.css';
import runs from './runs.module.css';
import { StepSlider } from './step-slider';
import { useRun } from './use-run';

/** A run beside the canvas, live; 424 wide and as high as its place. */
export function RunPanel({ runId }: { runId: string }) {
  return (
    <ErrorBoundary what="The run" key={runId}>
      <LivePanel runId={runId} />
    </ErrorBoundary>
  );
}

function LivePanel({ runId }: { runId: string }) {
  const { run, view, connection, error, retry } = useRun(runId);
  const [at, setAt] = useState<number | null>(null);
  const [settings, setSettings] = useCurveSettings();
  if (error && !run)
    return (
      <aside className={classes.panel} aria-label="Run">
        <EmptyState
          tone="error"
          icon={<IconPlugConnectedX size={18} stroke={1.75} />}
          title="This run cannot be shown"
          text={error.text}
          actions={error.missing ? null : <Button onClick={retry}>Try again</Button>}
        />
      </aside>
    );
  if (!run)
    return (
      <aside className={classes.panel} aria-label="Run" aria-busy="true">
        <div className={runs.head} />
      </aside>
    );
  return (
    <aside className={classes.panel} aria-label={`Run ${run.number}`}>
      <div className={runs.head}>
        <RunStateChip status={run.status} />
        <b>Run {run.number}</b>
        {connection === 'lost' && <Chip tone="warn">reconnecting</Chip>}
        <span className={runs.quiet}>seed {run.seed}</span>
        {isActive(run.status) && <ChangeButton runId={run.id} />}
        <ExportMenu run={run} compact />
        <Link
          href={`/runs/${run.id}`}
          aria-label="Open the run's page"
          title="Open the run's page"
          className={runs.soft}
        >
          <IconArrowsDiagonal size={16} stroke={1.75} />
        </Link>
        <span className={runs.hidden} role="status">
          Run {run.number}: {runStateTitle(run.status)}
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
          waiting={waitingText(run.status)}
        />
      </div>
      {view.iteration > 0 && <StepSlider last={view.iteration} at={at} onChange={setAt} />}
    </aside>
  );
}

/** What stands where nothing has been measured yet. */
export function waitingText(status: string): string {
  if (status === 'queued')
    return 'Waiting for a free worker. Curves and samples appear here as soon as the first steps are done.';
  if (status === 'running') return 'The worker is loading the data; the first steps come in a moment.';
  return 'Nothing was measured in this run.';
}
