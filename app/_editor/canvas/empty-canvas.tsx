'use client';
import { IconChartDots, IconPhoto, IconPlus, IconTable } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { dispatch } from '../actions/graph-at';
import { useDocument, useEditor, useUi } from '../state/editor-context';
import { TEMPLATES } from '../templates/templates';
import classes from './empty-canvas.module.css';

const ICONS = { image: IconPhoto, table: IconTable, points: IconChartDots };

/** What to do with an empty canvas: begin from a small network that runs, or add the first node. */
export function EmptyCanvas() {
  const editor = useEditor();
  const flow = useReactFlow();
  const empty = useDocument((state) => state.ready && Object.keys(state.document.graph.nodes).length === 0);
  const graph = useUi((state) => state.graph);
  const searching = useUi((state) => state.search !== null);
  if (!empty || graph !== 'main' || searching || !editor.services.canEdit) return null;
  const begin = (template: (typeof TEMPLATES)[number]) => {
    const { cards, document } = editor.documents.getState();
    dispatch(editor, template.make(document, cards), template.title);
    editor.ui.getState().set({ fits: editor.ui.getState().fits + 1 });
  };
  const add = () => {
    const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
    const screen = { x: (box?.x ?? 0) + 160, y: (box?.y ?? 0) + 160 };
    editor.ui.getState().set({ search: { screen, place: flow.screenToFlowPosition(screen), wire: null } });
  };
  return (
    <div className={classes.empty}>
      <h2>Start with a network that runs</h2>
      <div className={classes.templates}>
        {TEMPLATES.map((template) => {
          const Icon = ICONS[template.icon];
          return (
            <button key={template.id} type="button" onClick={() => begin(template)}>
              <Icon size={18} stroke={1.75} />
              <b>{template.title}</b>
              <span>{template.text}</span>
            </button>
          );
        })}
        <button type="button" onClick={add}>
          <IconPlus size={18} stroke={1.75} />
          <b>First node</b>
          <span>Or double-click anywhere, or press Tab.</span>
        </button>
      </div>
    </div>
  );
}
