'use client';
import { useReactFlow, useStore } from '@xyflow/react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Tile } from '@/app/_ui/tile';
import type { Command } from '@/lib/graph/command';
import type { Fix } from '@/lib/graph/diagnostic';
import { faces } from '@/lib/nodes/faces.generated';
import { applyFix } from '../actions/change-node';
import { KindIcon } from '../model/kind-icon';
import { useEditor, useUi, useView } from '../state/editor-context';
import classes from './problems.module.css';
import { useDiagnostics } from './problems-panel';

const WIDTH = 440;
/** Between the cause and the box. */
const GAP = 14;

/** At the cause of a problem: what happened, expected and received, at most two ways out. Enter takes the first. */
export function ProblemPopover() {
  const editor = useEditor();
  const flow = useReactFlow();
  const index = useUi((state) => state.problem);
  const graph = useUi((state) => state.graph);
  const diagnostic = useDiagnostics()[index ?? -1];
  const layout = useView((state) => state.places);
  const view = useView((state) => state.nodes[diagnostic?.at.node ?? '']);
  const wire = useView((state) => state.wires[diagnostic?.at.edge ?? '']);
  useStore((state) => state.transform); // stays at its place while the canvas moves
  const first = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(280);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another problem has another height
  useLayoutEffect(() => setHeight(box.current?.offsetHeight ?? 280), [diagnostic]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another problem takes the focus
  useEffect(() => first.current?.focus(), [index]);
  if (!diagnostic || (diagnostic.at.graph ?? 'main') !== graph) return null;
  const spot = wire?.route?.label ?? anchor();
  if (!spot) return null;
  const screen = flow.flowToScreenPosition(spot);
  const canvas = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  const [low, high] = [(canvas?.left ?? 0) + 8, (canvas?.right ?? window.innerWidth) - WIDTH - 8];
  const left = Math.max(low, Math.min(high, screen.x - WIDTH / 4));
  // Above the cause where it would hide the list of problems or leave the canvas.
  const list = document.querySelector('[data-problems]')?.getBoundingClientRect();
  const bottom = Math.min(canvas?.bottom ?? window.innerHeight, list?.top ?? Number.POSITIVE_INFINITY) - 8;
  const above = screen.y + GAP + height > bottom;
  const top = above ? Math.max((canvas?.top ?? 0) + 8, Math.min(screen.y, bottom) - GAP - height) : screen.y + GAP;
  const fixes = [...(diagnostic.fix ? [diagnostic.fix] : []), ...(diagnostic.alternatives ?? [])].slice(0, 2);
  const close = () => editor.ui.getState().set({ problem: null });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };
  const [title, ...rest] = diagnostic.message.split(/(?<=[.!?]) /);
  return createPortal(
    <div
      className={classes.popover}
      ref={box}
      style={{ left, top, width: WIDTH }}
      role="dialog"
      aria-label="Problem"
      onKeyDown={onKeyDown}
    >
      <svg
        className={classes.tip}
        data-above={above || undefined}
        style={{ left: Math.max(12, Math.min(WIDTH - 28, screen.x - left - 8)) }}
        width="16"
        height="9"
        aria-hidden="true"
      >
        <path d="M0 9L8 0l8 9" fill="var(--nl-panel)" stroke="var(--nl-line-2)" />
      </svg>
      <div className={classes.what}>
        <b>{title}</b>
        {rest.length > 0 && <p>{rest.join(' ')}</p>}
        {(diagnostic.expected || diagnostic.received) && (
          <dl>
            <dt>Expected</dt>
            <dd>{diagnostic.expected ?? '–'}</dd>
            <dt>Received</dt>
            <dd className={classes.error}>{diagnostic.received ?? '–'}</dd>
          </dl>
        )}
      </div>
      {fixes.map((fix, place) => (
        <FixButton key={fix.title} fix={fix} first={place === 0} innerRef={place === 0 ? first : undefined} />
      ))}
      <footer>
        <span>{fixes.length ? 'Enter mends it' : 'Change the node or its wires to mend it'}</span>
        <button type="button" onClick={close}>
          Close
        </button>
      </footer>
    </div>,
    document.body,
  );

  function anchor(): { x: number; y: number } | null {
    const place = layout?.[diagnostic?.at.node ?? ''];
    if (!place || !view) return null;
    const port = view.ports.find((candidate) => candidate.id === diagnostic?.at.port && candidate.side === 'in');
    return {
      x: place.x + (port ? port.x + 16 : view.width / 2),
      y: place.y + (port && port.place === 'row' ? port.y + 8 : view.height),
    };
  }
}

function FixButton({
  fix,
  first,
  innerRef,
}: {
  fix: Fix;
  first: boolean;
  innerRef: React.Ref<HTMLButtonElement> | undefined;
}) {
  const editor = useEditor();
  const face = faces[insertedKind(fix.command) ?? ''];
  return (
    <button ref={innerRef} type="button" className={classes.fix} onClick={() => applyFix(editor, fix)}>
      {face && (
        <Tile color={face.makes} solid={face.learns === true} size={24}>
          <KindIcon name={face.icon} size={17} />
        </Tile>
      )}
      <span>
        <b>{fix.title}</b>
        {face && <small>{face.summary}</small>}
      </span>
      {fix.cost && <em>{fix.cost}</em>}
      <kbd style={first ? undefined : { visibility: 'hidden' }}>Enter</kbd>
    </button>
  );
}

/** The kind that a fix adds, for its tile. */
function insertedKind(command: Command): string | null {
  if (command.do === 'add-node') return command.node.kind;
  if (command.do !== 'batch') return null;
  for (const part of command.commands) {
    const kind = insertedKind(part);
    if (kind) return kind;
  }
  return null;
}
