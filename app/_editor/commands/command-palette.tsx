'use client';
import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Tile } from '@/app/_ui/tile';
import { faces } from '@/lib/nodes/faces.generated';
import type { Stage } from '../actions/action';
import { ACTIONS, isUsable } from '../actions/actions';
import { addKind } from '../actions/add-kind';
import { flyTo } from '../actions/fly-to';
import { keymap, keysFor } from '../actions/keymap';
import { KindIcon } from '../model/kind-icon';
import { match } from '../search/search-kinds';
import { useView } from '../state/editor-context';
import { ActionIcon } from './action-icon';
import classes from './commands.module.css';
import { KeyCaps } from './key-caps';
import { scoreWords } from './score-words';

interface Entry {
  id: string;
  title: string;
  note: string;
  icon: React.ReactNode;
  keys: string | undefined;
  usable: boolean;
  score: number;
  perform(): void;
}

const MOST = 60;

/** One field for everything: commands, nodes to go to, kinds to add. Enter does the first. */
export function CommandPalette({ stage }: { stage: Stage }) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const entries = useEntries(stage, query);
  const close = () => stage.editor.ui.getState().set({ help: null });
  const at = Math.min(chosen, entries.length - 1);
  const perform = (entry: Entry | undefined) => {
    if (!entry?.usable) return;
    close();
    entry.perform();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setChosen((at + step + entries.length) % Math.max(1, entries.length));
    else if (event.key === 'Enter') perform(entries[at]);
    else return;
    event.preventDefault();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list scrolls when another row is chosen
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, query]);
  return (
    <Modal
      opened
      onClose={close}
      withCloseButton={false}
      size={560}
      padding={0}
      yOffset="12vh"
      title={null}
      attributes={{ content: { 'aria-label': 'Commands' } }}
    >
      <div className={classes.ask}>
        <IconSearch size={16} stroke={1.75} />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls="commands"
          aria-activedescendant={entries[at] ? `command-${entries[at].id}` : undefined}
          aria-label="Find a command"
          placeholder="Do something, go to a node, add a kind"
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} className={classes.results} id="commands" role="listbox" aria-label="Commands">
        {entries.map((entry, index) => (
          <div
            key={entry.id}
            id={`command-${entry.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            aria-disabled={!entry.usable}
            className={classes.result}
            onPointerMove={() => setChosen(index)}
            onClick={() => perform(entry)}
            onKeyDown={onKeyDown}
          >
            {entry.icon}
            <span className={classes.name}>{entry.title}</span>
            <em>{entry.note}</em>
            {entry.keys && <KeyCaps keys={entry.keys} />}
          </div>
        ))}
        {entries.length === 0 && <p className={classes.none}>Nothing answers to “{query}”.</p>}
      </div>
    </Modal>
  );
}

function useEntries(stage: Stage, query: string): Entry[] {
  const map = useStore(keymap);
  const views = useView((state) => state.nodes);
  return useMemo(() => {
    const { editor, flow, middle } = stage;
    const entries: Entry[] = ACTIONS.filter(({ id }) => id !== 'commands').map((action) => ({
      id: action.id,
      title: action.title,
      note: action.group,
      icon: <ActionIcon name={action.icon} />,
      keys: keysFor(action, map)[0],
      usable: isUsable(action, editor),
      score: scoreWords(`${action.title} ${action.group}`, query),
      perform: () => action.perform(stage),
    }));
    if (query.trim()) {
      for (const view of Object.values(views)) {
        entries.push({
          id: `go-${view.id}`,
          title: `Go to ${view.label}`,
          note: 'Node',
          icon: (
            <Tile color={view.makes} solid={view.learns} size={20}>
              <KindIcon name={view.icon} />
            </Tile>
          ),
          keys: undefined,
          usable: true,
          score: scoreWords(`${view.title} ${view.fullName}`, query) - 5,
          perform: () => {
            editor.ui.getState().set({ list: false });
            flyTo(editor, flow, editor.ui.getState().graph, [view.id]);
          },
        });
      }
      for (const face of Object.values(faces)) {
        if (face.role === 'instance') continue;
        entries.push({
          id: `add-${face.id}`,
          title: `Add ${face.title}`,
          note: face.category,
          icon: (
            <Tile color={face.makes} solid={face.learns === true} size={20}>
              <KindIcon name={face.icon} />
            </Tile>
          ),
          keys: undefined,
          usable: editor.services.canEdit,
          score: match(face, query) - 30,
          perform: () => addKind(editor, face.id, flow.screenToFlowPosition(middle())),
        });
      }
    }
    return entries
      .filter(({ score }) => score > 0)
      .sort((a, b) => Number(b.usable) - Number(a.usable) || b.score - a.score)
      .slice(0, query.trim() ? MOST : undefined);
  }, [stage, query, map, views]);
}
