'use client';
import { Button, Menu } from '@mantine/core';
import {
  IconBolt,
  IconChevronDown,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
} from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '@/app/_ui/icon-button';
import { useDiagnostics } from '../problems/problems-panel';
import { useEditor } from '../state/editor-context';
import { ACTIVE_RUN } from '../state/run-state';
import { MemoryLine } from './memory-verdict';
import classes from './shell.module.css';
import { useStartRun } from './use-start-run';

const SeedField = dynamic(() => import('./seed-field').then((module) => module.SeedField), { ssr: false });

/** Run, with its menu; while something runs, its progress with pause and stop. */
export function RunControl() {
  const editor = useEditor();
  const run = useStore(editor.runs, (state) => state.run);
  const blocked = useDiagnostics().some((diagnostic) => diagnostic.severity === 'error');
  const { start, starting, tryHere } = useStartRun();
  const [seed, setSeed] = useState<number | string>('');
  if (run && (ACTIVE_RUN.has(run.status) || run.status === 'paused')) {
    const paused = run.status === 'paused';
    return (
      <div className={classes.running}>
        <Ring part={run.progress ?? 0} />
        <b>{run.progress === null ? '–' : `${Math.round(run.progress * 100)} %`}</b>
        <IconButton
          label={paused ? 'Resume' : 'Pause'}
          size={24}
          onClick={() => void editor.services.controlRun(run.id, paused ? 'resume' : 'pause')}
        >
          {paused ? <IconPlayerPlayFilled size={14} /> : <IconPlayerPauseFilled size={14} />}
        </IconButton>
        <IconButton label="Stop" size={24} onClick={() => void editor.services.controlRun(run.id, 'cancel')}>
          <IconPlayerStopFilled size={14} />
        </IconButton>
      </div>
    );
  }
  const options = (preset?: string) => ({
    ...(preset ? { preset } : {}),
    ...(typeof seed === 'number' ? { seed } : {}),
  });
  return (
    <>
      <Button
        variant="default"
        className={classes.try ?? ''}
        leftSection={<IconBolt size={14} stroke={1.75} />}
        title="Trains in this page, without a worker"
        disabled={blocked}
        onClick={() => void tryHere()}
      >
        Try here
      </Button>
      <div className={classes.run} data-quiet={blocked || undefined}>
        <Button
          variant={blocked ? 'default' : 'filled'}
          leftSection={<IconPlayerPlayFilled size={14} />}
          loading={starting}
          onClick={() => start(options())}
        >
          Run
        </Button>
        <Menu position="bottom-end" width={256} closeOnItemClick>
          <Menu.Target>
            <Button variant={blocked ? 'default' : 'filled'} aria-label="Run options" className={classes.runMore ?? ''}>
              <IconChevronDown size={14} stroke={1.75} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              onClick={() => start(options('quick'))}
              rightSection={<span className={classes.quiet}>short</span>}
            >
              Quick
            </Menu.Item>
            <Menu.Item onClick={() => start(options())} rightSection={<kbd>Ctrl Enter</kbd>}>
              Full
            </Menu.Item>
            <Menu.Divider />
            <div className={classes.seed}>
              <label htmlFor="run-seed">Seed</label>
              <SeedField id="run-seed" value={seed} onChange={setSeed} />
            </div>
            <MemoryLine />
          </Menu.Dropdown>
        </Menu>
      </div>
    </>
  );
}

const RADIUS = 7;
const AROUND = 2 * Math.PI * RADIUS;

const Ring = ({ part }: { part: number }) => (
  <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
    <circle cx="10" cy="10" r={RADIUS} fill="none" stroke="var(--nl-line-2)" strokeWidth="2.5" />
    <circle
      cx="10"
      cy="10"
      r={RADIUS}
      fill="none"
      stroke="var(--nl-accent)"
      strokeWidth="2.5"
      strokeDasharray={`${part * AROUND} ${AROUND}`}
      transform="rotate(-90 10 10)"
      strokeLinecap="round"
    />
  </svg>
);
