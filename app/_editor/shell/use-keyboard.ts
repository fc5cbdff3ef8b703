'use client';
import { useReactFlow } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { Stage } from '../actions/action';
import { isUsable } from '../actions/actions';
import { bringIntoView } from '../actions/bring-into-view';
import { copyText, looksLikeClip, pasteText } from '../actions/clipboard';
import { cancelWire } from '../actions/keyboard-wire';
import { actionFor, keysOf } from '../actions/keymap';
import { removeSelection } from '../actions/remove-selection';
import { enterBlock, leaveBlock } from '../actions/walk-blocks';
import { useEditor } from '../state/editor-context';
import { useStartRun } from './use-start-run';

export function useStage(): Stage {
  const editor = useEditor();
  const flow = useReactFlow();
  const { start, tryHere } = useStartRun();
  return useMemo(
    () => ({
      editor,
      flow,
      middle() {
        const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
        return { x: (box?.x ?? 0) + (box?.width ?? 0) / 3, y: (box?.y ?? 0) + (box?.height ?? 0) / 3 };
      },
      run: () => void start({}),
      tryHere: () => void tryHere(),
    }),
    [editor, flow, start, tryHere],
  );
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
const inDialog = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('[role="dialog"],[role="menu"],[aria-haspopup][aria-expanded="true"]') !== null;
const onCanvas = (target: EventTarget | null): boolean =>
  target === document.body || (target instanceof HTMLElement && target.closest('[data-canvas]') !== null);

/** Shortcuts: those of one key only while the canvas has the focus, those with Ctrl everywhere but in text. */
export function useKeyboard(stage: Stage): void {
  useEffect(() => {
    let pointer: { x: number; y: number } | null = null;
    let shifted = false;
    const onPointer = (event: PointerEvent) => {
      const over = event.target instanceof Element && event.target.closest('[data-canvas]');
      pointer = over ? { x: event.clientX, y: event.clientY } : null;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || typing(event.target) || inDialog(event.target)) return;
      const keys = keysOf(event);
      if (keys === 'tab' && searchForWire(stage)) {
        event.preventDefault();
        return;
      }
      if (onCanvas(event.target) && walks(stage, event, keys)) {
        event.preventDefault();
        return;
      }
      shifted = event.shiftKey;
      const action = actionFor(keys);
      const everywhere = keys.startsWith('mod+') || /^f\d+$/.test(keys) || keys === '?';
      if (!action || action.native || action.fixed || (!everywhere && !onCanvas(event.target))) return;
      if (!isUsable(action, stage.editor)) return;
      event.preventDefault();
      const at = pointer;
      action.perform(at ? { ...stage, middle: () => at } : stage);
    };
    // An open tooltip keeps Esc to itself: here it is heard on the way down, so that one press closes both.
    const onEscape = (event: KeyboardEvent) => {
      if (event.defaultPrevented || typing(event.target) || inDialog(event.target)) return;
      if (leaves(stage, event)) event.preventDefault();
    };
    const onCopy = (event: ClipboardEvent) => {
      if (typing(event.target) || (window.getSelection()?.toString() ?? '') !== '') return;
      const text = copyText(stage.editor);
      if (!text) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
      if (event.type === 'cut') removeSelection(stage.editor);
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain');
      if (typing(event.target) || !text) return;
      const at = pointer ? stage.flow.screenToFlowPosition(pointer) : undefined;
      if (!looksLikeClip(text)) return;
      event.preventDefault();
      void pasteText(stage.editor, text, shifted, at);
    };
    window.addEventListener('pointermove', onPointer);
    window.addEventListener('keydown', onEscape, true);
    window.addEventListener('keydown', onKeyDown);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('pointermove', onPointer);
      window.removeEventListener('keydown', onEscape, true);
      window.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [stage]);
}

/** Tab while a wire is drawn by keyboard: a new node at its end. */
function searchForWire({ editor, flow }: Stage): boolean {
  const { wire, wireByKeyboard, set } = editor.ui.getState();
  if (!wire || !wireByKeyboard) return false;
  const place = editor.views.getState().places[wire.node] ?? { x: 0, y: 0 };
  const view = editor.views.getState().nodes[wire.node];
  const width = view?.width ?? 160;
  const at = wire.side === 'out' ? { x: place.x + width + 64, y: place.y + 16 } : { x: place.x - 240, y: place.y + 16 };
  set({ wire: null, wireByKeyboard: false, search: { screen: flow.flowToScreenPosition(at), place: at, wire } });
  return true;
}

/** Esc leaves, innermost first: an open wire, a panel, the selection, the block. */
function leaves({ editor }: Stage, event: KeyboardEvent): boolean {
  if (event.key !== 'Escape') return false;
  const state = editor.ui.getState();
  if (state.wire) cancelWire(editor);
  else if (state.cutting) state.set({ cutting: false });
  else if (state.menu || state.find || state.problem !== null) state.set({ menu: null, find: false, problem: null });
  else if (state.problemsOpen) state.set({ problemsOpen: false });
  else if (state.compare) state.set({ compare: null });
  else if (state.versionsOpen) state.set({ versionsOpen: false });
  else if (state.nodes.length || state.edges.length) state.select([]);
  else if (state.list) state.set({ list: false });
  else if (state.graph !== 'main') leaveBlock(editor);
  else return false;
  return true;
}

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Arrows walk from node to node, with Shift they take it along; Enter goes to a node's ports, or into its block. */
function walks({ editor, flow }: Stage, event: KeyboardEvent, keys: string): boolean {
  const focused =
    event.target instanceof HTMLElement
      ? event.target.closest<HTMLElement>('.react-flow__node')?.dataset.id
      : undefined;
  const current = focused ?? editor.ui.getState().nodes[0];
  const arrow = event.key.toLowerCase();
  const extend = keys === `shift+${arrow}`;
  const direction = keys === arrow || extend ? ARROWS[event.key] : undefined;
  if (direction) {
    const next = neighbour(editor, current, direction);
    if (next) {
      const { nodes, select } = editor.ui.getState();
      const kept = nodes.length || !current ? nodes : [current];
      select(extend ? [...new Set([...kept, next])] : [next]);
      nodeElement(next)?.focus({ preventScroll: true });
      bringIntoView(flow, next);
    }
    return next !== null;
  }
  if (keys !== 'enter' || !current) return false;
  if (!enterBlock(editor, current)) {
    editor.ui.getState().select([current]);
    requestAnimationFrame(() => {
      const ports = nodeElement(current)?.querySelectorAll<HTMLElement>('[data-port]');
      [...(ports ?? [])].find((port) => port.dataset.port?.includes(':out:'))?.focus();
    });
  }
  return true;
}

const nodeElement = (id: string): HTMLElement | null =>
  document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

/** The nearest node in a direction; without a current one, the first in reading order. */
function neighbour(editor: Stage['editor'], current: string | undefined, [dx, dy]: [number, number]): string | null {
  const { nodes: views, places: layout } = editor.views.getState();
  const from = current ? layout[current] : undefined;
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const id of Object.keys(views)) {
    const place = layout[id] ?? { x: 0, y: 0 };
    const [x, y] = [place.x - (from?.x ?? -1e5), place.y - (from?.y ?? -1e5)];
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy) + Math.abs(y * dx);
    const cost = from ? along + across * 2.5 : x + y * 3;
    if (id === current || (from && along <= 0) || cost >= least) continue;
    best = id;
    least = cost;
  }
  return best;
}
