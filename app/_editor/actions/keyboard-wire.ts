import type { PortView } from '../model/node-view';
import type { Editor } from '../state/editor-context';
import { connectPorts, fits, wireAt } from './connect-ports';

/** Wiring without a pointer: Enter on a port, arrows among the ports that fit, Enter there. */

export function beginWire(editor: Editor, node: string, port: PortView): void {
  editor.ui.getState().set({
    wire: { node, port: port.id, side: port.side, type: port.type, spec: port.spec },
    wireByKeyboard: true,
  });
  requestAnimationFrame(() => targets(editor)[0]?.focus());
}

export function endWire(editor: Editor, node: string, port: PortView): void {
  const { wire, set } = editor.ui.getState();
  if (wire && fits(editor, wire, node, port)) {
    const [open, here] = [
      [wire.node, wire.port],
      [node, port.id],
    ] as const;
    if (wire.side === 'out') connectPorts(editor, open, here, wireAt(editor, here[0], port.handle));
    else connectPorts(editor, here, open);
  }
  set({ wire: null, wireByKeyboard: false });
}

export function cancelWire(editor: Editor): void {
  const { wire, set } = editor.ui.getState();
  set({ wire: null, wireByKeyboard: false });
  if (wire) portElement(`${wire.node}:${wire.side}:${wire.port}`)?.focus();
}

/** Arrows walk among fitting ports while a wire is open, else among the ports of the same node. */
export function stepPort(editor: Editor, at: HTMLElement, key: string): void {
  const all = editor.ui.getState().wire ? targets(editor) : siblings(at);
  const index = all.indexOf(at);
  const step = key === 'ArrowDown' || key === 'ArrowRight' ? 1 : -1;
  all[(index + step + all.length) % all.length]?.focus();
}

/** Fitting ports, nearest to the wire's beginning first. */
function targets(editor: Editor): HTMLElement[] {
  const { wire } = editor.ui.getState();
  const origin = wire && portElement(`${wire.node}:${wire.side}:${wire.port}`)?.getBoundingClientRect();
  const away = (element: HTMLElement) => {
    const box = element.getBoundingClientRect();
    return origin ? Math.hypot(box.x - origin.x, box.y - origin.y) : 0;
  };
  return [...document.querySelectorAll<HTMLElement>('[data-port][data-look="fits"]')].sort((a, b) => away(a) - away(b));
}

const siblings = (at: HTMLElement): HTMLElement[] => [
  ...(at.closest('.react-flow__node')?.querySelectorAll<HTMLElement>('[data-port]') ?? []),
];

const portElement = (key: string): HTMLElement | null => document.querySelector(`[data-port="${CSS.escape(key)}"]`);
