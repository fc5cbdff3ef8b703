import { apply } from '@/lib/graph/apply';
import type { Command } from '@/lib/graph/command';
import type { Document } from '@/lib/graph/document';

/** One thing a person did, and how to take it back. */
export interface Done {
  title: string;
  redo: Command;
  undo: Command;
}

/** A person's own history: plain JSON, so that it can be kept across reloads. */
export interface History {
  done: Done[];
  undone: Done[];
}

export const emptyHistory: History = { done: [], undone: [] };
const LONGEST = 200;

/** Remembers a step; what had been undone is forgotten. */
export const remember = (history: History, step: Done): History => ({
  done: [...history.done, step].slice(-LONGEST),
  undone: [],
});

/** Adds to the newest step what a person sees as part of it: the title that a new group gets is typed after the group is there. */
export function extend(history: History, { title, redo, undo }: Done): History {
  const last = history.done.at(-1);
  if (!last) return remember(history, { title, redo, undo });
  const both = (first: Command, second: Command): Command => ({
    do: 'batch',
    title: last.title,
    commands: [first, second],
  });
  const step: Done = { title: last.title, redo: both(last.redo, redo), undo: both(undo, last.undo) };
  return { done: [...history.done.slice(0, -1), step], undone: [] };
}

/** Forgets what was undone last: it cannot be done again. */
export const forgetUndone = (history: History): History => ({ ...history, undone: history.undone.slice(0, -1) });

/**
 * The command that takes back (or does again) the newest step that still can be, given what others have changed since:
 * parts whose target is gone are left out, and steps of which nothing is left are dropped.
 */
export function stepBack(
  history: History,
  document: Document,
): { history: History; command: Command; title: string } | null {
  return walk(history.done, history.undone, 'undo', document, (done, undone) => ({ done, undone }));
}

export function stepForward(
  history: History,
  document: Document,
): { history: History; command: Command; title: string } | null {
  return walk(history.undone, history.done, 'redo', document, (undone, done) => ({ done, undone }));
}

function walk(
  from: Done[],
  to: Done[],
  direction: 'undo' | 'redo',
  document: Document,
  pack: (from: Done[], to: Done[]) => History,
): { history: History; command: Command; title: string } | null {
  for (let index = from.length - 1; index >= 0; index--) {
    const step = from[index];
    const command = step && possible(document, step[direction]);
    if (!step || !command) continue;
    const applied = apply(document, command);
    if ('diagnostic' in applied) continue;
    const mirrored: Done = { ...step, [direction === 'undo' ? 'redo' : 'undo']: applied.inverse };
    return { history: pack(from.slice(0, index), [...to, mirrored]), command, title: step.title };
  }
  return null;
}

/** The parts of a command that still apply, or null. */
function possible(document: Document, command: Command): Command | null {
  if (command.do !== 'batch') return 'diagnostic' in apply(document, command) ? null : command;
  const parts: Command[] = [];
  let current = document;
  for (const part of command.commands) {
    const still = possible(current, part);
    const applied = still && apply(current, still);
    if (!still || !applied || 'diagnostic' in applied) continue;
    parts.push(still);
    current = applied.document;
  }
  return parts.length ? { ...command, commands: parts } : null;
}
