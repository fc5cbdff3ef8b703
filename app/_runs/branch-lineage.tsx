import { IconGitBranch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/app/_client/trpc';
import { groupDigits } from '@/app/_ui/group-digits';
import type { RunSummary } from '@/lib/protocol/service';
import type { Branched, RunView } from './fold-run';
import page from './run-page.module.css';
import classes from './runs.module.css';

/** Where a run comes from, what it took over, and which runs branched off it; nothing where it stands alone. */
export function BranchLineage({ run, view }: { run: RunSummary; view: RunView }) {
  const trpc = useTRPC();
  const { workspaceId, documentId, parent } = run;
  const runs = useQuery({ ...trpc.runs.list.queryOptions({ workspaceId, documentId }), staleTime: 5_000 });
  const children = (runs.data ?? []).filter((other) => other.parent?.id === run.id);
  if (!parent && children.length === 0) return null;
  return (
    <section className={page.card} aria-label="Branches">
      <div className={classes.messages}>
        {parent && (
          <div className={classes.message}>
            <IconGitBranch size={14} stroke={1.75} />
            <span>
              Branched off{' '}
              {parent.id ? <Link href={`/runs/${parent.id}`}>run {parent.number}</Link> : removedRun(parent)} after step{' '}
              {groupDigits(parent.iteration)}
              {view.branched && `; ${describeTaken(view.branched)}`}
            </span>
          </div>
        )}
        {view.branched && <Names branched={view.branched} />}
        {children.map((child) => (
          <div key={child.id} className={classes.message}>
            <IconGitBranch size={14} stroke={1.75} />
            <span>
              <Link href={`/runs/${child.id}`}>Run {child.number}</Link> branches off after step{' '}
              {groupDigits(child.parent?.iteration ?? 0)}
            </span>
          </div>
        ))}
      </div>
    </section>
  );
}

const removedRun = ({ number }: { number: number }): string => `run ${number}, which is deleted,`;

function describeTaken({ variables, slots }: Branched): string {
  const parts = [`${variables.matched.length} weights taken over`];
  if (variables.fresh.length > 0) parts.push(`${variables.fresh.length} new`);
  if (variables.dropped.length > 0) parts.push(`${variables.dropped.length} left behind`);
  if (slots.fresh.length > 0) parts.push(`${slots.fresh.length} optimizer slots begin anew`);
  return parts.join(', ');
}

/** By name, what is new and what was left behind. */
function Names({ branched: { variables, slots } }: { branched: Branched }) {
  const lists = [
    ['New', [...variables.fresh, ...slots.fresh]],
    ['Left behind', [...variables.dropped, ...slots.dropped]],
  ] as const;
  if (lists.every(([, names]) => names.length === 0)) return null;
  return (
    <details className={classes.names}>
      <summary>By name</summary>
      {lists.map(
        ([title, names]) =>
          names.length > 0 && (
            <p key={title}>
              <b>{title}:</b> {names.join(', ')}
            </p>
          ),
      )}
    </details>
  );
}
