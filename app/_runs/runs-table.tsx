'use client';

import { IconGitBranch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { groupDigits } from '@/app/_ui/group-digits';
import { RunStateChip } from '@/app/_ui/run-state';
import table from '@/app/_ui/table.module.css';
import { timeAgo } from '@/app/_ui/time-ago';
import type { RunSummary } from '@/lib/protocol/service';
import { formatMetric, formatRate } from './format-figures';
import { RunMenu } from './run-menu';
import { runTree } from './run-tree';

/** Runs with what came out, each branch behind the run that it came off. `name` is what opens one. */
export function RunsTable({ runs, name }: { runs: readonly RunSummary[]; name(run: RunSummary): ReactNode }) {
  return (
    <div className={table.wrap}>
      <table className={table.table}>
        <thead>
          <tr>
            <th>Run</th>
            <th>State</th>
            <th data-number>Accuracy</th>
            <th data-number>Loss</th>
            <th data-number>Examples / s</th>
            <th data-number>Seed</th>
            <th>Started</th>
            <th aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {runTree(runs).map(({ run, depth }) => (
            <tr key={run.id}>
              <td>
                <span className={table.title} style={{ paddingLeft: 20 * Math.min(depth, 6) }}>
                  {run.parent && <IconGitBranch size={14} stroke={1.75} aria-hidden />}
                  {name(run)}
                </span>
              </td>
              <td>
                <RunStateChip status={run.status} />
              </td>
              <td data-number>
                <b>{figure(run, 'accuracy')}</b>
              </td>
              <td data-number>{figure(run, 'loss')}</td>
              <td data-number>{run.progress ? formatRate(run.progress.examplesPerSecond) : '–'}</td>
              <td data-number>{run.seed}</td>
              <td>{timeAgo(run.startedAt ?? run.createdAt)}</td>
              <td data-number>
                <RunMenu run={run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `run 3, quick, off run 1 at step 400`, with its title where a person or a variant gave one. */
export function runName(run: RunSummary): string {
  const name = run.title.toLowerCase() === `run ${run.number}` ? `run ${run.number}` : run.title;
  const branch = run.parent ? `, off run ${run.parent.number} at step ${groupDigits(run.parent.iteration)}` : '';
  return `${name}${run.preset ? `, ${run.preset}` : ''}${branch}`;
}

/** The measure on the data that says most: test, then validation, then training. */
function figure(run: RunSummary, name: string): string {
  for (const pass of ['test', 'val', 'train']) {
    const value = run.metrics[`${pass}.${name}`];
    if (value !== undefined) return formatMetric(name, value);
  }
  return '–';
}
