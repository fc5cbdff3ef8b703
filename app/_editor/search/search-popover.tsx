'use client';
import { IconSearch } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { Tile } from '@/app/_ui/tile';
import { showToast } from '@/app/_ui/toast';
import { faces } from '@/lib/nodes/faces.generated';
import type { PlainParams } from '@/lib/nodes/kind';
import { addKind, type BroughtBlock } from '../actions/add-kind';
import { bringIntoView } from '../actions/bring-into-view';
import { portColor } from '../canvas/port-glyph';
import { formatSpec, grouped } from '../model/format';
import { kindInfers, useCatalogue } from '../model/kind-catalogues';
import { KindIcon } from '../model/kind-icon';
import { useDocument, useEditor, useUi, useView } from '../state/editor-context';
import type { OpenWire, SearchRequest } from '../state/ui-store';
import { KindCard } from './kind-card';
import { blockOffers, kindOffers, sharedOffers } from './offers';
import { type Hit, searchKinds } from './search-kinds';
import classes from './search-popover.module.css';

const WIDTH = 704;
const HEIGHT = 436;
const EDGE = 12;

/** Search at the cursor: words, fit, result shape and what it costs; Enter places and connects. */
export function SearchPopover() {
  const request = useUi((state) => state.search);
  return request ? <Search key={`${request.screen.x} ${request.screen.y}`} request={request} /> : null;
}

