'use client';
import { Button, Menu } from '@mantine/core';
import { IconDots, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { readableError } from '@/app/_client/readable-error';
import { askTitle } from '@/app/_ui/ask-title';
import { IconButton } from '@/app/_ui/icon-button';
import { timeAgo } from '@/app/_ui/time-ago';
import { showToast } from '@/app/_ui/toast';
import { commandBetween } from '@/lib/graph/diff-documents';
import type { VersionSummary } from '@/lib/protocol/service';
import { dispatch } from '../actions/graph-at';
import { useEditor, useUi } from '../state/editor-context';
import { Changes } from './changes';
import { saveVersion } from './save-version';
import classes from './versions.module.css';

/** Named versions: keep the document as it is, look at what changed since, go back (and undo that). */
export function VersionsPanel() {
  const editor = useEditor();
  const { services, documentId, ui } = editor;
  const queries = useQueryClient();
  const key = ['versions', documentId];
  const { data, error } = useQuery({ queryKey: key, queryFn: () => services.versions.list() });
  const fresh = () => queries.invalidateQueries({ queryKey: key });
  const close = () => ui.getState().set({ versionsOpen: false, compare: null });
  return (
    <section className={classes.panel} aria-label="Versions">
      <header className={classes.head}>
        <b>Versions</b>
        {services.canEdit && (
          <Button size="xs" variant="filled" onClick={() => saveVersion(editor, fresh)}>
            Save this one
          </Button>
        )}
        <IconButton label="Close versions" onClick={close}>
          <IconX size={16} stroke={1.75} />
        </IconButton>
      </header>
      {error && <p className={classes.quiet}>{readableError(error)}</p>}
      {data?.length === 0 && (
        <p className={classes.quiet}>
          Nothing kept yet. Every edit is saved by itself; a named version is a point to come back to.
        </p>
      )}
      <ul className={classes.list}>
        {data?.map((version) => (
          <Row key={version.id} version={version} fresh={fresh} />
        ))}
      </ul>
    </section>
  );
}

function Row({ version, fresh }: { version: VersionSummary; fresh(): void }) {
  const editor = useEditor();
  const { services, ui, documents } = editor;
  const compared = useUi((state) => state.compare?.id === version.id);
  const attempt = (work: () => Promise<void>) =>
    work().catch((error: unknown) => showToast({ text: readableError(error), tone: 'error' }));
  const compare = () =>
    attempt(async () => {
      if (compared) return ui.getState().set({ compare: null });
      const document = await services.versions.read(version.id);
      ui.getState().set({ compare: { id: version.id, name: version.name, document } });
    });
  const restore = () =>
    attempt(async () => {
      const wanted = await services.versions.read(version.id);
      const title = `Go back to “${version.name}”`;
      const { document, undo } = documents.getState();
      if (!dispatch(editor, commandBetween(document, wanted, title), title)) return;
      ui.getState().set({ compare: null, graph: 'main', way: [] });
      showToast({ text: `This is “${version.name}” again.`, tone: 'ok', undo: () => void undo() });
    });
  const rename = () =>
    askTitle({
      heading: 'Name of the version',
      title: version.name,
      onSave: (name) => void attempt(() => services.versions.rename(version.id, name)).then(fresh),
    });
  return (
    <li className={classes.row} data-on={compared || undefined}>
      <div className={classes.line}>
        <b>{version.name}</b>
        <span className={classes.quiet}>
          {timeAgo(version.createdAt)}
          {version.author ? `, ${version.author}` : ''} · {version.nodes} nodes
        </span>
      </div>
      <div className={classes.buttons}>
        <Button size="xs" aria-pressed={compared} onClick={() => void compare()}>
          {compared ? 'Stop comparing' : 'Compare'}
        </Button>
        {services.canEdit && (
          <Button size="xs" onClick={() => void restore()}>
            Go back to it
          </Button>
        )}
        {services.canEdit && (
          <Menu position="bottom-end" width={160}>
            <Menu.Target>
              <IconButton label={`More for ${version.name}`}>
                <IconDots size={16} stroke={1.75} />
              </IconButton>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={rename}>Rename</Menu.Item>
              <Menu.Item
                color="red"
                onClick={() => void attempt(() => services.versions.remove(version.id)).then(fresh)}
              >
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {compared && <Changes />}
    </li>
  );
}
