'use client';
import { IconHelp, IconLayoutSidebarLeftExpand, IconListTree, IconPlus, IconSearch } from '@tabler/icons-react';
import { IconButton } from '@/app/_ui/icon-button';
import type { Stage } from '../actions/action';
import { openSearch } from '../actions/open-search';
import { useEditor, useUi } from '../state/editor-context';
import classes from './shell.module.css';

/** The palette folded to 48 px. */
export function Rail({ stage }: { stage: Stage }) {
  const { ui } = useEditor();
  const run = useUi((state) => state.run);
  const { set } = ui.getState();
  return (
    <div className={classes.rail}>
      <IconButton label="Add a node" shortcut="Tab" onClick={() => openSearch(stage)}>
        <IconPlus size={18} stroke={1.75} />
      </IconButton>
      <IconButton label="Open the palette" onClick={() => set({ paletteOpen: true, run: null, mode: 'build' })}>
        {run ? <IconListTree size={18} stroke={1.75} /> : <IconLayoutSidebarLeftExpand size={18} stroke={1.75} />}
      </IconButton>
      <IconButton label="Find in this graph" shortcut="Ctrl F" onClick={() => set({ find: true, mode: 'build' })}>
        <IconSearch size={18} stroke={1.75} />
      </IconButton>
      <span className={classes.grow} />
      <IconButton label="Commands and shortcuts" shortcut="?" onClick={() => set({ help: 'sheet' })}>
        <IconHelp size={18} stroke={1.75} />
      </IconButton>
    </div>
  );
}
