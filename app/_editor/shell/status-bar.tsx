'use client';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconExclamationCircle,
  IconUsers,
} from '@tabler/icons-react';
import { useViewport } from '@xyflow/react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { formatFlops, grouped } from '../model/format';
import { useDiagnostics } from '../problems/problems-panel';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import { usePeople } from '../state/people';
import { MemoryVerdict } from './memory-verdict';
import classes from './shell.module.css';

/** Totals and problems of the whole network, who is here, and whether everything is kept. */
export function StatusBar() {
  const totals = useDocument((state) => state.result?.totals);
  return (
    <footer className={classes.bottom}>
      <Problems />
      {totals && totals.nodes > 0 && (
        <>
          <span>
            <b>{grouped(totals.parameters)}</b> parameters
          </span>
          <span className={classes.wide}>
            <b>{totals.flops ? formatFlops(totals.flops) : '–'}</b> per example
          </span>
          <MemoryVerdict />
        </>
      )}
      <span className={classes.grow} />
      <Others />
      <Saved />
      <Zoom />
    </footer>
  );
}

function Problems() {
  const editor = useEditor();
  const diagnostics = useDiagnostics();
  const open = useUi((state) => state.problemsOpen);
  const compiled = useDocument((state) => state.result !== null);
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  const warnings = diagnostics.filter((diagnostic) => diagnostic.severity === 'warning').length;
  const words = [errors && plural(errors, 'error'), warnings && plural(warnings, 'warning')].filter(Boolean);
  const toggle = () => editor.ui.getState().set({ problemsOpen: !open, problem: null });
  return (
    <button type="button" className={classes.problems} aria-expanded={open} onClick={toggle}>
      {errors ? (
        <IconExclamationCircle size={14} stroke={1.75} color="var(--nl-error)" />
      ) : warnings ? (
        <IconAlertTriangle size={14} stroke={1.75} color="var(--nl-warn)" />
      ) : (
        <IconCircleCheck size={14} stroke={1.75} color="var(--nl-ok)" />
      )}
      {!compiled ? (
        'Checking …'
      ) : words.length ? (
        <span>
          <b>{words[0]}</b>
          {words[1] ? `, ${words[1]}` : ''}
        </span>
      ) : (
        'No problems'
      )}
    </button>
  );
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function Others() {
  const names = [...new Set(usePeople().map((person) => person.name))];
  if (!names.length) return null;
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are` : `${names[0]} is`;
  return (
    <span>
      <IconUsers size={14} stroke={1.75} color="var(--nl-text-3)" />
      {list} editing
    </span>
  );
}

function Saved() {
  const { services } = useEditor();
  const saved = useSyncExternalStore(services.onSaveState, services.saveState, services.saveState);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  switch (saved.state) {
    case 'saved':
      return (
        <span>
          <IconCloudCheck size={14} stroke={1.75} color="var(--nl-ok)" />
          Saved {ago(now - saved.at)}
        </span>
      );
    case 'saving':
      return (
        <span>
          <IconCloudUp size={14} stroke={1.75} color="var(--nl-text-3)" />
          Saving …
        </span>
      );
    case 'connecting':
      return (
        <span>
          <IconCloudUp size={14} stroke={1.75} color="var(--nl-text-3)" />
          Connecting …
        </span>
      );
    case 'offline':
      return (
        <span role="status">
          <IconCloudOff size={14} stroke={1.75} color="var(--nl-warn)" />
          Offline: your edits are kept and merged later
        </span>
      );
  }
}

function ago(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 2) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}

function Zoom() {
  const { zoom } = useViewport();
  return <span className={classes.zoom}>{Math.round(zoom * 100)} %</span>;
}
