import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { useTRPCClient } from '@/app/_client/trpc';
import { showToast } from '@/app/_ui/toast';
import type { Sample } from './fold-run';
import { frontOf } from './front-of';
import runs from './runs.module.css';
import classes from './sample-panel.module.css';

type Population = Extract<Sample, { sample: 'population' }>;
type Child = Population['children'][number];

/** Where a child can be had as a document: the run, and its sink. */
export interface ChildrenOrigin {
  workspaceId: string;
  run: string;
  sink: string;
}

const [WIDTH, HEIGHT, EDGE] = [320, 200, 14];
/** Rows of the table below. */
const BEST = 5;

/** Each child by its number of parameters (logarithmic) and its score; the front, which no smaller one beats, is filled. */
export function PopulationPicture({ population, origin }: { population: Population; origin: ChildrenOrigin | null }) {
  const { children } = population;
  if (children.length === 0) return <p className={runs.waiting}>No network has been tried yet.</p>;
  const built = children.filter((child): child is Child & { parameters: number } => child.parameters !== null);
  if (built.length === 0)
    return <p className={runs.waiting}>None of the {children.length} networks tried so far could be built.</p>;
  const front = new Set<Child>(frontOf(built));
  const across = axis(
    built.map(({ parameters }) => Math.log(Math.max(1, parameters))),
    EDGE,
    WIDTH - EDGE,
  );
  const up = axis(
    built.map(({ score }) => score),
    HEIGHT - EDGE,
    EDGE,
  );
  const sizes = built.map(({ parameters }) => parameters);
  const scores = built.map(({ score }) => score);
  const best = [...children].sort((a, b) => b.score - a.score).slice(0, BEST);
  const chosen = Object.keys(best[0]?.set ?? {});
  return (
    <>
      <svg
        className={classes.curves}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${children.length} networks, scores from ${figure(Math.min(...scores))} to ${figure(Math.max(...scores))}`}
      >
        <line x1={EDGE} x2={WIDTH - EDGE} y1={HEIGHT - EDGE} y2={HEIGHT - EDGE} stroke="var(--nl-line)" />
        {built.map((child) => (
          <circle
            key={JSON.stringify(child.set)}
            cx={across(Math.log(Math.max(1, child.parameters))).toFixed(1)}
            cy={up(child.score).toFixed(1)}
            r={front.has(child) ? 4 : 3}
            fill={front.has(child) ? 'var(--nl-metric)' : 'none'}
            stroke="var(--nl-metric)"
          >
            <title>{`${settingsOf(child)}: ${figure(child.score)}`}</title>
          </circle>
        ))}
        <text x={EDGE} y={HEIGHT - 2}>
          {counted(Math.min(...sizes))} parameters
        </text>
        <text x={WIDTH - EDGE} y={HEIGHT - 2} textAnchor="end">
          {counted(Math.max(...sizes))}
        </text>
      </svg>
      <div className={classes.scroll}>
        <table className={runs.results}>
          <thead>
            <tr>
              <th>Best so far</th>
              {chosen.map((param) => (
                <th key={param}>{param}</th>
              ))}
              <th>Parameters</th>
              {origin && <th aria-label="Open" />}
            </tr>
          </thead>
          <tbody>
            {best.map((child) => (
              <tr key={JSON.stringify(child.set)}>
                <td>{figure(child.score)}</td>
                {chosen.map((param) => (
                  <td key={param}>{shown(child.set[param])}</td>
                ))}
                <td>{child.parameters === null ? '–' : counted(child.parameters)}</td>
                {origin && (
                  <td>
                    <OpenChild origin={origin} set={child.set} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Makes a document of a child and goes there. */
function OpenChild({ origin: { workspaceId, ...origin }, set }: { origin: ChildrenOrigin; set: Child['set'] }) {
  const client = useTRPCClient();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    try {
      const made = await client.documents.create.mutate({ workspaceId, from: { child: { ...origin, set } } });
      router.push(`/documents/${made.id}`);
    } catch (error) {
      setBusy(false);
      showToast({ text: readableError(error), tone: 'error' });
    }
  };
  return (
    <Button size="compact-xs" variant="default" loading={busy} onClick={open}>
      Open
    </Button>
  );
}

/** From numbers to places between `first` and `last`; where all are alike, the middle. */
function axis(values: readonly number[], first: number, last: number): (value: number) => number {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (value) => (high > low ? first + ((last - first) * (value - low)) / (high - low) : (first + last) / 2);
}

const settingsOf = ({ set }: Child): string =>
  Object.entries(set)
    .map(([param, value]) => `${param} ${shown(value)}`)
    .join(', ');

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));
const figure = (value: number): string => String(Number(value.toPrecision(4)));
const counted = (count: number): string => count.toLocaleString('en-US');
