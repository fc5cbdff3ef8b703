'use client';

import { useMemo, useState } from 'react';
import { ErrorBoundary } from '@/app/_client/error-boundary';
import type { RunSummary } from '@/lib/protocol/service';
import { curveGroups } from './curve-groups';
import { CurvePanel, type CurveSettings } from './curve-panel';
import { lastSeen, type MetricTable, type RunView, type Seen } from './fold-run';
import { metricTitle, parseMetricKey } from './metric-key';
import { MixUps } from './mix-ups';
import { PatchRows } from './patch-rows';
import { RunFigures } from './run-figures';
import { RunMessages } from './run-messages';
import { RunProgressBar } from './run-progress-bar';
import { RunResults } from './run-results';
import runs from './runs.module.css';
import { SamplePanel } from './sample-panel';

const HEIGHTS = { loss: 188, other: 112 };

/** Settings of all charts of a page. */
export function useCurveSettings() {
  return useState<CurveSettings>({ smoothing: 0.93, log: true });
}

/** The curves of a run, one chart a measure. */
export function RunCurves(props: {
  view: RunView;
  at: number | null;
  onPick(iteration: number): void;
  settings: CurveSettings;
  onSettings(settings: CurveSettings): void;
  tall?: boolean;
}) {
  const groups = useMemo(() => curveGroups(props.view.curves), [props.view.curves]);
  return groups.map((group, index) => (
    <ErrorBoundary key={group.name} what={`The curve of ${group.title.toLowerCase()}`}>
      <CurvePanel
        group={group}
        view={props.view}
        at={props.at}
        height={(index === 0 ? HEIGHTS.loss : HEIGHTS.other) * (props.tall ? 1.5 : 1)}
        settings={props.settings}
        marksBest={index === 0}
        {...(index === 0 ? { onSettings: props.onSettings } : {})}
        onPick={props.onPick}
      />
    </ErrorBoundary>
  ));
}

/** All that a panel shows of a run: progress, figures, results, messages, curves and samples. */
export function RunDetails({
  run,
  waiting,
  ...curves
}: Parameters<typeof RunCurves>[0] & {
  run: RunSummary;
  /** Said while nothing has been measured. */
  waiting: string;
}) {
  const { view, at } = curves;
  return (
    <>
      <RunProgressBar run={run} view={view} />
      <RunFigures run={run} view={view} />
      {view.finished && <RunResults finished={view.finished} />}
      <RunMessages messages={view.messages} reason={run.reason} />
      {view.seq < 0 && <p className={runs.waiting}>{waiting}</p>}
      <RunCurves {...curves} />
      <RunSamples run={run} view={view} at={at} />
    </>
  );
}

/** What sweeps and sinks showed at the step: mix-ups, then every sink. */
export function RunSamples({ run, view, at }: { run: RunSummary; view: RunView; at: number | null }) {
  const step = at ?? Number.POSITIVE_INFINITY;
  const sinks = Object.entries(view.samples).flatMap(([sink, { name, items }]) => {
    const item = lastSeen(items, step);
    return item ? [{ sink, name, item }] : [];
  });
  const wall = sinks.find(({ item }) => item.value.sample === 'images' && item.value.captions)?.item.value;
  const tables = tablesAt(view, step);
  const mixUps = tables.filter(({ item }) => item.value.table === 'confusion').length;
  return (
    <>
      {tables.map(({ key, item }) =>
        item.value.table === 'pictures' ? (
          <ErrorBoundary key={key} what={metricTitle(parseMetricKey(key).name)}>
            <PatchRows title={metricTitle(parseMetricKey(key).name)} seen={{ ...item, value: item.value }} />
          </ErrorBoundary>
        ) : (
          <ErrorBoundary key={key} what="The mix-ups">
            <MixUps seen={item} title={tableTitle(key, mixUps)} wall={wall} />
          </ErrorBoundary>
        ),
      )}
      {sinks.map(({ sink, name, item }) => (
        <ErrorBoundary key={sink} what={metricTitle(name)}>
          <SamplePanel name={name} seen={item} origin={originOf(run, sink)} />
        </ErrorBoundary>
      ))}
    </>
  );
}

/** A run of the page alone belongs to no workspace. */
const originOf = ({ id, workspaceId }: RunSummary, sink: string) =>
  workspaceId === '' ? null : { workspaceId, run: id, sink };

/** The newest table of each kind: validation where there is one, for it tells what the training data would hide. */
function tablesAt(view: RunView, step: number) {
  const found = new Map<string, { key: string; pass: string | null; item: Seen<MetricTable> }>();
  for (const [key, items] of Object.entries(view.tables)) {
    const { variant, pass, name } = parseMetricKey(key);
    const item = lastSeen(items, step);
    if (!item || pass === 'test') continue;
    const kind = `${variant ?? ''}:${name}`;
    if (!found.has(kind) || pass === 'val') found.set(kind, { key, pass, item });
  }
  return [...found.values()];
}

/** One table is simply the mix-ups; of several each says whose. */
function tableTitle(key: string, count: number): string {
  const { variant, name } = parseMetricKey(key);
  if (count === 1) return 'Mix-ups';
  return variant === null ? `Mix-ups, ${name}` : `Mix-ups, ${variant}`;
}
