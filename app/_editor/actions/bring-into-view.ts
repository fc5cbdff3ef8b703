import type { ReactFlowInstance } from '@xyflow/react';

const MARGIN = 24;

/** Moves the canvas only where a node is not wholly on the screen. */
export function bringIntoView(flow: ReactFlowInstance, id: string): void {
  const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  const node = flow.getInternalNode(id);
  if (!box || !node) return;
  const zoom = flow.getZoom();
  const { x, y } = node.internals.positionAbsolute;
  const corner = flow.flowToScreenPosition({ x, y });
  const [width, height] = [(node.measured.width ?? 160) * zoom, (node.measured.height ?? 120) * zoom];
  const dx = shift(corner.x, corner.x + width, box.left + MARGIN, box.right - MARGIN);
  const dy = shift(corner.y, corner.y + height, box.top + MARGIN, box.bottom - MARGIN);
  if (!dx && !dy) return;
  const view = flow.getViewport();
  void flow.setViewport({ ...view, x: view.x + dx, y: view.y + dy }, { duration: 140 });
}

/** How far to move so that `low` to `high` lies inside the room. */
function shift(low: number, high: number, first: number, last: number): number {
  if (low < first) return first - low;
  return high > last ? last - high : 0;
}
