'use client';
import { Button, Menu } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import type { DragEvent } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { askTitle } from '@/app/_ui/ask-title';
import { Tile } from '@/app/_ui/tile';
import { showToast } from '@/app/_ui/toast';
import { holdsBlock, usesOf } from '@/lib/graph/blocks/block-uses';
import type { Block, BlockId } from '@/lib/graph/document';
import type { LibraryBlockSummary } from '@/lib/protocol/service';
import { dispatch } from '../actions/graph-at';
import { openBlock } from '../actions/walk-blocks';
import { BLOCK_MIME, SHARED_MIME } from '../canvas/drag-mime';
import { KindIcon } from '../model/kind-icon';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import classes from './palette.module.css';
import { useAddInMiddle } from './use-add-in-middle';

const load = () => import('../actions/blocks');
const loadLibrary = () => import('../library/library-actions');

/** The blocks of this document: to use, to open, to look after. */
export function Blocks() {
  const editor = useEditor();
  const add = useAddInMiddle();
  const document = useDocument((state) => state.document);
  const graph = useUi((state) => state.graph);
  const entries = Object.entries(document.blocks);
  const { canEdit } = editor.services;
  const library = useDocument((state) => state.library);
  return (
    <div className={classes.scroll}>
      {library.length > 0 && entries.length > 0 && <h4 className={classes.heading}>This document</h4>}
      {entries.map(([id, block]) => {
        const uses = usesOf(document, id).length;
        const fits = graph === 'main' || !holdsBlock(document, id, graph);
        return (
          <div key={id} className={classes.block}>
            <button
              type="button"
              className={classes.item}
              draggable={fits && canEdit}
              disabled={!fits}
              title={fits ? 'Click to use it, or drag it to its place' : 'It holds this block'}
              onDragStart={(event) => carry(event, BLOCK_MIME, id)}
              onClick={() => canEdit && add('instance', { block: id })}
            >
              <Tile color="layer" solid>
                <KindIcon name="box-multiple" />
              </Tile>
              <span className={classes.name}>{block.title || 'Block'}</span>
              <em>{uses ? `${uses} ×` : 'unused'}</em>
            </button>
            {canEdit && isOutdated(block, library) && (
              <button
                type="button"
                className={classes.update}
                onClick={() => void loadLibrary().then(({ updateBlock }) => updateBlock(editor, id))}
              >
                Update available
              </button>
            )}
            <BlockMenu id={id} uses={uses} />
          </div>
        );
      })}
      {entries.length === 0 && (
        <p className={classes.empty}>
          A block is a part of a network that you use more than once. Select nodes and press <kbd>Ctrl Shift G</kbd> to
          make one.
        </p>
      )}
      {canEdit && (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          m={8}
          leftSection={<IconPlus size={14} stroke={1.75} />}
          onClick={() => add('instance')}
        >
          New block
        </Button>
      )}
      {library.length > 0 && <h4 className={classes.heading}>Workspace</h4>}
      {library.map((shared) => (
        <SharedBlock key={shared.id} shared={shared} />
      ))}
    </div>
  );
}

function carry(event: DragEvent, type: string, id: string): void {
  event.dataTransfer.setData(type, id);
  event.dataTransfer.effectAllowed = 'copy';
}

/** The library holds another content than the one that this copy was made of. */
const isOutdated = (block: Block, library: readonly LibraryBlockSummary[]): boolean =>
  library.some(({ id, hash }) => id === block.library?.id && hash !== block.library.hash);

function SharedBlock({ shared }: { shared: LibraryBlockSummary }) {
  const editor = useEditor();
  const add = useAddInMiddle();
  const { canEdit } = editor.services;
  const fits = useFits(shared);
  const insert = () =>
    loadLibrary()
      .then(({ bringShared }) => bringShared(editor, shared.id))
      .then((brought) => add('instance', { block: brought.id }, brought))
      .catch((error: unknown) => showToast({ text: readableError(error), tone: 'error' }));
  return (
    <div className={classes.block}>
      <button
        type="button"
        className={classes.item}
        aria-label={`${shared.title}, of the workspace`}
        title={`${fits ? 'Click to use it, or drag it to its place' : 'It holds this block'}${shared.author ? ` · by ${shared.author}` : ''}`}
        draggable={canEdit && fits}
        disabled={!canEdit || !fits}
        onDragStart={(event) => carry(event, SHARED_MIME, shared.id)}
        onClick={() => void insert()}
      >
        <Tile color="layer">
          <KindIcon name="box-multiple" />
        </Tile>
        <span className={classes.name}>{shared.title}</span>
        <em>{shared.nodes}</em>
      </button>
      {canEdit && (
        <Menu position="bottom-end" width={232} withinPortal keepMounted={false}>
          <Menu.Target>
            <button type="button" className={classes.more} aria-label={`More about ${shared.title} of the workspace`}>
              <IconDots size={14} stroke={1.75} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void loadLibrary().then(({ removeShared }) => removeShared(editor, shared))}>
              Remove from the workspace
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

/** Whether the open graph may use a block of the workspace: not where the document's copy of it holds that graph. */
function useFits(shared: LibraryBlockSummary): boolean {
  const document = useDocument((state) => state.document);
  const graph = useUi((state) => state.graph);
  if (graph === 'main') return true;
  const copy = Object.entries(document.blocks).find(([, { library }]) => library?.id === shared.id);
  return !copy || !holdsBlock(document, copy[0], graph);
}

function BlockMenu({ id, uses }: { id: BlockId; uses: number }) {
  const editor = useEditor();
  const title = useDocument((state) => state.document.blocks[id]?.title ?? '');
  const linked = useDocument((state) =>
    state.library.some((shared) => shared.id === state.document.blocks[id]?.library?.id),
  );
  const rename = () =>
    askTitle({
      heading: 'Name of the block',
      title,
      onSave: (next) => dispatch(editor, { do: 'set-block', id, set: { title: next } }, 'Rename block'),
    });
  const { canEdit } = editor.services;
  return (
    <Menu position="bottom-end" width={216} withinPortal keepMounted={false}>
      <Menu.Target>
        <button type="button" className={classes.more} aria-label={`More about ${title || 'the block'}`}>
          <IconDots size={14} stroke={1.75} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => openBlock(editor, id)}>Open</Menu.Item>
        {canEdit && (
          <>
            <Menu.Item onClick={rename}>Rename</Menu.Item>
            <Menu.Item onClick={() => void load().then(({ duplicateBlock }) => duplicateBlock(editor, id))}>
              Duplicate
            </Menu.Item>
            <Menu.Item onClick={() => void loadLibrary().then(({ publishBlock }) => publishBlock(editor, id))}>
              {linked ? 'Publish as the new version' : 'Publish to the workspace'}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              disabled={uses > 0}
              onClick={() => void load().then(({ removeBlock }) => removeBlock(editor, id))}
            >
              {uses ? 'Delete (it is used)' : 'Delete'}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
