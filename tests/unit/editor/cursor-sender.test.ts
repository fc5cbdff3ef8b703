import { expect, it } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { cursorSender } from '@/app/_editor/state/share-presence';

const awareness = () => new Awareness(new Y.Doc());

it('sends the pointer where somebody is there to see it, and always that it is gone', () => {
  const [mine, theirs] = [awareness(), awareness()];
  let sent = 0;
  mine.on('update', () => sent++);
  cursorSender(mine)({ x: 1, y: 2 });
  expect(sent).toBe(0);
  theirs.setLocalStateField('user', { id: 'other' });
  applyAwarenessUpdate(mine, encodeAwarenessUpdate(theirs, [theirs.clientID]), 'test');
  sent = 0;
  cursorSender(mine)({ x: 3, y: 4 });
  expect(sent).toBe(1);
  expect(mine.getLocalState()).toMatchObject({ cursor: { x: 3, y: 4 } });
  theirs.setLocalState(null);
  applyAwarenessUpdate(mine, encodeAwarenessUpdate(theirs, [theirs.clientID]), 'test');
  cursorSender(mine)(null);
  expect(mine.getLocalState()).toMatchObject({ cursor: null });
  mine.destroy();
  theirs.destroy();
});
