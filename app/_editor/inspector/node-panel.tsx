'use client';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronRight,
  IconDots,
  IconExclamationCircle,
  IconHelpCircle,
} from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { type MouseEvent, useMemo, useState } from 'react';
import { IconButton } from '@/app/_ui/icon-button';
import { Tile } from '@/app/_ui/tile';
import type { Node } from '@/lib/graph/document';
import { faces } from '@/lib/nodes/faces.generated';
import type { Face } from '@/lib/nodes/kind';
import { kindDocs, useCatalogue } from '../model/kind-catalogues';
import { KindIcon } from '../model/kind-icon';
import type { NodeView } from '../model/node-view';
import { useDocument, useEditor, useUi, useView } from '../state/editor-context';
import { DatasetOptions } from './dataset-options';
import { FieldControl } from './field-control';
import { Insight } from './insight';
import classes from './inspector.module.css';
import { useNode } from './use-node';

const InstanceSection = dynamic(() => import('./instance-section').then((module) => module.InstanceSection), {
  ssr: false,
});

const WeightsField = dynamic(() => import('./weights-field').then((module) => module.WeightsField), { ssr: false });
const WireOrder = dynamic(() => import('./wire-order').then((module) => module.WireOrder), { ssr: false });

/** One node: its fields, what it does here, and how its numbers come about. */
export function NodePanel({ view }: { view: NodeView }) {
  const editor = useEditor();
  const node = useNode(view.id);
  const [help, setHelp] = useState(false);
  const face = faces[view.kind];
  const docs = useCatalogue(kindDocs)?.[view.kind];
  const used = view.params.block;
  const block = useDocument((state) => (typeof used === 'string' && state.document.blocks[used] ? used : null));
  if (!node) return null;
  const openMenu = (event: MouseEvent) =>
    editor.ui
      .getState()
      .set({ menu: { screen: { x: event.clientX - 200, y: event.clientY + 12 }, node: view.id, edge: null } });
  return (
    <>
      <header className={classes.head}>
        <Tile color={view.makes} solid={view.learns} size={32}>
          <KindIcon name={view.icon} size={22} />
        </Tile>
        <div className={classes.names}>
          <h2>{view.title}</h2>
          <button type="button" title="Rename (F2)" onClick={() => editor.ui.getState().set({ renaming: view.id })}>
            {view.fullName}
          </button>
        </div>
        {face && (
          <IconButton label="What is this?" active={help} onClick={() => setHelp(!help)}>
            <IconHelpCircle size={16} stroke={1.75} />
          </IconButton>
        )}
        <IconButton label="More" onClick={openMenu}>
          <IconDots size={16} stroke={1.75} />
        </IconButton>
      </header>
      <div className={classes.scroll}>
        <Problem view={view} />
        {help && docs && (
          <section className={classes.section}>
            <p className={classes.teach}>{docs.text}</p>
            {docs.source && <p className={classes.source}>{docs.source}</p>}
          </section>
        )}
        {face ? <Fields view={view} node={node} face={face} /> : <Unknown kind={view.kind} />}
        {view.ports.some(({ variadic }) => variadic) && <WireOrder view={view} />}
        {view.ports.some(({ id, side }) => id === 'weights' && side === 'out') && (
          <WeightsField view={view} node={node} />
        )}
        {block && <InstanceSection id={view.id} node={node} block={block} />}
        {face && <Insight view={view} face={face} />}
      </div>
    </>
  );
}

function Problem({ view }: { view: NodeView }) {
  const editor = useEditor();
  const diagnostics = useDocument((state) => state.result?.diagnostics);
  const graph = useUi((state) => state.graph);
  const index =
    diagnostics?.findIndex(
      ({ at, severity }) => at.node === view.id && (at.graph ?? 'main') === graph && severity !== 'info',
    ) ?? -1;
  const diagnostic = diagnostics?.[index];
  if (!diagnostic) return null;
  const Icon = diagnostic.severity === 'error' ? IconExclamationCircle : IconAlertTriangle;
  return (
    <button
      type="button"
      className={classes.problem}
      data-tone={diagnostic.severity}
      onClick={() => editor.ui.getState().set({ problemsOpen: true, problem: index })}
    >
      <Icon size={16} stroke={1.75} />
      <span>
        <b>{diagnostic.message.split(/(?<=[.:]) /)[0]}</b>
        {diagnostic.expected && <span>It wants {diagnostic.expected}.</span>}
      </span>
    </button>
  );
}

/** Fields that are rarely touched stand folded below the others. */
const RARE =
  /init|constraint|regulari|penalty|seed|epsilon|momentum|dilation|nonFinite|accumulate|from|until|remainder|checkpoint|validationBatches|minDelta|updates|epochOf/i;

function Fields({ view, node, face }: { view: NodeView; node: Node; face: Face }) {
  const [open, setOpen] = useState(false);
  const drivers = useDrivers(view.id);
  const shown = Object.entries(face.fields)
    .filter(([name]) => !(face.role === 'dataset' && name === 'options'))
    .filter(([name]) => !(face.fields.block?.type === 'block' && name === 'set'))
    .filter(
      ([, field]) => !field.when || field.when.is.some((value) => value === view.params[field.when?.field ?? '']),
    );
  const rare = shown.filter(([name, field]) => !field.essential && RARE.test(name) && shown.length > 5);
  const usual = shown.filter((entry) => !rare.includes(entry));
  const changed = rare.filter(([name]) => node.params[name] !== undefined).length;
  const control = ([name, field]: (typeof shown)[number]) => (
    <FieldControl
      key={name}
      ids={[view.id]}
      node={node}
      view={view}
      name={name}
      field={field}
      driver={drivers[name] ?? null}
    />
  );
  return (
    <>
      {usual.length > 0 && (
        <section className={classes.section}>
          {usual.map(control)}
          {face.role === 'dataset' && <DatasetOptions id={view.id} view={view} />}
        </section>
      )}
      {rare.length > 0 && (
        <section className={classes.section}>
          <button type="button" className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? <IconChevronDown size={14} stroke={1.75} /> : <IconChevronRight size={14} stroke={1.75} />}
            <h5>{rareTitle(rare.map(([, field]) => field.title))}</h5>
            <span>{changed ? `${changed} changed` : 'defaults'}</span>
          </button>
          {open && rare.map(control)}
        </section>
      )}
    </>
  );
}

function rareTitle(titles: readonly string[]): string {
  const [first = '', second] = titles;
  return second ? `${first}, ${second.toLowerCase()}${titles.length > 2 ? ' …' : ''}` : first;
}

/** Names of the nodes whose wires drive promoted fields. */
function useDrivers(id: string): Record<string, string> {
  const wires = useView((state) => state.wires);
  const views = useView((state) => state.nodes);
  return useMemo(() => {
    const drivers: Record<string, string> = {};
    for (const wire of Object.values(wires)) {
      if (wire.target === id && wire.targetHandle.startsWith('param:'))
        drivers[wire.targetHandle.slice(6)] = views[wire.source]?.title ?? '';
    }
    return drivers;
  }, [wires, views, id]);
}

const Unknown = ({ kind }: { kind: string }) => (
  <section className={classes.section}>
    <p className={classes.teach}>
      The kind <code>{kind}</code> is not installed here. The node keeps all it has; mute or replace it to run without
      it.
    </p>
  </section>
);
