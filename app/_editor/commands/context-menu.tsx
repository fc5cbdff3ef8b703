'use client';
import { Menu } from '@mantine/core';
import { Fragment, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { Action, Stage } from '../actions/action';
import { ACTIONS, isUsable } from '../actions/actions';
import { keymap, keysFor } from '../actions/keymap';
import { openSearch } from '../actions/open-search';
import type { ContextMenuRequest } from '../state/ui-store';
import { ActionIcon } from './action-icon';
import classes from './commands.module.css';
import { KeyCaps } from './key-caps';

/** What can be done with what was clicked, in the groups of the `?` sheet. */
export function ContextMenu({ stage, menu }: { stage: Stage; menu: ContextMenuRequest }) {
  const map = useStore(keymap);
  const close = () => stage.editor.ui.getState().set({ menu: null });
  const kind = menu.node ? 'node' : menu.edge ? 'wire' : 'canvas';
  const groups = new Map<string, Action[]>();
  for (const action of ACTIONS) {
    if (!action.menus?.includes(kind) || (action.group === 'Blocks' && !isUsable(action, stage.editor))) continue;
    groups.set(action.group, [...(groups.get(action.group) ?? []), action]);
  }
  const here: Stage = { ...stage, middle: () => menu.screen };
  const searches = kind !== 'node' && stage.editor.services.canEdit;
  // As in other node editors, where a right click is the way to the search: the first letter goes on to it.
  const onKeyDown = (event: KeyboardEvent) => {
    const letter = /^[\p{L}\d]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!searches || !letter) return;
    event.preventDefault();
    close();
    openSearch(here, event.key);
  };
  return (
    <Menu opened onClose={close} position="bottom-start" width={248} offset={2} withinPortal trapFocus returnFocus>
      <Menu.Target>
        <span className={classes.menuAnchor} style={{ left: menu.screen.x, top: menu.screen.y }} />
      </Menu.Target>
      <Menu.Dropdown onKeyDown={onKeyDown}>
        {searches && <Menu.Label>Type to add a node</Menu.Label>}
        {[...groups.values()].map((actions, index) => (
          <Fragment key={actions[0]?.id}>
            {index > 0 && <Menu.Divider />}
            {actions.map((action) => {
              const [keys] = keysFor(action, map);
              return (
                <Menu.Item
                  key={action.id}
                  disabled={!isUsable(action, stage.editor)}
                  leftSection={<ActionIcon name={action.icon} />}
                  rightSection={keys ? <KeyCaps keys={keys} /> : undefined}
                  onClick={() => action.perform(here)}
                >
                  {action.title}
                </Menu.Item>
              );
            })}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
