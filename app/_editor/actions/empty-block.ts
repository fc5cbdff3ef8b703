import { randomId } from '@/lib/base/ids';
import type { Block } from '@/lib/graph/document';
import { freeTitle } from '../model/block-title';
import type { Editor } from '../state/editor-context';
import type { BroughtBlock } from './add-kind';

/** A block with one input that goes straight to its output: something to fill. */
export function emptyBlock(editor: Editor): BroughtBlock {
  const { document } = editor.documents.getState();
  const id = randomId('b');
  const block: Block = {
    title: freeTitle(document.blocks, 'Block'),
    inputs: [{ id: 'x', name: 'Input', type: 'tensor' }],
    outputs: [{ id: 'y', name: 'Output', type: 'tensor' }],
    graph: { nodes: {}, edges: { [randomId('e')]: { from: ['$in', 'x'], to: ['$out', 'y'] } } },
    params: {},
  };
  return { id, block, commands: [{ do: 'add-block', id, block }] };
}
