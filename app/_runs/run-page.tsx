'use client';

import { Button, Skeleton } from '@mantine/core';
import { IconChevronLeft, IconGitBranch, IconPlugConnectedX, IconSchema } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { SessionGate } from '@/app/_client/session-gate';
import { useTRPC } from '@/app/_client/trpc';
import { Brand } from '@/app/_ui/brand';
import { Chip } from '@/app/_ui/chip';
import { EmptyState } from '@/app/_ui/empty-state';
import { RunStateChip, runStateTitle } from '@/app/_ui/run-state';
import type { RunSummary } from '@/lib/protocol/service';
import { BranchDialog } from './branch-dialog';
import { BranchLineage } from './branch-lineage';
import { ChangeButton } from './change-dialog';
import { CheckpointsCard } from './checkpoints-card';
import { ExportMenu } from './export-menu';
import { formatSeconds } from './format-figures';
import { isActive } from './is-active';
import { RunCurves, RunSamples, useCurveSettings } from './run-body';
import { RunControls } from './run-controls';
import { RunFigures } from './run-figures';
import { RunMessages } from './run-messages';
import classes from './run-page.module.css';
import { waitingText } from './run-panel';
import { RunProgressBar } from './run-progress-bar';
import { RunResults } from './run-results';
import runs from './runs.module.css';
import { StepButtons } from './step-buttons';
import { StepSlider } from './step-slider';
import { useRun } from './use-run';

/** A run on a page of its own, on a desk or on a phone. */
export function RunPage({ runId }: { runId: string }) {
  return (
    <SessionGate waiting={<Waiting />}>
      <LivePage key={runId} runId={runId} />
    </SessionGate>
  );
}

function LivePage({ runId }: { runId: string }) {
  const { run, view, connection, error, retry } = useRun(runId);
  const [at, setAt] = useState<number | null>(null);
  /** The step to branch off at; null: the newest. */
  const [branching, setBranching] = useState<{ at: number | null } | null>(null);
  const [settings, setSettings] = useCurveSettings();
  const trpc = useTRPC();
  const document = useQuery({
    ...trpc.documents.get.queryOptions({ id: run?.documentId ?? '' }),
    enabled: run !== null,
    staleTime: 60_000,
  });
  if (error && !run)
    return (
      <main>
        <EmptyState
          page
          tone="error"
          icon={<IconPlugConnectedX size={18} stroke={1.75} />}
          title="This run cannot be shown"
          text={error.text}
          actions={
            error.missing ? (
              <Button component={Link} href="/">
                Go home
              </Button>
            ) : (
              <Button onClick={retry}>Try again</Button>
            )
          }
        />
      </main>
    );
  if (!run) return <Waiting />;
  const left = view.finished ? null : (run.progress?.secondsLeft ?? null);
  const title = document.data?.title ?? run.title;
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Link href="/" className={classes.home} aria-label="Netloom, home">
          <Brand />
        </Link>
        <Link href="/runs" className={classes.back} aria-label="All runs">
          <IconChevronLeft size={20} stroke={1.75} />
        </Link>
        <div className={classes.name}>
          <h1>{title}</h1>
          <div className={classes.sub}>
            {run.title.toLowerCase() === `run ${run.number}` ? `run ${run.number}` : `${run.title}, run ${run.number}`}
            {run.preset ? `, ${run.preset}` : ''}, seed {run.seed}
          </div>
        </div>
        <span className={classes.topState}>
          {connection === 'lost' && <Chip tone="warn">reconnecting</Chip>}
          <RunStateChip status={run.status} />
        </span>
        <span className={classes.deskOnly}>
          <RunControls runId={run.id} status={run.status} />
          {isActive(run.status) && (
            <>
              <StepButtons runId={run.id} status={run.status} />
              <ChangeButton runId={run.id} />
            </>
          )}
          <Button
            component={Link}
            href={`/documents/${run.documentId}`}
            leftSection={<IconSchema size={14} stroke={1.75} />}
          >
            Open the graph
          </Button>
        </span>
        <ExportMenu run={run} />
        <span className={runs.hidden} role="status">
          Run {run.number}: {runStateTitle(run.status)}
        </span>
      </header>
      <main className={classes.main}>
        <div className={classes.column}>
          <section className={classes.card} aria-label="Progress">
            <div className={classes.phoneLine}>
              <RunStateChip status={run.status} />
              <span className={runs.quiet}>{left === null ? '' : `${formatSeconds(left)} left`}</span>
            </div>
            <RunProgressBar run={run} view={view} />
            <RunFigures run={run} view={view} />
            <div className={classes.phoneButtons}>
              <RunControls runId={run.id} status={run.status} large />
            </div>
          </section>
          {view.seq < 0 && <p className={runs.waiting}>{waitingText(run.status)}</p>}
          <Curves view={view} at={at} onPick={setAt} settings={settings} onSettings={setSettings} />
        </div>
        <div className={classes.column}>
          <Results run={run} view={view} />
          <BranchLineage run={run} view={view} />
          <CheckpointsCard run={run} onBranch={(iteration) => setBranching({ at: iteration - 1 })} />
          <div className={classes.cards}>
            <RunSamples run={run} view={view} at={at} />
          </div>
        </div>
      </main>
      {view.iteration > 0 && (
        <StepSlider
          last={view.iteration}
          at={at}
          onChange={setAt}
          action={
            <Button leftSection={<IconGitBranch size={14} stroke={1.75} />} onClick={() => setBranching({ at })}>
              Branch from here
            </Button>
          }
        />
      )}
      {branching && <BranchDialog run={run} at={branching.at} onClose={() => setBranching(null)} />}
    </div>
  );
}

function Curves(props: Parameters<typeof RunCurves>[0]) {
  return (
    <div className={classes.cards}>
      <RunCurves {...props} tall />
    </div>
  );
}

function Results({ run, view }: { run: RunSummary; view: ReturnType<typeof useRun>['view'] }) {
  if (!view.finished && view.messages.length === 0 && run.reason === null) return null;
  return (
    <section className={classes.card} aria-label="Outcome">
      {view.finished && <RunResults finished={view.finished} />}
      <RunMessages messages={view.messages} reason={run.reason} />
    </section>
  );
}

function Waiting() {
  return (
    <div className={classes.page} aria-busy="true">
      <header className={classes.top}>
        <Brand />
      </header>
      <main className={classes.main}>
        <div className={classes.column}>
          <Skeleton height={148} radius="lg" />
          <Skeleton height={340} radius="lg" />
        </div>
        <div className={classes.column}>
          <Skeleton height={320} radius="lg" />
        </div>
      </main>
    </div>
  );
}
