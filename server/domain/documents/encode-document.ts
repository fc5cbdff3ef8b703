import * as Y from 'yjs';
import { readDocument, writeDocument } from '@/lib/collab/yjs-document';
import type { Document } from '@/lib/graph/document';

/** Title, count and JSON of a document, as its row keeps them beside the Yjs state. */
export interface DocumentRow {
  title: string;
  nodes: number;
  snapshot: Document;
}

/** PostgreSQL's text takes no NUL; other control characters have no place in a title either. */
const CONTROL = /\p{Cc}/gu;

/** A title as it is stored: one line, at most 300 characters, never empty. */
export const cleanTitle = (title: unknown): string =>
  String(title ?? '')
    .replace(CONTROL, ' ')
    .trim()
    .slice(0, 300) || 'Untitled';

/** The state of a new Yjs document with this content. */
export function encodeDocument(document: Document): Uint8Array {
  const ydoc = new Y.Doc();
  writeDocument(ydoc, document);
  const state = Y.encodeStateAsUpdate(ydoc);
  ydoc.destroy();
  return state;
}

/** What the row says of a document. */
export function describeDocument(snapshot: Document): DocumentRow {
  const graphs = [snapshot.graph, ...Object.values(snapshot.blocks).map((block) => block.graph)];
  const nodes = graphs.reduce((sum, graph) => sum + Object.keys(graph.nodes).length, 0);
  return { title: cleanTitle(snapshot.title), nodes, snapshot };
}

/** What the row says of a Yjs document in memory. */
export const describeYjs = (ydoc: Y.Doc): DocumentRow => describeDocument(readDocument(ydoc));
