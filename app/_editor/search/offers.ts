import { holdsBlock } from '@/lib/graph/blocks/block-uses';
import type { Document, GraphId } from '@/lib/graph/document';
import type { Face, KindDocs, PlainParams } from '@/lib/nodes/kind';
import type { LibraryBlockSummary } from '@/lib/protocol/service';

/** Something that can be added: a kind, a block of this document, or a block that is still to be made. */
export interface Offer {
  key: string;
  face: Face;
  params: PlainParams;
  /** Of a block; a kind's stand in the catalogue. */
  docs?: KindDocs;
  /** A block of the workspace's library, which comes into the document with its first use. */
  shared?: LibraryBlockSummary;
}

const NO_PARAMS: PlainParams = {};

/** All kinds that stand by themselves. */
export const kindOffers = (faces: Readonly<Record<string, Face>>): Offer[] =>
  Object.values(faces)
    .filter((face) => face.role !== 'instance')
    .map((face) => ({ key: face.id, face, params: NO_PARAMS }));

/** Blocks that a graph may use (none that holds the graph itself), and an empty one. */
export function blockOffers(faces: Readonly<Record<string, Face>>, document: Document, graph: GraphId): Offer[] {
  const instance = Object.values(faces).find((face) => face.role === 'instance');
  if (!instance) return [];
  const blocks = Object.entries(document.blocks)
    .filter(([id]) => graph === 'main' || !holdsBlock(document, id, graph))
    .map(([id, block]): Offer => {
      const count = Object.keys(block.graph.nodes).length;
      const inside = count === 1 ? 'one node' : `${count} nodes`;
      return {
        key: `block ${id}`,
        face: {
          ...instance,
          title: block.title || 'Block',
          summary: `A block of this document with ${inside}.`,
          aliases: ['block'],
        },
        docs: { text: `A block of this document with ${inside}. Change it once and all its uses change.` },
        params: { block: id },
      };
    });
  return [
    ...blocks,
    {
      key: 'new block',
      face: {
        ...instance,
        title: 'New block',
        summary: 'An empty block to fill.',
      },
      docs: {
        text: 'An empty block: open it with Enter and build inside. To make one of nodes that are there, select them and press Ctrl Shift G.',
      },
      params: NO_PARAMS,
    },
  ];
}

/** Blocks of the workspace that the document has no copy of yet. */
export function sharedOffers(
  faces: Readonly<Record<string, Face>>,
  document: Document,
  library: readonly LibraryBlockSummary[],
): Offer[] {
  const instance = Object.values(faces).find((face) => face.role === 'instance');
  if (!instance) return [];
  const here = new Set(Object.values(document.blocks).map((block) => block.library?.id));
  return library
    .filter(({ id }) => !here.has(id))
    .map((shared): Offer => {
      const inside = shared.nodes === 1 ? 'one node' : `${shared.nodes} nodes`;
      const text = `A block of the workspace with ${inside}${shared.author ? `, by ${shared.author}` : ''}.`;
      const ports = (list: LibraryBlockSummary['inputs']) =>
        list.map(({ id, name, type, optional }) => ({ id, title: name, type, ...(optional && { optional }) }));
      return {
        key: `shared ${shared.id}`,
        face: {
          ...instance,
          title: shared.title,
          summary: text,
          aliases: ['block', 'workspace', 'library'],
          inputs: ports(shared.inputs),
          outputs: ports(shared.outputs),
        },
        docs: { text: `${text} It is copied into this document and stays linked: a newer version is offered here.` },
        params: { block: shared.id },
        shared,
      };
    });
}
