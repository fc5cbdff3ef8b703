'use client';
import { useMediaQuery } from '@mantine/hooks';
import { ReactFlowProvider } from '@xyflow/react';
import dynamic from 'next/dynamic';
import { type ReactNode, useEffect, useState } from 'react';
import { ErrorBoundary } from '@/app/_client/error-boundary';
import { showToast } from '@/app/_ui/toast';
import { Canvas } from '../canvas/canvas';
import { Inspector } from '../inspector/inspector';
import { forgetWidths } from '../model/measure-text';
import { Palette } from '../palette/palette';
import { ProblemsPanel } from '../problems/problems-panel';
import { SearchPopover } from '../search/search-popover';
import { EditorProvider, type Editor as EditorValue, useDocument, useEditor, useUi } from '../state/editor-context';
import { TOUR_QUERY } from '../tour/tour-memory';
import { Crumbs } from './crumbs';
import { FindBar } from './find-bar';
import { Rail } from './rail';
import { RunBar } from './run-bar';
import classes from './shell.module.css';
import { StatusBar } from './status-bar';
import { TopBar } from './top-bar';
import { useKeyboard, useStage } from './use-keyboard';

/** Loaded with their first use, after the canvas. */
const ContextMenu = dynamic(() => import('../commands/context-menu').then((module) => module.ContextMenu), {
  ssr: false,
});
const CommandPalette = dynamic(() => import('../commands/command-palette').then((module) => module.CommandPalette), {
  ssr: false,
});
const ShortcutSheet = dynamic(() => import('../commands/shortcut-sheet').then((module) => module.ShortcutSheet), {
  ssr: false,
});

const GraphList = dynamic(() => import('../list/graph-list').then((module) => module.GraphList), { ssr: false });

const VersionsPanel = dynamic(() => import('../versions/versions-panel').then((module) => module.VersionsPanel), {
  ssr: false,
});

const Tour = dynamic(() => import('../tour/tour').then((module) => module.Tour), { ssr: false });

export interface EditorSlots {
  /** Beside the canvas while a run is shown. */
  runPanel(run: string, close: () => void): ReactNode;
  /** Instead of the canvas: the runs of this document. */
  runs(open: (run: string) => void): ReactNode;
}

/** The editor: palette, canvas, inspector, and around them the bars. */
export function Editor({ editor, slots }: { editor: EditorValue; slots: EditorSlots }) {
  return (
    <EditorProvider editor={editor}>
      <ReactFlowProvider>
        <Layout slots={slots} />
      </ReactFlowProvider>
    </EditorProvider>
  );
}

function Layout({ slots }: { slots: EditorSlots }) {
  const editor = useEditor();
  const stage = useStage();
  const run = useUi((state) => state.run);
  const mode = useUi((state) => state.mode);
  const open = useUi((state) => state.paletteOpen);
  const [tour, setTour] = useState(() => new URLSearchParams(location.search).has(TOUR_QUERY));
  const versions = useUi((state) => state.versionsOpen);
  const menu = useUi((state) => state.menu);
  const help = useUi((state) => state.help);
  const list = useUi((state) => state.list);
  const { set } = editor.ui.getState();
  useKeyboard(stage);
  useRefusals();
  useFonts();
  const building = mode === 'build';
  const narrow = useMediaQuery('(max-width: 900px)') ?? false;
  const chosen = useUi((state) => state.nodes.length + state.edges.length > 0);
  return (
    <div
      className={classes.app}
      data-mode={mode}
      data-running={(building && run !== null) || undefined}
      data-folded={!open || !building || undefined}
      data-chosen={chosen || undefined}
    >
      <TopBar mode={mode} onMode={(next) => set({ mode: next, search: null, menu: null })} />
      <div className={classes.left}>
        {open && !narrow && run === null && building ? <Palette /> : <Rail stage={stage} />}
      </div>
      <main className={classes.main}>
        {building ? (
          <ErrorBoundary what="The canvas">
            {list ? <GraphList stage={stage} /> : <Canvas />}
            <Crumbs />
            <FindBar />
            {run !== null && <RunBar />}
            <ProblemsPanel />
            {versions && <VersionsPanel />}
            {tour && <Tour onEnd={() => setTour(false)} />}
          </ErrorBoundary>
        ) : (
          slots.runs((id) => set({ run: id, mode: 'build' }))
        )}
      </main>
      {building && (
        <aside className={classes.right} aria-label={run === null ? 'Inspector' : 'Run'}>
          <ErrorBoundary what={run === null ? 'The inspector' : 'The run'}>
            {run === null ? <Inspector stage={stage} /> : slots.runPanel(run, () => set({ run: null }))}
          </ErrorBoundary>
        </aside>
      )}
      <StatusBar />
      <SearchPopover />
      {menu && <ContextMenu key={`${menu.screen.x} ${menu.screen.y}`} stage={stage} menu={menu} />}
      {help === 'palette' && <CommandPalette stage={stage} />}
      {help === 'sheet' && <ShortcutSheet stage={stage} />}
    </div>
  );
}

/** A command that could not be done says why, in the corner. */
function useRefusals(): void {
  const editor = useEditor();
  const refusal = useDocument((state) => state.refusal);
  useEffect(() => {
    if (!refusal) return;
    showToast({ text: refusal.message, tone: 'error' });
    editor.documents.getState().dismissRefusal();
  }, [editor, refusal]);
}

/** Node widths follow from text: they are measured again when the fonts have come. */
function useFonts(): void {
  const editor = useEditor();
  useEffect(() => {
    void document.fonts.ready.then(() => {
      forgetWidths();
      editor.refreshViews();
    });
  }, [editor]);
}
