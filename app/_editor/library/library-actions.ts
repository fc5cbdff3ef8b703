import { readableError } from '@/app/_client/readable-error';
import { showToast } from '@/app/_ui/toast';
import { required } from '@/lib/base/invariant';
import { bringBlock, packBlock, replaceBlock } from '@/lib/graph/blocks/library-block';
import type { BlockId } from '@/lib/graph/document';
import type { LibraryBlockSummary } from '@/lib/protocol/service';
import type { BroughtBlock } from '../actions/add-kind';
import { dispatch } from '../actions/graph-at';
import { offerUndo } from '../actions/offer-undo';
import type { Editor } from '../state/editor-context';

/** What people do with the workspace's blocks. Each says in the corner what came of it. */

const orSay = async (work: Promise<void>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    showToast({ text: readableError(error), tone: 'error' });
  }
};

/** The copy that the document has of a shared block, or one that comes with its first use. */
export async function bringShared(editor: Editor, shared: string): Promise<BroughtBlock> {
  const { document } = editor.documents.getState();
  const there = Object.entries(document.blocks).find(([, { library }]) => library?.id === shared);
  if (there) return { id: there[0], block: there[1], commands: [] };
  const { hash, content } = await editor.services.library.read(shared);
  const { id, commands } = bringBlock(content, { id: shared, hash });
  return { id, block: required(content.blocks[content.root], 'a block has a root'), commands };
}

/** Shares a block with the workspace: as the new version of the one it came from, while that is still there. */
export const publishBlock = (editor: Editor, block: BlockId): Promise<void> =>
  orSay(
    (async () => {
      const { document, library } = editor.documents.getState();
      const content = packBlock(document, block);
      if (!content) return;
      const known = library.find(({ id }) => id === document.blocks[block]?.library?.id);
      const made = await editor.services.library.publish(content, known?.id);
      dispatch(editor, { do: 'set-block', id: block, set: { library: made } }, 'Publish block');
      const title = document.blocks[block]?.title || 'The block';
      showToast({
        text: known
          ? `${title} has a new version: documents that use it can be updated.`
          : `${title} is in the workspace's library now.`,
        tone: 'ok',
      });
    })(),
  );

/** Takes the library's version of a block, for all its uses in this document. */
export const updateBlock = (editor: Editor, block: BlockId): Promise<void> =>
  orSay(
    (async () => {
      const origin = editor.documents.getState().document.blocks[block]?.library;
      if (!origin) return;
      const { hash, content } = await editor.services.library.read(origin.id);
      const { document } = editor.documents.getState();
      const { command } = replaceBlock(document, block, content, { id: origin.id, hash });
      if (!dispatch(editor, command, 'Update block')) return;
      offerUndo(editor, `${document.blocks[block]?.title || 'The block'} is up to date.`);
    })(),
  );

/** Takes a block out of the library; copies in documents stay. */
export const removeShared = (editor: Editor, shared: LibraryBlockSummary): Promise<void> =>
  orSay(
    (async () => {
      await editor.services.library.remove(shared.id);
      showToast({ text: `${shared.title} is out of the library. Documents keep their copies.`, tone: 'ok' });
    })(),
  );
