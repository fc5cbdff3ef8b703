'use client';
import { Button } from '@mantine/core';
import { IconChevronDown, IconLogin2, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { IconButton } from '@/app/_ui/icon-button';
import { Tile } from '@/app/_ui/tile';
import type { Stage } from '../actions/action';
import { connectPorts } from '../actions/connect-ports';
import { dispatch } from '../actions/graph-at';
import { openSearch } from '../actions/open-search';
import { removeSelection } from '../actions/remove-selection';
import { enterBlock } from '../actions/walk-blocks';
import { isEnd, NEW_PORT } from '../model/ends-view';
import { KindIcon } from '../model/kind-icon';
import type { NodeView, PortView } from '../model/node-view';
import type { WireView } from '../model/view-wires';
import { openProblemAt } from '../problems/open-problem';
import { useEditor, useUi, useView } from '../state/editor-context';
import classes from './graph-list.module.css';
import { inReadingOrder } from './reading-order';
import { sourcesFor } from './sources-for';

/** The graph as a table: every node with what feeds it. All that the canvas does with wires, with form fields. */
export function GraphList({ stage }: { stage: Stage }) {
  const editor = useEditor();
  const views = useView((state) => state.nodes);
  const wires = useView((state) => state.wires);
  const places = useView((state) => state.places);
  const rows = inReadingOrder(views, wires, places);
  const { canEdit } = editor.services;
  return (
    <section className={classes.page} aria-label="The graph as a list">
      <header className={classes.head}>
        <h2>The graph as a list</h2>
        {canEdit && (
          <Button leftSection={<IconPlus size={14} stroke={1.75} />} onClick={() => openSearch(stage)}>
            Add a node
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={() => editor.ui.getState().set({ list: false })}>
          To the canvas
        </Button>
      </header>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>Node</th>
            <th>Name</th>
            <th>Fed by</th>
            <th>Gives</th>
            <th>Parameters</th>
            <th aria-label="What can be done" />
          </tr>
        </thead>
        <tbody>
          {rows.map((view) => (
            <Row key={view.id} view={view} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className={classes.none}>Nothing is here yet.</p>}
    </section>
  );
}

function Row({ view }: { view: NodeView }) {
  const editor = useEditor();
  const wires = useView((state) => state.wires);
  const selected = useUi((state) => state.nodes.includes(view.id));
  const { canEdit } = editor.services;
  const select = () => editor.ui.getState().select([view.id]);
  const inputs = view.ports.filter((port) => port.side === 'in' && port.id !== NEW_PORT && !port.handle.includes('#'));
  const outputs = view.ports.filter((port) => port.side === 'out' && port.id !== NEW_PORT && port.type !== 'weights');
  const into = (port: PortView) =>
    Object.values(wires).filter((wire) => wire.target === view.id && wire.targetHandle.split('#')[0] === port.id);
  return (
    <tr data-on={selected || undefined} data-problem={view.problem?.severity} data-muted={view.muted || undefined}>
      <th scope="row">
        <button type="button" className={classes.node} aria-pressed={selected} onClick={select}>
          <Tile color={view.makes} solid={view.learns}>
            <KindIcon name={view.icon} />
          </Tile>
          {view.title}
        </button>
        {view.problem && view.problem.severity !== 'info' && (
          <button type="button" className={classes.problem} onClick={() => openProblemAt(editor, view.id)}>
            {view.problem.message}
          </button>
        )}
      </th>
      <td className={classes.mono}>{isEnd(view.id) ? '' : view.fullName}</td>
      <td>
        {inputs.map((port) => (
          <Input key={port.id} view={view} port={port} wires={into(port)} />
        ))}
      </td>
      <td className={classes.mono}>
        {outputs.map((port) => (
          <div key={port.id}>
            {outputs.length > 1 && <span className={classes.quiet}>{port.title.toLowerCase()} </span>}
            {view.footer && port.place === 'header' ? view.footer.left : port.type === 'tensor' ? '' : port.type}
          </div>
        ))}
      </td>
      <td className={classes.number}>{view.role === 'ends' ? '' : (view.footer?.right ?? '')}</td>
      <td className={classes.tools}>
        {typeof view.params.block === 'string' && (
          <IconButton label={`Open ${view.label}`} size={24} onClick={() => enterBlock(editor, view.id)}>
            <IconLogin2 size={14} stroke={1.75} />
          </IconButton>
        )}
        {canEdit && !isEnd(view.id) && (
          <IconButton
            label={`Delete ${view.label}`}
            size={24}
            onClick={() => {
              select();
              removeSelection(editor);
            }}
          >
            <IconTrash size={14} stroke={1.75} />
          </IconButton>
        )}
      </td>
    </tr>
  );
}

/** One input with what feeds it; a port that takes many has a field for each wire and one for the next. */
function Input({ view, port, wires }: { view: NodeView; port: PortView; wires: readonly WireView[] }) {
  if (port.type === 'weights' && !wires.length) return null;
  return (
    <div className={classes.input}>
      <span title={port.title}>{port.title.toLowerCase()}</span>
      <span className={classes.sources}>
        {port.variadic ? (
          [...wires, null].map((wire) => <Source key={wire?.id ?? 'open'} view={view} port={port} wire={wire} />)
        ) : (
          // One field, whatever feeds it: it keeps the focus.
          <Source view={view} port={port} wire={wires[0] ?? null} />
        )}
      </span>
    </div>
  );
}

function Source({ view, port, wire }: { view: NodeView; port: PortView; wire: WireView | null }) {
  const editor = useEditor();
  const views = useView((state) => state.nodes);
  // Options are only worked out where somebody looks: in a big graph every field has hundreds.
  const [open, setOpen] = useState(false);
  const source = wire ? views[wire.source] : undefined;
  const current = wire ? `${wire.source} ${wire.sourceHandle}` : '';
  const options = open ? sourcesFor(editor, view.id, port) : [];
  const choose = (value: string) => {
    const { graph } = editor.ui.getState();
    const [node, from] = value.split(' ');
    if (node && from) connectPorts(editor, [node, from], [view.id, port.id], wire?.id);
    else if (wire) dispatch(editor, { do: 'remove-edge', graph, id: wire.id }, 'Disconnect');
  };
  return (
    <span className={classes.select} data-missing={(!wire && !port.optional && !port.wired) || undefined}>
      <select
        aria-label={`${view.label}, ${port.title}`}
        value={current}
        disabled={!editor.services.canEdit}
        onFocus={() => setOpen(true)}
        onPointerDown={() => setOpen(true)}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{port.wired && !wire ? 'one more' : port.optional ? 'nothing' : 'nothing yet'}</option>
        {wire && !options.some(({ value }) => value === current) && (
          <option value={current}>{nameOf(source, wire.sourceHandle)}</option>
        )}
        {options.map(({ value, title }) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
      <IconChevronDown size={14} stroke={1.75} />
    </span>
  );
}

function nameOf(view: NodeView | undefined, handle: string): string {
  const port = view?.ports.find((candidate) => candidate.side === 'out' && candidate.handle === handle);
  if (!view) return handle;
  return port && port.place !== 'header' ? `${view.fullName}, ${port.title.toLowerCase()}` : view.fullName;
}
