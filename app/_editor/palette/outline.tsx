'use client';
import { useReactFlow } from '@xyflow/react';
import { Tile } from '@/app/_ui/tile';
import { flyTo } from '../actions/fly-to';
import { KindIcon } from '../model/kind-icon';
import { useEditor, useUi, useView } from '../state/editor-context';
import classes from './palette.module.css';

/** The graph as a list: every node, in reading order; a click flies there. */
export function Outline() {
  const editor = useEditor();
  const flow = useReactFlow();
  const views = useView((state) => state.nodes);
  const selection = useUi((state) => state.nodes);
  const places = useView((state) => state.places);
  const row = (id: string) => Math.round((places[id]?.y ?? 0) / 120);
  const items = Object.values(views).sort(
    (a, b) => row(a.id) - row(b.id) || (places[a.id]?.x ?? 0) - (places[b.id]?.x ?? 0),
  );
  const open = (id: string) => {
    flyTo(editor, flow, editor.ui.getState().graph, [id]);
  };
  return (
    <div className={classes.scroll}>
      {items.map((view) => (
        <button
          key={view.id}
          type="button"
          className={classes.item}
          data-on={selection.includes(view.id) || undefined}
          onClick={() => open(view.id)}
        >
          <Tile color={view.makes} solid={view.learns}>
            <KindIcon name={view.icon} />
          </Tile>
          <span className={classes.name}>{view.title}</span>
          <em>{view.name}</em>
        </button>
      ))}
      {items.length === 0 && <p className={classes.empty}>Nothing is here yet.</p>}
    </div>
  );
}
