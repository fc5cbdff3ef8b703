import { useReactFlow } from '@xyflow/react';
import { faces } from '@/lib/nodes/faces.generated';
import type { PlainParams } from '@/lib/nodes/kind';
import { addKind, type BroughtBlock } from '../actions/add-kind';
import { kindInfers, useCatalogue } from '../model/kind-catalogues';
import { tryOn } from '../search/search-kinds';
import { useEditor } from '../state/editor-context';

/** A click places a kind behind the selected node, connected where it fits, or in the middle of the canvas. */
export function useAddInMiddle() {
  const editor = useEditor();
  const flow = useReactFlow();
  const infers = useCatalogue(kindInfers);
  return (kind: string, params: PlainParams = {}, brings: BroughtBlock | null = null) => {
    const { nodes } = editor.ui.getState();
    const [only] = nodes;
    const view = nodes.length === 1 && only ? editor.views.getState().nodes[only] : undefined;
    const place = only ? editor.views.getState().places[only] : undefined;
    const port = view?.ports.find((candidate) => candidate.side === 'out' && candidate.place === 'header');
    if (view && place && port) {
      const wire = { node: view.id, port: port.id, side: 'out', type: port.type, spec: port.spec } as const;
      const face = faces[kind];
      const offer = face && { key: kind, face, params };
      const { env } = editor.views.getState();
      const withBrought = { ...env, block: (id: string) => (id === brings?.id ? brings.block : env.block(id)) };
      const joined = offer && tryOn(offer, wire, withBrought, infers) ? wire : null;
      addKind(editor, kind, { x: place.x + view.width + 64, y: place.y }, { wire: joined, params, brings });
      return;
    }
    const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
    const screen = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2 - 76, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 - 48 };
    const count = Object.keys(editor.views.getState().nodes).length % 6;
    const at = flow.screenToFlowPosition(screen);
    addKind(editor, kind, { x: at.x + count * 32, y: at.y + count * 32 }, { params, brings });
  };
}
