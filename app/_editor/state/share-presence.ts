import type { Awareness } from 'y-protocols/awareness';
import { isRecord } from '@/lib/base/json';
import { share } from '../model/share';
import type { Editor } from './editor-context';
import type { Presence } from './people';

const EVERY = 50;

/** Tells others where we are and what we have selected, and follows what they tell. Returns how to stop. */
export function sharePresence(editor: Editor, awareness: Awareness): () => void {
  const { ui, people, services } = editor;
  awareness.setLocalStateField('user', services.me);
  const tell = () => awareness.setLocalStateField('place', { graph: ui.getState().graph, nodes: ui.getState().nodes });
  tell();
  const stopUi = ui.subscribe((state, before) => {
    if (state.nodes !== before.nodes || state.graph !== before.graph) tell();
  });
  const listen = () => {
    const others: Presence[] = [];
    for (const [client, state] of awareness.getStates()) {
      if (client === awareness.clientID) continue;
      const presence = readPresence(client, state);
      if (presence) others.push(presence);
    }
    const known = people.getState().others;
    const shared = share(known, others);
    if (shared !== known) people.setState({ others: shared });
  };
  awareness.on('change', listen);
  listen();
  return () => {
    stopUi();
    awareness.off('change', listen);
  };
}

/** Sends the pointer's place, at most 20 times a second, where somebody is there to see it. */
export function cursorSender(awareness: Awareness): (cursor: { x: number; y: number } | null) => void {
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let latest: { x: number; y: number } | null = null;
  const send = () => {
    timer = null;
    last = Date.now();
    if (latest && awareness.getStates().size < 2) return;
    awareness.setLocalStateField('cursor', latest);
  };
  return (cursor) => {
    latest = cursor;
    const wait = last + EVERY - Date.now();
    if (wait <= 0 && timer === null) send();
    else timer ??= setTimeout(send, Math.max(0, wait));
  };
}

/** What another page says of itself; anything else is not shown. */
function readPresence(client: number, state: Record<string, unknown>): Presence | null {
  const { user, place, cursor } = state;
  if (!isRecord(user) || typeof user.id !== 'string' || typeof user.name !== 'string') return null;
  const color = typeof user.color === 'string' && /^#[\da-f]{6}$/i.test(user.color) ? user.color : '#8fc0a9';
  const graph = isRecord(place) && typeof place.graph === 'string' ? place.graph : 'main';
  const nodes = isRecord(place) && Array.isArray(place.nodes) ? place.nodes.filter((id) => typeof id === 'string') : [];
  const at =
    isRecord(cursor) && typeof cursor.x === 'number' && typeof cursor.y === 'number'
      ? { x: cursor.x, y: cursor.y }
      : null;
  return { client, id: user.id, name: user.name.slice(0, 40), color, graph, nodes, cursor: at };
}
