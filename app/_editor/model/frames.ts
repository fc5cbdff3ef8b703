import { isRecord, type Json } from '@/lib/base/json';
import type { GraphId } from '@/lib/graph/document';

/** A titled area behind nodes. Stored in `Document.frames`; has no meaning for the program. */
export interface Frame {
  id: string;
  graph: GraphId;
  title: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

/** A remark beside the nodes. Stored in `Document.notes`. */
export interface Note {
  id: string;
  graph: GraphId;
  text: string;
  x: number;
  y: number;
  w: number;
}

/** Frames of a graph; what is not one (a newer format, a hand edit) is left alone and not shown. */
export function framesOf(frames: Json, graph: GraphId): Frame[] {
  return records(frames).flatMap((item, index) => {
    const { x, y, w, h } = item;
    if (!isNumber(x) || !isNumber(y) || !isNumber(w) || !isNumber(h) || (item.graph ?? 'main') !== graph) return [];
    return [{ id: idOf(item, `frame${index}`), graph, title: textOf(item.title), x, y, w, h }];
  });
}

export function notesOf(notes: Json, graph: GraphId): Note[] {
  return records(notes).flatMap((item, index) => {
    const { x, y, w } = item;
    if (!isNumber(x) || !isNumber(y) || (item.graph ?? 'main') !== graph) return [];
    return [{ id: idOf(item, `note${index}`), graph, text: textOf(item.text), x, y, w: isNumber(w) ? w : 176 }];
  });
}

/** The list with one entry changed, or taken out where `change` is null. */
export function changeEntry(list: Json, id: string, change: Record<string, Json> | null): Json {
  return records(list).flatMap((item, index) => {
    const own = item.id === id || `frame${index}` === id || `note${index}` === id;
    if (!own) return [item as Json];
    return change ? [{ ...item, ...change } as Json] : [];
  });
}

const records = (value: Json): Record<string, Json>[] =>
  Array.isArray(value) ? (value.filter((item) => isRecord(item)) as Record<string, Json>[]) : [];
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const idOf = (item: Record<string, Json>, fallback: string): string =>
  typeof item.id === 'string' ? item.id : fallback;
