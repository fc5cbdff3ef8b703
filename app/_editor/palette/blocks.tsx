'use client';
import { Button, Menu } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import type { DragEvent } from 'react';
import { askTitle } from '@/app/_ui/ask-title';
import { Tile } from '@/app/_ui/tile';
import { holdsBlock, usesOf } from '@/lib/graph/blocks/block-uses';
import type { BlockId } from '@/lib/graph/document';
import { dispatch } from '../actions/graph-at';
import { openBlock } from '../actions/walk-blocks';
import { BLOCK_MIME } from '../canvas/kind-mime';
import { KindIcon } from '../model/kind-icon';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import classes from './palette.module.css';
import { useAddInMiddle } from './use-add-in-middle';

const load = () => import('../actions/blocks');

/** The blocks of this document: to use, to open, to look after. */
export function Blocks() {
  const editor = useEditor();
  const add = useAddInMiddle();
  const document = useDocument((state) => state.document);
  const graph = useUi((state) => state.graph);
  const entries = Object.entries(document.blocks);
  const { canEdit } = editor.services;
  const onDragStart = (event: DragEvent, id: BlockId) => {
    event.dataTransfer.setData(BLOCK_MIME, id);
    event.dataTransfer.effectAllowed = 'copy';
  };
  return (
    <div className={classes.scroll}>
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
              onDragStart={(event) => onDragStart(event, id)}
              onClick={() => canEdit && add('instance', { block: id })}
            >
              <Tile color="layer" solid>
                <KindIcon name="box-multiple" />
              </Tile>
              <span className={classes.name}>{block.title || 'Block'}</span>
              <em>{uses ? `${uses} ×` : 'unused'}</em>
            </button>
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
    </div>
  );
}

function BlockMenu({ id, uses }: { id: BlockId; uses: number }) {
  const editor = useEditor();
  const title = useDocument((state) => state.document.blocks[id]?.title ?? '');
  const rename = () =>
    askTitle({
      heading: 'Name of the block',
      title,
      onSave: (next) => dispatch(editor, { do: 'set-block', id, set: { title: next } }, 'Rename block'),
    });
  const { canEdit } = editor.services;
  return (
    <Menu position="bottom-end" width={200} withinPortal keepMounted={false}>
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
