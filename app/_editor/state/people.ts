'use client';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Person } from './editor-context';
import { useEditor } from './editor-context';

/** Somebody else in this document, as their page says. */
export interface Presence extends Person {
  client: number;
  /** On the canvas; null while their pointer is elsewhere. */
  cursor: { x: number; y: number } | null;
  graph: string;
  nodes: readonly string[];
}

export interface PeopleState {
  others: readonly Presence[];
}

export const createPeopleStore = () => createStore<PeopleState>()(() => ({ others: [] }));
export type PeopleStore = ReturnType<typeof createPeopleStore>;

export const usePeople = (): readonly Presence[] => useStore(useEditor().people, (state) => state.others);

const NOBODY: readonly Presence[] = [];

/** Others who have a node selected. */
export function useNodePeople(id: string): readonly Presence[] {
  return useStore(useEditor().people, (state) => {
    const first = state.others.find((person) => person.nodes.includes(id));
    return first ? cached(first) : NOBODY;
  });
}

const lists = new WeakMap<Presence, readonly Presence[]>();

/** One list per person, so that selectors answer the same value until the person changes. */
function cached(person: Presence): readonly Presence[] {
  const there = lists.get(person) ?? [person];
  lists.set(person, there);
  return there;
}
