'use client';
import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronDown,
  IconCopy,
  IconFileDownload,
  IconHistory,
  IconHome,
  IconKeyboard,
  IconMoon,
  IconPhotoDown,
  IconShare,
  IconSun,
} from '@tabler/icons-react';
import Link from 'next/link';
import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import { readableError } from '@/app/_client/readable-error';
import { Brand } from '@/app/_ui/brand';
import { IconButton } from '@/app/_ui/icon-button';
import { Segmented } from '@/app/_ui/segmented';
import { showToast } from '@/app/_ui/toast';
import { dispatch } from '../actions/graph-at';
import { saveFile } from '../files/save-file';
import { useDocument, useEditor } from '../state/editor-context';
import { usePeople } from '../state/people';
import { copyToClipboard } from './copy-to-clipboard';
import { EngineChip } from './engine-chip';
import { RunControl } from './run-control';
import classes from './shell.module.css';

export function TopBar({ mode, onMode }: { mode: 'build' | 'runs'; onMode(mode: 'build' | 'runs'): void }) {
  const editor = useEditor();
  const canUndo = useStore(editor.documents, (state) => state.history.done.length > 0);
  const canRedo = useStore(editor.documents, (state) => state.history.undone.length > 0);
  const { undo, redo } = editor.documents.getState();
  const share = () => {
    copyToClipboard(location.href);
    showToast({ text: 'The link is on your clipboard. Members of this workspace can open it.', tone: 'ok' });
  };
  return (
    <header className={classes.top}>
      <Link href="/" className={classes.home} aria-label="Netloom, home">
        <Brand />
      </Link>
      <span className={classes.workspace}>{editor.services.workspace}</span>
      <span className={classes.slash}>/</span>
      <Title />
      <DocumentMenu />
      <span className={classes.rule} />
      <IconButton label="Undo" shortcut="Ctrl Z" disabled={!canUndo} onClick={() => void undo()}>
        <IconArrowBackUp size={16} stroke={1.75} />
      </IconButton>
      <IconButton label="Redo" shortcut="Ctrl Shift Z" disabled={!canRedo} onClick={() => void redo()}>
        <IconArrowForwardUp size={16} stroke={1.75} />
      </IconButton>
      <span className={classes.grow} />
      <div className={classes.mode}>
        <Segmented
          label="Mode"
          value={mode}
          onChange={onMode}
          options={[
            { value: 'build', label: 'Build' },
            { value: 'runs', label: 'Runs' },
          ]}
        />
      </div>
      <People />
      <Button leftSection={<IconShare size={14} stroke={1.75} />} onClick={share}>
        Share
      </Button>
      <span className={classes.rule} />
      <EngineChip />
      <RunControl />
    </header>
  );
}

function Title() {
  const editor = useEditor();
  const title = useDocument((state) => state.document.title);
  const [text, setText] = useState<string | null>(null);
  const finish = (next: string) => {
    setText(null);
    const clean = next.trim().slice(0, 300);
    if (clean && clean !== title) dispatch(editor, { do: 'set-document', set: { title: clean } }, 'Rename');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key === 'Escape') setText(null);
  };
  const shown = text ?? title;
  return (
    <input
      className={classes.title}
      aria-label="Title"
      value={shown}
      size={Math.max(4, Math.min(40, shown.length))}
      readOnly={!editor.services.canEdit}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={(event) => text !== null && finish(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function DocumentMenu() {
  const editor = useEditor();
  const { toggleColorScheme } = useMantineColorScheme();
  const download = () => {
    const { document: value } = editor.documents.getState();
    saveFile(`${value.title || 'document'}.netloom.json`, [JSON.stringify(value, null, 1)], 'application/json');
  };
  const picture = () =>
    import('../files/save-picture')
      .then(({ savePicture }) => savePicture(editor))
      .catch((error: unknown) => showToast({ text: readableError(error), tone: 'error' }));
  return (
    <Menu position="bottom-start" width={232}>
      <Menu.Target>
        <button type="button" className={classes.chevron} aria-label="Document menu">
          <IconChevronDown size={14} stroke={1.75} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} href="/" leftSection={<IconHome size={14} stroke={1.75} />}>
          Home
        </Menu.Item>
        <Menu.Item leftSection={<IconFileDownload size={14} stroke={1.75} />} onClick={download}>
          Download as JSON
        </Menu.Item>
        <Menu.Item leftSection={<IconPhotoDown size={14} stroke={1.75} />} onClick={picture}>
          Download as picture
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={14} stroke={1.75} />}
          onClick={() => copyToClipboard(JSON.stringify(editor.documents.getState().document, null, 1))}
        >
          Copy as JSON
        </Menu.Item>
        <Menu.Item
          leftSection={<IconHistory size={14} stroke={1.75} />}
          onClick={() => editor.ui.getState().set({ versionsOpen: true, mode: 'build' })}
        >
          Versions
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={
            <>
              <IconSun size={14} stroke={1.75} className="mantine-light-hidden" />
              <IconMoon size={14} stroke={1.75} className="mantine-dark-hidden" />
            </>
          }
          onClick={() => toggleColorScheme()}
        >
          Light or dark
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={14} stroke={1.75} />}
          onClick={() => editor.ui.getState().set({ help: 'sheet' })}
        >
          Commands and shortcuts
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function People() {
  const { services } = useEditor();
  const others = usePeople();
  const seen = new Map([[services.me.id, services.me], ...others.map((person) => [person.id, person] as const)]);
  return (
    <span className={classes.people}>
      {[...seen.values()].slice(0, 5).map((person) => (
        <span
          key={person.id}
          className={classes.avatar}
          style={{ background: person.color }}
          title={person.id === services.me.id ? `${person.name} (you)` : person.name}
        >
          {person.name.slice(0, 1).toUpperCase()}
        </span>
      ))}
    </span>
  );
}
