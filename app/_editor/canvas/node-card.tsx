'use client';
import { IconAlertTriangle, IconCheck, IconExclamationMark, IconLink, IconSnowflake } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { type CSSProperties, type KeyboardEvent, memo, useState } from 'react';
import { Tile } from '@/app/_ui/tile';
import { renameNode } from '../actions/change-node';
import { KindIcon } from '../model/kind-icon';
import type { FieldView, NodeView, RowView } from '../model/node-view';
import { openProblemAt } from '../problems/open-problem';
import { useEditor, useUi, useView } from '../state/editor-context';
import { useNodePeople } from '../state/people';
import { useNodeRun, useNodeValue } from '../state/run-state';
import { ActivationPicture } from './activation-picture';
import { BlockDrawing } from './block-drawing';
import { BarsDrawing, CurveDrawing, HistogramDrawing, KernelDrawing, makesColor } from './drawings';
import classes from './node-card.module.css';
import { Port } from './port';
import { PortShape } from './port-glyph';
import { Shape } from './shape';
import { Thumbnails } from './thumbnails';

/** A node of the graph, as sheet 10 of the mock-ups draws it. Subscribes to its own view only. */
export const NodeCard = memo(function NodeCard({ id, selected }: NodeProps) {
  const view = useView((state) => state.nodes[id]);
  const level = useUi((state) => state.level);
  if (!view) return null;
  if (level === 'full') return <Card view={view} selected={selected === true} />;
  return <SmallCard view={view} selected={selected === true} level={level} />;
});

function Card({ view, selected }: { view: NodeView; selected: boolean }) {
  const drop = useUi((state) => state.dropNode === view.id);
  const wiring = useUi((state) => state.wire !== null && state.wire.node !== view.id);
  const people = useNodePeople(view.id);
  const run = useNodeRun(view.id);
  const person = people[0];
  const style = {
    '--k': makesColor(view.makes),
    ...(person ? { '--person': person.color } : {}),
  } as CSSProperties;
  return (
    <div
      className={classes.card}
      style={style}
      data-selected={selected || undefined}
      data-problem={view.problem?.severity}
      data-person={person ? true : undefined}
      data-muted={view.muted || undefined}
      data-bypassed={view.bypassed || undefined}
      data-drop={drop || undefined}
      data-running={run?.state === 'running' || undefined}
    >
      {view.role === 'instance' && <span className={classes.ply} />}
      <Header view={view} />
      {!view.collapsed && <Sections view={view} />}
      {!view.collapsed && <ActivationPicture view={view} />}
      {view.bypassed && <BypassArc width={view.width} />}
      <Ports view={view} selected={selected} drawer={selected || wiring} />
      <Badge view={view} done={run?.state === 'done'} />
      {run?.state === 'running' && run.progress !== null && (
        <span className={classes.progress} style={{ width: `${Math.round(run.progress * 100)}%` }} />
      )}
      {person && <span className={classes.flag}>{person.name}</span>}
    </div>
  );
}

/**
 * A node from afar: its colour, and from 25 % on its icon and ports. The ports are one drawing until the pointer, the
 * selection or a wire being drawn may want them; many nodes are on the screen then.
 */
function SmallCard({ view, selected, level }: { view: NodeView; selected: boolean; level: 'glyph' | 'block' }) {
  const [near, setNear] = useState(false);
  const wiring = useUi((state) => state.wire !== null);
  const glyph = level === 'glyph';
  return (
    <div
      className={glyph ? `${classes.card} ${classes.small}` : classes.plain}
      style={{ '--k': makesColor(view.makes) } as CSSProperties}
      data-selected={selected || undefined}
      data-problem={view.problem?.severity}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      {glyph && (
        <span className={classes.glyph}>
          <Tile color={view.makes} solid={view.learns} size={40}>
            <KindIcon name={view.icon} size={26} />
          </Tile>
        </span>
      )}
      {near || selected || wiring ? (
        <Ports view={view} selected={selected} drawer={false} />
      ) : (
        glyph && <PortMarks view={view} />
      )}
    </div>
  );
}

const PortMarks = ({ view }: { view: NodeView }) => (
  <svg className={classes.marks} width={view.width} height={view.height} aria-hidden="true">
    {view.ports.map(
      ({ side, handle, type, place, wired, x, y }) =>
        (place === 'header' || place === 'row') && (
          <PortShape key={`${side}${handle}`} type={type} look={wired ? 'wired' : 'empty'} x={x} y={y} />
        ),
    )}
  </svg>
);

function Header({ view }: { view: NodeView }) {
  const editor = useEditor();
  const renaming = useUi((state) => state.renaming === view.id);
  const finish = (name: string | null) => {
    if (name !== null) renameNode(editor, view.id, name);
    editor.ui.getState().set({ renaming: null });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Enter') finish(event.currentTarget.value);
    if (event.key === 'Escape') finish(null);
  };
  return (
    <div className={classes.header}>
      <Tile color={view.makes} solid={view.learns}>
        <KindIcon name={view.icon} />
      </Tile>
      <span className={classes.title}>{view.title}</span>
      {renaming ? (
        <input
          className={`${classes.rename} nodrag`}
          aria-label="Name"
          defaultValue={view.fullName}
          // biome-ignore lint/a11y/noAutofocus: F2 asks for it
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          onBlur={(event) => finish(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      ) : (
        view.name && <span className={classes.name}>{view.name}</span>
      )}
    </div>
  );
}

function Sections({ view }: { view: NodeView }) {
  const { at, body, fields, rows, footer } = view;
  const value = useNodeValue(view);
  return (
    <>
      {rows.length > 0 && (
        <div
          className={`${classes.rows} ${view.role === 'dataset' ? classes.ruled : ''}`}
          style={{ top: view.role === 'dataset' ? at.rows - 4 : at.rows }}
        >
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
            <Row key={index} row={row} live={index === 0 ? value : null} />
          ))}
        </div>
      )}
      {body && <Body view={view} />}
      {fields.length > 0 && body?.draw !== 'kernel' && (
        <div
          className={`${classes.fields} ${rows.length && view.role !== 'dataset' ? classes.ruled : ''}`}
          style={{ top: at.fields }}
        >
          <Fields fields={fields} />
        </div>
      )}
      {footer && (
        <div className={classes.footer} style={{ top: at.footer }}>
          {view.role === 'training' ? (
            <span>
              <span className={classes.quiet}>{footer.left}</span> {footer.right}
            </span>
          ) : (
            <>
              <Shape text={footer.left} className={classes.shape} />
              <span>{footer.right}</span>
            </>
          )}
        </div>
      )}
    </>
  );
}

