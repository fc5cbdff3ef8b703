import { beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '@/app/_editor/actions/action';
import { ACTIONS } from '@/app/_editor/actions/actions';
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
} from '@/app/_editor/actions/keymap';
import { ACTION_ICONS } from '@/app/_editor/commands/action-icon';

const action = (id: string): Action => {
  const found = ACTIONS.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no action ${id}`);
  return found;
};
const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  keysOf({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

beforeEach(() => choosePreset('netloom'));

describe('actions', () => {
  it('have ids of their own and an icon that exists', () => {
    expect(new Set(ACTIONS.map(({ id }) => id)).size).toBe(ACTIONS.length);
    expect(ACTIONS.filter(({ icon }) => !ACTION_ICONS[icon]).map(({ id }) => id)).toEqual([]);
  });

  it.each(Object.keys(PRESETS) as PresetId[])('have keys that lead back to them, as in %s', (preset) => {
    choosePreset(preset);
    const lost = ACTIONS.filter(
      (item) => keysFor(item).length && !keysFor(item).some((keys) => actionFor(keys) === item),
    );
    expect(lost.map(({ id }) => id)).toEqual([]);
    for (const id of Object.keys(PRESETS[preset].keys)) expect(action(id).id).toBe(id);
  });
});

describe('keys', () => {
  it('are named the same on every keyboard', () => {
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('mod+shift+z');
    expect(press('z', { metaKey: true })).toBe('mod+z');
    expect(press('å', { altKey: true, code: 'KeyA' })).toBe('alt+a');
    expect(press('!', { shiftKey: true, code: 'Digit1' })).toBe('shift+1');
    expect(press('?', { shiftKey: true, code: 'Slash' })).toBe('?');
    expect(press('Enter', { ctrlKey: true, altKey: true })).toBe('mod+alt+enter');
  });

  it('can be given to another action, which takes them from the first', () => {
    bind(action('tidy'), ['mod+m']);
    expect(actionFor('mod+m')?.id).toBe('tidy');
    expect(keysFor(action('mute'))).toEqual([]);
    unbind(action('tidy'));
    expect(keysFor(action('tidy'))).toEqual(action('tidy').keys);
    choosePreset('netloom');
    expect(actionFor('mod+m')?.id).toBe('mute');
    expect(keymap.getState().own).toEqual({});
  });

  it('follow a preset', () => {
    expect(actionFor('m')).toBeUndefined();
    choosePreset('blender');
    expect(actionFor('m')?.id).toBe('bypass');
    expect(actionFor('mod+x')?.id).toBe('delete-heal');
    expect(actionFor('mod+z')?.id).toBe('undo');
  });
});
