'use client';
import { Menu } from '@mantine/core';
import { ACTIONS, openSearch, type Stage } from '../actions/actions';
import { useUi } from '../state/editor-context';
import { KeyCaps } from './key-caps';
import classes from './shell.module.css';

/** What can be done with what was clicked. */
export function ContextMenu({ stage }: { stage: Stage }) {
  const menu = useUi((state) => state.menu);
  const close = () => stage.editor.ui.getState().set({ menu: null });
  if (!menu) return null;
  const actions = menu.node
    ? ACTIONS.filter((action) => action.onNode)
    : menu.edge
      ? ACTIONS.filter((action) => action.id === 'delete')
      : ACTIONS.filter(({ id }) => ['select-all', 'fit', 'tidy', 'undo', 'redo'].includes(id));
  return (
    <Menu opened onClose={close} position="bottom-start" width={232} offset={2} withinPortal>
      <Menu.Target>
        <span className={classes.menuAnchor} style={{ left: menu.screen.x, top: menu.screen.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        {!menu.node && !menu.edge && (
          <Menu.Item onClick={() => openSearch(stage, menu.screen)} rightSection={<KeyCaps keys="tab" />}>
            Add a node here
          </Menu.Item>
        )}
        {actions.map((action) => (
          <Menu.Item
            key={action.id}
            disabled={action.when ? !action.when(stage.editor) : false}
            rightSection={action.keys[0] ? <KeyCaps keys={action.keys[0]} /> : undefined}
            onClick={() => action.perform(stage)}
          >
            {action.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