/** While a run is shown, the first row of a loss or metric says its latest value. */
const Row = ({ row, live }: { row: RowView; live: string | null }) => (
  <div className={classes.row} data-tone={row.tone}>
    <span className={row.left.endsWith(' above') ? classes.quiet : undefined}>{row.left}</span>
    {live && !row.right ? <b className={classes.live}>{live}</b> : <span>{row.right}</span>}
  </div>
);

const Fields = ({ fields }: { fields: FieldView[] }) =>
  fields.map((field) => (
    <div key={field.key} className={classes.field}>
      <span>{field.label}</span>
      <b>{field.value}</b>
    </div>
  ));

function Body({ view }: { view: NodeView }) {
  const { body, params, at } = view;
  const color = makesColor(view.makes);
  const top = { top: at.body };
  switch (body?.draw) {
    case 'kernel':
      return (
        <div className={`${classes.body} ${classes.kernel}`} style={top}>
          <KernelDrawing params={params} color="var(--nl-tensor)" stretch={!view.learns} />
          <div className={classes.fields}>
            <Fields fields={view.fields} />
          </div>
        </div>
      );
    case 'curve': {
      const chosen = body.field ? params[body.field] : undefined;
      return (
        <div className={classes.body} style={{ ...top, paddingTop: 0 }}>
          <CurveDrawing fn={typeof chosen === 'string' ? chosen : body.fn} params={params} color={color} />
        </div>
      );
    }
    case 'thumbnails':
      return (
        <div className={classes.body} style={top}>
          <Thumbnails dataset={datasetOf(view)} />
        </div>
      );
    case 'bars':
      return (
        <div className={classes.body} style={top}>
          <BarsDrawing color={color} />
        </div>
      );
    case 'histogram':
      return (
        <div className={classes.body} style={top}>
          <HistogramDrawing color={color} />
        </div>
      );
    case 'text':
      return (
        <div className={classes.body} style={top}>
          <p className={classes.text}>{body.text}</p>
        </div>
      );
    case 'block':
      return (
        <div className={classes.body} style={{ ...top, padding: 0 }}>
          <BlockDrawing block={typeof params.block === 'string' ? params.block : ''} width={view.width} />
        </div>
      );
    default:
      return null;
  }
}

const datasetOf = (view: NodeView): string => {
  const id = view.params.dataset ?? view.params.id;
  return typeof id === 'string' ? id : '';
};

function Ports({ view, selected, drawer }: { view: NodeView; selected: boolean; drawer: boolean }) {
  const shown = view.ports.filter((port) => port.place !== 'drawer' || drawer);
  const hanging = shown.filter((port) => port.place === 'drawer');
  return (
    <>
      {hanging.length > 0 && (
        <div className={classes.drawer}>
          {hanging.map((port) => (
            <div key={`${port.side}${port.id}`} className={classes.row}>
              <span>{port.side === 'in' ? port.title.toLowerCase() : ''}</span>
              <span>{port.side === 'out' ? port.title.toLowerCase() : ''}</span>
            </div>
          ))}
        </div>
      )}
      {shown.map((port) => (
        <Port key={`${port.side}${port.handle}`} node={view.id} name={view.label} port={port} reachable={selected} />
      ))}
    </>
  );
}

function Badge({ view, done }: { view: NodeView; done: boolean }) {
  const editor = useEditor();
  const { problem } = view;
  if (problem && problem.severity !== 'info') {
    const Icon = problem.severity === 'error' ? IconExclamationMark : IconAlertTriangle;
    return (
      <button
        type="button"
        className={`${classes.badge} nodrag`}
        data-tone={problem.severity}
        aria-label={`${problem.severity === 'error' ? 'Error' : 'Warning'}: ${problem.message}`}
        onClick={() => openProblemAt(editor, view.id)}
      >
        <Icon size={14} stroke={2.2} />
      </button>
    );
  }
  const Icon = view.shares ? IconLink : view.frozen ? IconSnowflake : done ? IconCheck : null;
  if (!Icon) return null;
  const title = view.shares ? 'Shares its weights' : view.frozen ? 'Frozen' : 'Done';
  return (
    <span
      className={classes.mark}
      role="img"
      aria-label={title}
      style={done && !view.shares && !view.frozen ? { color: 'var(--nl-ok)' } : undefined}
    >
      <Icon size={13} stroke={2} />
    </span>
  );
}

const BypassArc = ({ width }: { width: number }) => (
  <svg className={classes.arc} width={width} height="40" aria-hidden="true">
    <path d={`M0 16C8-14 ${width - 8}-14 ${width} 16`} fill="none" stroke="var(--nl-tensor)" strokeWidth="2" />
  </svg>
);
