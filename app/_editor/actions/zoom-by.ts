import type { ReactFlowInstance } from '@xyflow/react';
import { flight } from './action';

export const ZOOM = { min: 0.1, max: 3 };
const STEP = 1.2;

type Flow = Pick<ReactFlowInstance, 'getZoom' | 'zoomTo'>;

/** Where flights that have not ended are going to. */
const aims = new WeakMap<Flow, number>();

/** One step nearer or further. Steps in quick succession add up: each goes on from where the one before is going to. */
export function zoomBy(flow: Flow, direction: 'in' | 'out'): void {
  const from = aims.get(flow) ?? flow.getZoom();
  const aim = direction === 'in' ? Math.min(ZOOM.max, from * STEP) : Math.max(ZOOM.min, from / STEP);
  aims.set(flow, aim);
  const duration = flight();
  void flow.zoomTo(aim, { duration });
  setTimeout(() => {
    if (aims.get(flow) === aim) aims.delete(flow);
  }, duration);
}
