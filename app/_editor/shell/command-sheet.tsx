'use client';
import { Modal, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { ACTIONS, type Action, type Stage } from '../actions/actions';
import { useUi } from '../state/editor-context';
import { KeyCaps } from './key-caps';
import classes from './shell.module.css';

const GROUPS: readonly Action['group'][] = ['Add', 'Edit', 'Nodes', 'View', 'Run'];

/** Every command with its shortcut: to look up, or to do. */
export function CommandSheet({ stage }: { stage: Stage }) {
  const open = useUi((state) => state.help);
  const [query, setQuery] = useState('');
  const close = () => {
    setQuery('');
    stage.editor.ui.getState().set({ help: false });
  };
  const found = ACTIONS.filter(
    ({ id, title }) => id !== 'commands' && title.toLowerCase().includes(query.trim().toLowerCase()),
  );
  const usable = (action: Action) => !action.when || action.when(stage.editor);
  const perform = (action: Action | undefined) => {
    if (!action || !usable(action)) return;
    close();
    action.perform(stage);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    perform(found.find(usable));
  };
  return (
    <Modal opened={open} onClose={close} title="Commands" size={440}>
      <TextInput
        data-autofocus
        placeholder="Find a command"
        aria-label="Find a command"
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        mb={8}
      />
      <div className={classes.commands}>
        {GROUPS.map((group) => {
          const actions = found.filter((action) => action.group === group);
          return actions.length ? (
            <section key={group}>
              <h5>{group}</h5>
              {actions.map((action) => (
                <button
                  key={action.id}
                  type="button"
                  className={classes.command}
                  disabled={!usable(action)}
                  onClick={() => perform(action)}
                >
                  {action.title}
                  <span>
                    {action.keys.map((keys) => (
                      <KeyCaps key={keys} keys={keys} />
                    ))}
                  </span>
                </button>
              ))}
            </section>
          ) : null;
        })}
      </div>
    </Modal>
  );
}
