'use client';
import { IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react';
import { type DragEvent, useMemo, useState } from 'react';
import { Segmented } from '@/app/_ui/segmented';
import { Tile } from '@/app/_ui/tile';
import { faces } from '@/lib/nodes/faces.generated';
import type { Category, Face } from '@/lib/nodes/kind';
import { KIND_MIME } from '../canvas/drag-mime';
import { kindInfers, useCatalogue } from '../model/kind-catalogues';
import { KindIcon } from '../model/kind-icon';
import { match, tryOn } from '../search/search-kinds';
import { useUi, useView } from '../state/editor-context';
import { Blocks } from './blocks';
import { Outline } from './outline';
import classes from './palette.module.css';
import { useAddInMiddle } from './use-add-in-middle';

const CATEGORIES: readonly { id: Category; title: string }[] = [
  { id: 'data', title: 'Data' },
  { id: 'core', title: 'Core' },
  { id: 'convolution', title: 'Convolution' },
  { id: 'recurrent', title: 'Recurrent' },
  { id: 'attention', title: 'Attention' },
  { id: 'normalisation', title: 'Normalise and noise' },
  { id: 'ops', title: 'Ops' },
  { id: 'shape', title: 'Shapes' },
  { id: 'detection', title: 'Detection' },
  { id: 'losses', title: 'Losses' },
  { id: 'optimizers', title: 'Optimizers' },
  { id: 'schedules', title: 'Schedules' },
  { id: 'metrics', title: 'Metrics' },
  { id: 'sinks', title: 'Sinks' },
];
const OPEN_AT_FIRST: readonly string[] = ['often', 'data', 'core', 'convolution', 'losses'];

/** In the order of the page, and only kinds that can be placed by themselves. */
const KINDS: readonly Face[] = Object.values(faces).filter((face) => face.role !== 'instance');

export function Palette() {
  const [tab, setTab] = useState<'nodes' | 'blocks' | 'outline'>('nodes');
  return (
    <aside className={classes.palette} aria-label="Palette">
      <div className={classes.tabs}>
        <Segmented<'nodes' | 'blocks' | 'outline'>
          full
          label="Palette"
          value={tab}
          onChange={setTab}
          options={[
            { value: 'nodes', label: 'Nodes' },
            { value: 'blocks', label: 'Blocks' },
            { value: 'outline', label: 'Outline' },
          ]}
        />
      </div>
      {tab === 'nodes' && <Kinds />}
      {tab === 'blocks' && <Blocks />}
      {tab === 'outline' && <Outline />}
      {tab === 'nodes' && (
        <div className={classes.legend}>
          <span>
            <i className={classes.solid} /> learns
          </span>
          <span>
            <i className={classes.hollow} /> nothing to learn
          </span>
        </div>
      )}
    </aside>
  );
}

function Kinds() {
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(OPEN_AT_FIRST));
  const often = useOftenNext();
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const found = useMemo(() => {
    const scored = KINDS.map((face) => ({ face, score: match(face, query) })).filter(({ score }) => score > 0);
    return scored.sort((a, b) => b.score - a.score).map(({ face }) => face);
  }, [query]);
  return (
    <>
      <label className={classes.search}>
        <IconSearch size={14} stroke={1.75} />
        <input
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setQuery('')}
          placeholder="Find a node"
          aria-label="Find a node"
        />
        <kbd>Tab</kbd>
      </label>
      <div className={classes.scroll}>
        {query ? (
          found.map((face) => <Item key={face.id} face={face} hint={face.category} />)
        ) : (
          <>
            {often.items.length > 0 && (
              <Group
                id="often"
                title="Often next"
                note={`after ${often.after}`}
                open={open.has('often')}
                onToggle={toggle}
              >
                {often.items.map(({ face, hint }) => (
                  <Item key={face.id} face={face} hint={hint} />
                ))}
              </Group>
            )}
            {CATEGORIES.map(({ id, title }) => {
              const items = KINDS.filter((face) => face.category === id);
              if (!items.length) return null;
              return (
                <Group key={id} id={id} title={title} note={String(items.length)} open={open.has(id)} onToggle={toggle}>
                  {items.map((face) => (
                    <Item key={face.id} face={face} hint="" />
                  ))}
                </Group>
              );
            })}
          </>
        )}
      </div>
    </>
  );
}

/** Kinds that usually follow the selected node, with the shape that each would make of it. */
function useOftenNext(): { after: string; items: { face: Face; hint: string }[] } {
  const selected = useUi((state) => (state.nodes.length === 1 ? state.nodes[0] : undefined));
  const view = useView((state) => (selected ? state.nodes[selected] : undefined));
  const env = useView((state) => state.env);
  const infers = useCatalogue(kindInfers);
  return useMemo(() => {
    const face = view && faces[view.kind];
    if (!view || !face) return { after: '', items: [] };
    const port = view.ports.find((candidate) => candidate.side === 'out' && candidate.place === 'header');
    const items = (face.oftenNext ?? []).flatMap((id) => {
      const next = faces[id];
      if (!next) return [];
      if (!port) return [{ face: next, hint: '' }];
      const offer = { key: id, face: next, params: {} };
      const hit = tryOn(
        offer,
        { node: view.id, port: port.id, side: 'out', type: port.type, spec: port.spec },
        env,
        infers,
      );
      return hit ? [{ face: next, hint: hit.result ? `→ ${hit.result}` : '' }] : [];
    });
    return { after: view.title, items: items.slice(0, 4) };
  }, [view, env, infers]);
}

function Group(props: {
  id: string;
  title: string;
  note: string;
  open: boolean;
  onToggle(id: string): void;
  children: React.ReactNode;
}) {
  const Chevron = props.open ? IconChevronDown : IconChevronRight;
  return (
    <section>
      <button
        type="button"
        className={classes.group}
        aria-expanded={props.open}
        onClick={() => props.onToggle(props.id)}
      >
        <Chevron size={14} stroke={1.75} className={classes.quiet} />
        {props.title}
        <em>{props.note}</em>
      </button>
      {props.open && props.children}
    </section>
  );
}

function Item({ face, hint }: { face: Face; hint: string }) {
  const add = useAddInMiddle();
  const onDragStart = (event: DragEvent<HTMLButtonElement>) => {
    event.dataTransfer.setData(KIND_MIME, face.id);
    event.dataTransfer.effectAllowed = 'copy';
  };
  return (
    <button
      type="button"
      className={classes.item}
      draggable
      onDragStart={onDragStart}
      onClick={() => add(face.id)}
      title={face.summary}
    >
      <Tile color={face.makes} solid={face.learns === true || (face.makes !== 'layer' && face.makes !== 'op')}>
        <KindIcon name={face.icon} />
      </Tile>
      <span className={classes.name}>{face.title}</span>
      <em>{hint}</em>
    </button>
  );
}
