'use client';
import { Button, Modal } from '@mantine/core';
import { IconPencil, IconRestore } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '@/app/_ui/icon-button';
import { Segmented } from '@/app/_ui/segmented';
import type { Action, ActionGroup, Stage } from '../actions/action';
import { ACTIONS, isUsable } from '../actions/actions';
import {
  actionFor,
  bind,
  choosePreset,
  keymap,
  keysFor,
  keysOf,
  PRESETS,
  type PresetId,
  unbind,
} from '../actions/keymap';
import { ActionIcon } from './action-icon';
import classes from './commands.module.css';
import { KeyCaps, keyWords } from './key-caps';

const GROUPS: readonly ActionGroup[] = ['Add', 'Edit', 'Select', 'Nodes', 'Arrange', 'Blocks', 'View', 'Run'];

/** What the mouse does, for which there are no keys. */
const GESTURES: readonly [string, string][] = [
  ['Double-click on empty canvas', 'add a node there'],
  ['Drop a wire on empty canvas', 'add what fits, connected'],
  ['Drop a node on a wire', 'put it in between'],
  ['Drag with Ctrl and the right button', 'cut wires'],
  ['Double-click on a wire', 'lead it through a dot'],
  ['Space and drag, or the middle button', 'move the canvas'],
  ['Ctrl and the wheel', 'zoom'],
];

/** Every command with its shortcut: to look up, to do, and to give other keys. */
export function ShortcutSheet({ stage }: { stage: Stage }) {
  const map = useStore(keymap);
  const [binding, setBinding] = useState<string | null>(null);
  const close = () => stage.editor.ui.getState().set({ help: null });
  const perform = (action: Action) => {
    close();
    action.perform(stage);
  };
  const own = Object.keys(map.own).length;
  return (
    <Modal opened onClose={close} title="Commands and shortcuts" size={860} yOffset="6vh">
      <div className={classes.presets}>
        <span>Keys as in</span>
        <Segmented<PresetId>
          label="Keys as in"
          value={map.preset}
          onChange={choosePreset}
          options={(Object.keys(PRESETS) as PresetId[]).map((id) => ({ value: id, label: PRESETS[id].title }))}
        />
        {own > 0 && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconRestore size={14} stroke={1.75} />}
            onClick={() => choosePreset(map.preset)}
          >
            Forget my {own === 1 ? 'change' : `${own} changes`}
          </Button>
        )}
      </div>
      <div className={classes.sheet}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h5>{group}</h5>
            {ACTIONS.filter((action) => action.group === group).map((action) => (
              <Row
                key={action.id}
                action={action}
                usable={isUsable(action, stage.editor)}
                keys={keysFor(action, map)}
                changed={action.id in map.own}
                binding={binding === action.id}
                onBind={(on) => setBinding(on ? action.id : null)}
                onPerform={() => perform(action)}
              />
            ))}
          </section>
        ))}
        <section>
          <h5>With the mouse</h5>
          {GESTURES.map(([gesture, does]) => (
            <p key={gesture} className={classes.gesture}>
              <span>{gesture}</span>
              <em>{does}</em>
            </p>
          ))}
        </section>
      </div>
    </Modal>
  );
}

function Row(props: {
  action: Action;
  usable: boolean;
  keys: readonly string[];
  changed: boolean;
  binding: boolean;
  onBind(on: boolean): void;
  onPerform(): void;
}) {
  const { action, binding } = props;
  if (binding) return <Binding {...props} />;
  return (
    <div className={classes.row}>
      <button type="button" className={classes.command} disabled={!props.usable} onClick={props.onPerform}>
        <ActionIcon name={action.icon} />
        <span>{action.title}</span>
      </button>
      <span className={classes.keys}>
        {props.keys.map((keys) => (
          <KeyCaps key={keys} keys={keys} />
        ))}
        {(action.fixed || action.native) && <span className={classes.room} />}
        {!action.fixed && !action.native && (
          <IconButton label={`Other keys for ${action.title}`} size={24} onClick={() => props.onBind(true)}>
            <IconPencil size={14} stroke={1.75} />
          </IconButton>
        )}
        {props.changed && (
          <IconButton label={`Usual keys for ${action.title}`} size={24} onClick={() => unbind(action)}>
            <IconRestore size={14} stroke={1.75} />
          </IconButton>
        )}
      </span>
    </div>
  );
}

/** Waits for the new keys; says whose they are before they are taken. */
function Binding({ action, onBind }: { action: Action; onBind(on: boolean): void }) {
  const [keys, setKeys] = useState<string | null>(null);
  const taken = keys === null ? undefined : actionFor(keys);
  const save = () => {
    if (keys !== null) bind(action, [keys]);
    onBind(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (/^(Control|Shift|Alt|Meta|Tab)$/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return onBind(false);
    if (event.key === 'Enter' && keys !== null) return save();
    setKeys(keysOf(event.nativeEvent));
  };
  const other = taken && taken.id !== action.id ? taken : undefined;
  return (
    <div className={classes.row} data-binding>
      <span className={classes.command}>
        <ActionIcon name={action.icon} />
        <span>{action.title}</span>
      </span>
      <span className={classes.keys}>
        <input
          className={classes.listen}
          aria-label={`New keys for ${action.title}`}
          placeholder="press keys"
          readOnly
          // biome-ignore lint/a11y/noAutofocus: the button asked for it
          autoFocus
          value={keys === null ? '' : keyWords(keys)}
          onKeyDown={onKeyDown}
        />
        <Button size="xs" disabled={keys === null || other?.fixed === true} onClick={save}>
          {other ? 'Take' : 'Save'}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={() => onBind(false)}>
          Cancel
        </Button>
        {other && (
          <small role="status">{other.fixed ? `stays with “${other.title}”` : `now with “${other.title}”`}</small>
        )}
      </span>
    </div>
  );
}
