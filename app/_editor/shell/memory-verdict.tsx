'use client';
import { Button, Popover } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { limitsOn } from '@/lib/compile/limits-on';
import { fittingBatch, type Memory } from '@/lib/compile/measure-memory';
import { flyTo } from '../actions/fly-to';
import { formatBytes } from '../model/format';
import { type Editor, useDocument, useEditor } from '../state/editor-context';
import classes from './shell.module.css';

type Verdict = 'fits' | 'tight' | 'too-large';

const WORDS: Record<Verdict, string> = { fits: 'Fits', tight: 'Tight', 'too-large': 'Does not fit' };
const MARKS = { fits: IconCircleCheck, tight: IconAlertTriangle, 'too-large': IconExclamationCircle };
const COLORS: Record<Verdict, string> = {
  fits: 'var(--nl-ok)',
  tight: 'var(--nl-warn)',
  'too-large': 'var(--nl-error)',
};

const judge = (bytes: number, device: number): Verdict =>
  bytes > device ? 'too-large' : bytes > limitsOn(device).tightBytes ? 'tight' : 'fits';

/** Whether a training fits the device that runs compute on, and what takes the memory; known before a run starts. */
export function MemoryVerdict() {
  const memory = useDocument((state) => state.result?.totals.memory);
  const device = useDocument((state) => state.device);
  const canEdit = useEditor().services.canEdit;
  if (!memory || memory.bytes === 0) return null;
  const verdict = device ? judge(memory.bytes, device.bytes) : null;
  const Mark = verdict && MARKS[verdict];
  return (
    <Popover position="top-start" width={304}>
      <Popover.Target>
        <button
          type="button"
          className={classes.problems}
          aria-label={verdict ? `Memory: ${WORDS[verdict]}` : 'Memory'}
        >
          {verdict && Mark && <Mark size={14} stroke={1.75} color={COLORS[verdict]} />}
          <span>
            {verdict === 'fits' || !verdict ? '' : `${WORDS[verdict]}: `}
            <b>{formatBytes(memory.bytes)}</b>
            {device ? ` of ${formatBytes(device.bytes)}` : ' to train'}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.memory ?? ''}>
        <h3>{device && verdict ? `${WORDS[verdict]} on ${device.name}` : 'Memory'}</h3>
        <Shares memory={memory} device={device?.bytes ?? null} />
        <Biggest memory={memory} />
        {canEdit && device && verdict !== 'fits' && <Smaller memory={memory} device={device.bytes} />}
      </Popover.Dropdown>
    </Popover>
  );
}

/** The same in a line, where a run is started. */
export function MemoryLine() {
  const bytes = useDocument((state) => state.result?.totals.memory.bytes ?? 0);
  const device = useDocument((state) => state.device);
  if (!bytes || !device) return null;
  const verdict = judge(bytes, device.bytes);
  const Mark = MARKS[verdict];
  return (
    <div className={classes.memoryLine}>
      <Mark size={14} stroke={1.75} color={COLORS[verdict]} />
      {WORDS[verdict]} on {device.name}: {formatBytes(bytes)} of {formatBytes(device.bytes)}
    </div>
  );
}

function Shares({ memory, device }: { memory: Memory; device: number | null }) {
  const rows: [string, number, string][] = [
    ['Weights', memory.weights, 'var(--nl-tensor)'],
    ['Gradients', memory.gradients, 'var(--nl-loss)'],
    ['Optimizer', memory.optimizer, 'var(--nl-step)'],
    [`Activations, batch of ${memory.batch}`, memory.activations, 'var(--nl-data)'],
  ];
  const whole = Math.max(memory.bytes, device ?? 0);
  return (
    <>
      <div className={classes.memoryBar} aria-hidden="true">
        {rows.map(([name, bytes, color]) => (
          <i key={name} style={{ width: `${(100 * bytes) / whole}%`, background: color }} />
        ))}
      </div>
      <dl>
        {rows.map(([name, bytes, color]) => (
          <div key={name}>
            <dt>
              <i style={{ background: color }} />
              {name}
            </dt>
            <dd>{formatBytes(bytes)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Biggest({ memory }: { memory: Memory }) {
  const editor = useEditor();
  const flow = useReactFlow();
  const { biggest } = memory;
  if (!biggest) return null;
  // Of a block it is the instance that one can go to from here.
  const [id = ''] = biggest.path.split(/[/[]/);
  const name = editor.documents.getState().document.graph.nodes[id]?.name || id;
  return (
    <p>
      Most is for{' '}
      <button type="button" onClick={() => flyTo(editor, flow, 'main', [id])}>
        {name}
      </button>
      , {formatBytes(biggest.bytes)}.
    </p>
  );
}

function Smaller({ memory, device }: { memory: Memory; device: number }) {
  const editor = useEditor();
  const fitting = fittingBatch(memory, limitsOn(device).tightBytes);
  if (fitting === null) return <p>No batch is small enough: make the network smaller.</p>;
  return (
    <Button size="compact-sm" variant="default" onClick={() => setBatch(editor, fitting)}>
      Set the batch to {fitting}
    </Button>
  );
}

function setBatch(editor: Editor, batch: number): void {
  const { document, dispatch } = editor.documents.getState();
  dispatch({ do: 'set-document', set: { settings: { ...document.settings, batch } } }, `Batch of ${batch}`);
}
