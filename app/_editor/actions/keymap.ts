import { createStore } from 'zustand/vanilla';
import type { Action } from './action';
import { ACTIONS } from './actions';

export type PresetId = 'netloom' | 'blender' | 'n8n';

/** Keys that other editors have taught people; what a preset leaves out keeps Netloom's. */
export const PRESETS: Readonly<Record<PresetId, { title: string; keys: Readonly<Record<string, readonly string[]>> }>> =
  {
    netloom: { title: 'Netloom', keys: {} },
    blender: {
      title: 'Blender',
      keys: {
        add: ['shift+a', 'tab'],
        delete: ['x', 'delete'],
        'delete-heal': ['mod+x', 'alt+delete'],
        duplicate: ['shift+d', 'mod+d'],
        'paste-wired': [],
        mute: ['mod+m'],
        bypass: ['m'],
        collapse: ['h'],
        frame: ['mod+j'],
        'make-block': ['mod+g'],
        'unpack-block': ['mod+alt+g'],
        fit: ['home'],
        'select-all': ['a'],
        'select-downstream': ['shift+l'],
        'select-upstream': ['l'],
        list: ['mod+l'],
        commands: ['f3', 'mod+k'],
        'cut-wires': ['k'],
        cut: [],
      },
    },
    n8n: {
      title: 'n8n',
      keys: {
        mute: ['d'],
        fit: ['1'],
        note: ['shift+s'],

        'make-block': ['alt+x'],
        collapse: ['alt+c'],
        'zoom-100': ['0'],
      },
    },
  };

export interface Keymap {
  preset: PresetId;
  /** A person's own keys, by action. */
  own: Readonly<Record<string, readonly string[]>>;
}

const STORED = 'netloom-keys';
const DEFAULT: Keymap = { preset: 'netloom', own: {} };

function read(): Keymap {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORED) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return DEFAULT;
    const { preset, own } = kept as Partial<Keymap>;
    const known = typeof preset === 'string' && preset in PRESETS ? preset : 'netloom';
    const entries = Object.entries(own ?? {}).filter(
      ([, keys]) => Array.isArray(keys) && keys.every((key) => typeof key === 'string'),
    );
    return { preset: known, own: Object.fromEntries(entries) };
  } catch {
    return DEFAULT; // no storage, or somebody wrote something else there
  }
}

/** A person's shortcuts, kept in the browser. */
export const keymap = createStore<Keymap>()(() => (typeof localStorage === 'undefined' ? DEFAULT : read()));

keymap.subscribe((state) => {
  try {
    localStorage.setItem(STORED, JSON.stringify(state));
  } catch {
    // without storage they last as long as the page
  }
});

/** Keys of an action as they are now: one's own, the preset's, or the default. */
export function keysFor(action: Action, { preset, own }: Keymap = keymap.getState()): readonly string[] {
  if (action.fixed) return action.keys;
  return own[action.id] ?? PRESETS[preset].keys[action.id] ?? action.keys;
}

/** The action that keys stand for. One's own keys come before a preset's, those before the defaults. */
export function actionFor(keys: string, map: Keymap = keymap.getState()): Action | undefined {
  const bound = ACTIONS.filter((action) => keysFor(action, map).includes(keys));
  const rank = ({ id }: Action) => (map.own[id] ? 0 : PRESETS[map.preset].keys[id] ? 1 : 2);
  return bound.sort((a, b) => rank(a) - rank(b))[0];
}

/** Gives an action other keys; another action that had them loses them. */
export function bind(action: Action, keys: readonly string[]): void {
  const map = keymap.getState();
  const own: Record<string, readonly string[]> = { ...map.own, [action.id]: keys };
  for (const other of ACTIONS) {
    if (other.id === action.id || other.fixed) continue;
    const before = keysFor(other, map);
    const left = before.filter((key) => !keys.includes(key));
    if (left.length < before.length) own[other.id] = left;
  }
  keymap.setState({ own });
}

/** Back to what the preset says. */
export function unbind(action: Action): void {
  const { [action.id]: _, ...own } = keymap.getState().own;
  keymap.setState({ own });
}

export const choosePreset = (preset: PresetId): void => keymap.setState({ preset, own: {} });

/** The keys of an event as actions name them. */
export function keysOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'code'>,
): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('mod');
  // With Alt, keyboards write other letters; with Shift, other signs: the key itself counts.
  const letter = event.altKey ? /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() : undefined;
  const digit = event.shiftKey ? /^Digit(\d)$/.exec(event.code)?.[1] : undefined;
  const key = letter ?? digit ?? (event.key === ' ' ? 'space' : event.key.toLowerCase());
  const sign = key.length === 1 && !/[a-z0-9]/.test(key);
  if (event.shiftKey && !sign) parts.push('shift');
  if (event.altKey) parts.push('alt');
  return [...parts, key].join('+');
}
