import type { Json } from '@/lib/base/json';
import type { Block, BlockId, Document, Edge, EdgeId, GraphId, Node, NodeId, NodeLayout, ParamValue } from './document';

/** Members of a node that a command may set; `null` removes an optional one. */
export type NodePatch = {
  [K in 'kind' | 'version' | 'name' | 'promoted' | 'muted' | 'bypassed' | 'frozen' | 'start']?: Node[K] | null;
};

/** What of an edge may change while it stays the same wire; `null` removes a member. */
export type EdgePatch = { [K in 'order' | 'via']?: Edge[K] | null };

export type DocumentPatch = Partial<
  Pick<Document, 'title' | 'params' | 'presets' | 'variants' | 'expected' | 'settings'>
> & { notes?: Json; frames?: Json };

/** `null` takes a block off the workspace's one that it came from. */
export type BlockPatch = Partial<Pick<Block, 'title' | 'inputs' | 'outputs' | 'params'>> & {
  library?: Block['library'] | null;
};

/**
 * Every change of a document: user edits, fixes, paste and import alike. Closed union; `apply` gives the inverse, so
 * undo is a list of commands.
 */
export type Command =
  | { do: 'batch'; title: string; commands: Command[] }
  | { do: 'add-node'; graph: GraphId; id: NodeId; node: Node; layout?: NodeLayout }
  /** Removes its edges and layout too. */
  | { do: 'remove-node'; graph: GraphId; id: NodeId }
  | { do: 'set-node'; graph: GraphId; id: NodeId; set: NodePatch }
  /** `value` absent: back to the kind's default. */
  | { do: 'set-param'; graph: GraphId; id: NodeId; param: string; value?: ParamValue }
  /** An input that is not variadic holds one edge: the caller removes the old one in the same batch (`connect` does). */
  | { do: 'add-edge'; graph: GraphId; id: EdgeId; edge: Edge }
  | { do: 'remove-edge'; graph: GraphId; id: EdgeId }
  | { do: 'set-edge'; graph: GraphId; id: EdgeId; set: EdgePatch }
  | { do: 'set-layout'; graph: GraphId; set: Record<NodeId, NodeLayout | null> }
  | { do: 'set-document'; set: DocumentPatch }
  | { do: 'add-block'; id: BlockId; block: Block; layout?: Record<NodeId, NodeLayout> }
  | { do: 'remove-block'; id: BlockId }
  | { do: 'set-block'; id: BlockId; set: BlockPatch };
