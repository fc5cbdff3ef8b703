'use client';
import { Panel, type ReactFlowState, useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { memo, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import type { Makes } from '@/lib/nodes/kind';
import { around, type Rect } from '../model/rect';
import { useView } from '../state/editor-context';
import classes from './canvas.module.css';
import { makesColor } from './drawings';

const SIZE = { width: 136, height: 112 };
const MARGIN = 6;
const CORNER = 12;

/**
 * The whole graph in small, with a frame around what is on the screen; dragged, it moves the canvas, the wheel zooms.
 * All nodes of a colour are one path that is only drawn anew when a node moves: panning moves the frame alone.
 */
export function Overview() {
  const flow = useReactFlow();
  const store = useStoreApi();
  const nodes = useView((state) => state.nodes);
  const places = useView((state) => state.places);
  const view = useStore(shownRect, sameRect);
  const boxes = useMemo(
    () =>
      Object.values(nodes).map(({ id, width, height, makes }) => {
        const { x = 0, y = 0 } = places[id] ?? {};
        return { x, y, width, height, makes };
      }),
    [nodes, places],
  );
  const paths = useMemo(() => pathsOf(boxes), [boxes]);
  const content = useMemo(() => around(boxes), [boxes]);
  const whole = content ? (around([content, view]) ?? view) : view;
  /** Canvas units for a pixel here. */
  const unit = Math.max(whole.width / (SIZE.width - 2 * MARGIN), whole.height / (SIZE.height - 2 * MARGIN)) || 1;
  const left = whole.x - (SIZE.width * unit - whole.width) / 2;
  const top = whole.y - (SIZE.height * unit - whole.height) / 2;

  const box = useRef<HTMLDivElement>(null);
  const hold = useRef<{ x: number; y: number; center: { x: number; y: number }; unit: number } | null>(null);
  const showAt = (x: number, y: number) => void flow.setCenter(x, y, { zoom: flow.getZoom() });
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || !box.current) return;
    const own = box.current.getBoundingClientRect();
    const at = { x: left + (event.clientX - own.x) * unit, y: top + (event.clientY - own.y) * unit };
    const inside = at.x >= view.x && at.x <= view.x + view.width && at.y >= view.y && at.y <= view.y + view.height;
    const center = inside ? { x: view.x + view.width / 2, y: view.y + view.height / 2 } : at;
    if (!inside) showAt(at.x, at.y);
    hold.current = { x: event.clientX, y: event.clientY, center, unit };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const held = hold.current;
    if (!held) return;
    showAt(held.center.x + (event.clientX - held.x) * held.unit, held.center.y + (event.clientY - held.y) * held.unit);
  };
  const release = () => {
    hold.current = null;
  };
  useEffect(() => {
    const element = box.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      void store.getState().panZoom?.scaleBy(2 ** (-event.deltaY * 0.004));
    };
    // React's own listener could not keep the page from zooming.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [store]);

  return (
    <Panel position="bottom-right" className={classes.overview ?? ''}>
      <div
        ref={box}
        role="img"
        aria-label="Overview"
        style={SIZE}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={release}
        onPointerCancel={release}
      >
        <Paths paths={paths} viewBox={`${left} ${top} ${SIZE.width * unit} ${SIZE.height * unit}`} />
        <i
          style={{
            // Moved without a layout of the page, since it moves with every frame of a pan.
            transform: `translate(${(view.x - left) / unit}px, ${(view.y - top) / unit}px)`,
            width: view.width / unit,
            height: view.height / unit,
          }}
        />
      </div>
    </Panel>
  );
}

const Paths = memo(function Paths({ paths, viewBox }: { paths: readonly [Makes, string][]; viewBox: string }) {
  return (
    <svg {...SIZE} viewBox={viewBox} aria-hidden="true">
      {paths.map(([makes, d]) => (
        <path key={makes} d={d} fill={makesColor(makes)} />
      ))}
    </svg>
  );
});

/** What the canvas shows of the graph. */
const shownRect = ({ transform: [x, y, zoom], width, height }: ReactFlowState): Rect => ({
  x: -x / zoom,
  y: -y / zoom,
  width: width / zoom,
  height: height / zoom,
});

const sameRect = (a: Rect, b: Rect): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/** One path of rounded rectangles for each colour. */
function pathsOf(boxes: readonly (Rect & { makes: Makes })[]): [Makes, string][] {
  const paths = new Map<Makes, string>();
  for (const { x, y, width, height, makes } of boxes) {
    const r = Math.min(CORNER, width / 2, height / 2);
    const [w, h] = [width - 2 * r, height - 2 * r];
    const arc = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
    const d = `M${x + r} ${y}h${w}${arc(r, r)}v${h}${arc(-r, r)}h${-w}${arc(-r, -r)}v${-h}${arc(r, -r)}z`;
    paths.set(makes, (paths.get(makes) ?? '') + d);
  }
  return [...paths];
}