function Search({ request }: { request: SearchRequest }) {
  const editor = useEditor();
  const flow = useReactFlow();
  const { wire } = request;
  const env = useView((state) => state.env);
  const source = useView((state) => (wire ? state.nodes[wire.node] : undefined));
  const selected = useUi((state) => (state.nodes.length === 1 ? state.nodes[0] : undefined));
  const before = useView((state) => (selected ? state.nodes[selected] : undefined));
  const [query, setQuery] = useState(request.query ?? '');
  const [chosen, setChosen] = useState(0);
  const [current, setRequest] = useState(request);
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const after = faces[(source ?? before)?.kind ?? ''];
  const whole = useDocument((state) => state.document);
  const graph = useUi((state) => state.graph);
  const library = useDocument((state) => state.library);
  const offers = useMemo(
    () => [...KINDS, ...blockOffers(faces, whole, graph), ...sharedOffers(faces, whole, library)],
    [whole, graph, library],
  );
  const through = useThrough(current.insert ?? null);
  const infers = useCatalogue(kindInfers);
  const hits = useMemo(
    () => searchKinds(offers, query, current.wire ?? through, env, after, infers),
    [offers, query, current.wire, through, env, after, infers],
  );
  const all = [...hits.often, ...hits.also];
  const hit = all[Math.min(chosen, all.length - 1)];
  const close = () => {
    editor.ui.getState().set({ search: null });
    document.querySelector<HTMLElement>('[data-canvas]')?.focus();
  };

  useEffect(() => {
    const onPointer = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) editor.ui.getState().set({ search: null });
    };
    window.addEventListener('pointerdown', onPointer, true);
    return () => window.removeEventListener('pointerdown', onPointer, true);
  }, [editor]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list scrolls when another row is chosen
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, query]);

  const place = (item: Hit | undefined, keep: boolean) => {
    if (!item) return;
    const { shared } = item;
    if (!shared) return add(item, item.params, keep, null);
    import('../library/library-actions')
      .then(({ bringShared }) => bringShared(editor, shared.id))
      .then((brought) => add(item, { block: brought.id }, keep, brought))
      .catch((error: unknown) => showToast({ text: readableError(error), tone: 'error' }));
  };
  const add = (item: Hit, params: PlainParams, keep: boolean, brings: BroughtBlock | null) => {
    // A node that feeds the wire stands to the left of where it was dropped.
    const at = { x: current.place.x - (current.wire?.side === 'in' ? 152 : 0), y: current.place.y - 16 };
    const id = addKind(editor, item.face.id, at, {
      wire: current.wire,
      insert: current.insert ?? null,
      params,
      brings,
    });
    if (id) requestAnimationFrame(() => bringIntoView(flow, id));
    if (!keep || !id) {
      close();
      return;
    }
    const view = editor.views.getState().nodes[id];
    const output = view?.ports.find((port) => port.side === 'out' && port.place === 'header');
    setQuery('');
    setChosen(0);
    setRequest({
      ...current,
      place: { x: current.place.x + (view?.width ?? 160) + 64, y: current.place.y },
      wire:
        current.wire && view && output
          ? { node: id, port: output.id, side: 'out', type: output.type, spec: output.spec }
          : null,
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setChosen((index) => (Math.min(index, all.length - 1) + step + all.length) % Math.max(1, all.length));
    else if (event.key === 'Enter') place(hit, event.shiftKey);
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
  };
  const [left, top] = [
    Math.max(EDGE, Math.min(request.screen.x + (wire ? 8 : 0), window.innerWidth - WIDTH - EDGE)),
    Math.max(EDGE + 48, Math.min(request.screen.y - (wire ? 100 : 22), window.innerHeight - HEIGHT - 40)),
  ];
  const count = hits.often.length + hits.also.length;
  const row = (item: Hit, index: number) => (
    <div
      key={item.key}
      id={`hit-${index}`}
      role="option"
      tabIndex={-1}
      aria-selected={index === Math.min(chosen, all.length - 1)}
      className={classes.hit}
      onPointerMove={() => setChosen(index)}
      onClick={(event) => place(item, event.shiftKey)}
      onKeyDown={onKeyDown}
    >
      <Tile
        color={item.face.makes}
        solid={item.face.learns === true || (item.face.makes !== 'layer' && item.face.makes !== 'op')}
        size={24}
      >
        <KindIcon name={item.face.icon} size={17} />
      </Tile>
      <span className={classes.title}>
        {item.face.title}
        {item.remark && <small>{item.remark}</small>}
      </span>
      {wire || through ? (
        <>
          <span className={classes.result}>{item.result}</span>
          <span className={classes.adds}>{item.adds === null ? '' : grouped(item.adds)}</span>
        </>
      ) : (
        <span className={classes.category}>{item.shared ? 'workspace' : item.face.category}</span>
      )}
    </div>
  );
  return (
    <div
      ref={box}
      className={classes.search}
      style={{ left, top, width: WIDTH, height: HEIGHT }}
      role="dialog"
      aria-label="Add a node"
    >
      <div className={classes.head}>
        <IconSearch size={16} stroke={1.75} className={classes.quiet} />
        <input
          // biome-ignore lint/a11y/noAutofocus: opening the search means to type
          autoFocus
          className={classes.input}
          role="combobox"
          aria-expanded="true"
          aria-controls="search-hits"
          aria-activedescendant={hit ? `hit-${Math.min(chosen, all.length - 1)}` : undefined}
          aria-label="Search kinds"
          placeholder={
            wire
              ? `Search ${count} kinds that ${wire.side === 'out' ? 'take' : 'make'} ${describe(current.wire)}`
              : `Search ${count} kinds`
          }
          value={query}
          onFocus={({ currentTarget }) => currentTarget.setSelectionRange(query.length, query.length)}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        {wire && source && (
          <span className={classes.chip}>
            <svg width="8" height="8" aria-hidden="true">
              <circle cx="4" cy="4" r="4" fill={portColor(wire.type)} />
            </svg>
            {wire.side === 'out' ? 'from' : 'to'} {source.fullName}
            {wire.spec && (
              <>
                , <span className={classes.mono}>{formatSpec(wire.spec)}</span>
              </>
            )}
          </span>
        )}
      </div>
      <div className={classes.list} ref={list} id="search-hits" role="listbox" aria-label="Kinds">
        {hits.often.length > 0 && (
          <div className={classes.heading}>
            <span>{query ? 'Found' : after || wire ? 'Often next' : 'To begin with'}</span>
            {(wire || through) && (
              <>
                <span className={classes.result}>result</span>
                <span className={classes.adds}>adds</span>
              </>
            )}
          </div>
        )}
        {hits.often.map((item, index) => row(item, index))}
        {hits.also.length > 0 && (
          <div className={classes.heading}>
            <span>{wire ? 'Also fits' : 'All kinds'}</span>
          </div>
        )}
        {hits.also.map((item, index) => row(item, hits.often.length + index))}
        {count === 0 && (
          <p className={classes.none}>
            No kind answers to “{query}”{wire ? ' and fits this wire' : ''}.
          </p>
        )}
      </div>
      <div className={classes.side}>{hit && <KindCard hit={hit} wire={current.wire} />}</div>
      <div className={classes.foot}>
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> {wire ? 'place and connect' : 'place'}
        </span>
        <span>
          <kbd>Shift Enter</kbd> place, keep searching
        </span>
        {hits.misfits > 0 && <span className={classes.misfits}>{hits.misfits} kinds do not fit</span>}
      </div>
    </div>
  );
}

const KINDS = kindOffers(faces);

/** The wire into which the result goes, as one that is drawn from its source. */
function useThrough(edge: string | null): OpenWire | null {
  const wire = useView((state) => (edge ? state.wires[edge] : undefined));
  const source = useView((state) => (wire ? state.nodes[wire.source] : undefined));
  const port = source?.ports.find(({ side, handle }) => side === 'out' && handle === wire?.sourceHandle);
  return useMemo(
    () => (source && port ? { node: source.id, port: port.id, side: 'out', type: port.type, spec: port.spec } : null),
    [source, port],
  );
}

function describe(wire: SearchRequest['wire']): string {
  if (!wire) return 'anything';
  if (wire.type !== 'tensor')
    return wire.type === 'step' ? 'a step' : wire.type === 'weights' ? 'weights' : `a ${wire.type}`;
  return wire.spec?.meaning === 'image' || wire.spec?.shape?.length === 4 ? 'a picture' : 'a tensor';
}
