'use client';

import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { alignSeries, stepRange, valueRange } from './chart-data';
import classes from './curve-chart.module.css';
import { extremes, type Series, smooth } from './series';
import { linearTicks, logTicks, tickText } from './ticks';

export interface Curve {
  key: string;
  title: string;
  /** Name of a token: `--nl-loss`. */
  color: string;
  series: Series;
  /** Measured at every batch: drawn raw at 35 % with its smoothed course over it. */
  noisy: boolean;
}

export interface CurveChartProps {
  curves: readonly Curve[];
  height: number;
  log: boolean;
  share: boolean;
  smoothing: number;
  /** Iterations an epoch has; null: the axis counts steps. */
  perEpoch: number | null;
  /** Planned iterations; null: as far as there is data. */
  planned: number | null;
  /** The step that all panels show; null: live. */
  at: number | null;
  /** Iteration of the best checkpoint. */
  best: number | null;
  label: string;
  onPick(iteration: number): void;
}

/** A curve as it is drawn: raw courses first, so that the smoothed ones lie over them. */
interface Line {
  color: string;
  series: Series;
  width: number;
  alpha: number;
  /** Written at the end of the line where there is room; null: not the last layer of its curve. */
  end: string | null;
}

function linesOf(curves: readonly Curve[], smoothing: number, pixels: number): Line[] {
  const raw: Line[] = [];
  const over: Line[] = [];
  for (const { series, color, noisy, title } of curves) {
    const layered = noisy && smoothing > 0 && series.x.length > 2;
    if (layered) raw.push({ color, series: extremes(series, pixels), width: 1, alpha: 0.35, end: null });
    const course = layered ? { x: series.x, y: smooth(series.y, smoothing) } : series;
    over.push({ color, series: extremes(course, pixels), width: 1.75, alpha: 1, end: title });
  }
  return [...raw, ...over];
}

/** Live curves over steps or epochs; a click sets the step that every panel shows. */
export function CurveChart(props: CurveChartProps) {
  const { ref, width } = useElementSize();
  const scheme = useComputedColorScheme('dark');
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const now = useRef(props);
  now.current = props;
  const lines = linesOf(props.curves, props.smoothing, Math.max(120, Math.round(width)));
  const drawn = useRef(lines);
  drawn.current = lines;
  const shape = lines.map(({ color, alpha }) => `${color} ${alpha}`).join('|');
  const { height, log, perEpoch } = props;

  // The plot is made anew when its form changes; data flow into it below.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` and `scheme` stand for the lines and their colours
  useEffect(() => {
    if (!host.current || width === 0) return;
    const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const font = `11px ${token('--nl-font')}`;
    const scaleX = perEpoch ?? 1;
    const room = width > 560 ? 92 : 6;
    const options: uPlot.Options = {
      width,
      height,
      padding: [8, room, 0, 0],
      legend: { show: false },
      cursor: { show: true, x: true, y: false, points: { show: false }, drag: { x: false, y: false, setScale: false } },
      scales: {
        x: {
          time: false,
          range: (_, __, max) => [0, stepRange(max ?? 1, now.current.planned)],
        },
        y: {
          distr: log ? 3 : 1,
          range: () =>
            valueRange(
              now.current.curves.map(({ series }) => series),
              now.current,
            ),
        },
      },
      axes: [
        {
          stroke: token('--nl-text-3'),
          font,
          size: 24,
          gap: 6,
          grid: { show: false },
          border: { show: true, stroke: token('--nl-line-2'), width: 1 },
          ticks: { show: false },
          splits: (_, __, low, high) =>
            linearTicks(low / scaleX, high / scaleX, width > 560 ? 8 : 6).map((tick) => tick * scaleX),
          values: (self, splits) => {
            const room = (self.scales.x?.max ?? 0) * (1 - 70 / Math.max(120, width));
            return splits.map((split) => (split > room ? '' : tickText(split / scaleX)));
          },
        },
        {
          stroke: token('--nl-text-3'),
          font,
          size: 34,
          gap: 6,
          grid: { show: true, stroke: token('--nl-line'), width: 1 },
          ticks: { show: false },
          splits: (_, __, low, high) => (log ? logTicks(low, high) : linearTicks(low, high, height < 140 ? 3 : 5)),
          // uPlot would leave out all but the powers of ten.
          filter: (_, splits) => splits,
          values: (_, splits) =>
            splits.map((split) => (now.current.share ? tickText(Math.round(split * 1e4) / 100) : tickText(split))),
        },
      ],
      series: [
        {},
        ...drawn.current.map(
          (line): uPlot.Series => ({
            stroke: token(line.color),
            width: line.width,
            alpha: line.alpha,
            spanGaps: true,
            points: { show: false },
          }),
        ),
      ],
      hooks: { draw: [(self) => drawMarks(self, now.current, drawn.current, token, font, room > 6)] },
    };
    const made = new uPlot(options, alignedData(drawn.current), host.current);
    plot.current = made;
    return () => {
      plot.current = null;
      made.destroy();
    };
  }, [width, height, log, perEpoch, shape, scheme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn follows from these
  useEffect(() => {
    plot.current?.setData(alignedData(drawn.current));
  }, [props.curves, props.smoothing, props.at, props.best, props.planned]);

  return (
    <div ref={ref} className={classes.chart} style={{ height }}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the step slider is the keyboard's way */}
      <div
        ref={host}
        role="img"
        aria-label={props.label}
        onClick={(event) => {
          const made = plot.current;
          if (!made) return;
          const box = made.over.getBoundingClientRect();
          const iteration = Math.round(made.posToVal(event.clientX - box.left, 'x'));
          if (event.clientX >= box.left && event.clientX <= box.right) now.current.onPick(Math.max(0, iteration));
        }}
      />
      <span className={classes.unit} style={{ right: width > 560 ? 92 : 6 }}>
        {props.perEpoch ? 'epoch' : 'step'}
      </span>
    </div>
  );
}

function alignedData(lines: readonly Line[]): uPlot.AlignedData {
  const { x, columns } = alignSeries(lines.map(({ series }) => series));
  return [x, ...columns];
}

/** Dots and words at the lines' ends, the best checkpoint, and the step that is shown. */
function drawMarks(
  self: uPlot,
  props: CurveChartProps,
  lines: readonly Line[],
  token: (name: string) => string,
  font: string,
  labelled: boolean,
): void {
  const { ctx } = self;
  const ratio = uPlot.pxRatio;
  const { left, top, width, height } = self.bbox;
  ctx.save();
  ctx.font = font.replace(/^11px/, `${11 * ratio}px`);
  const vertical = (iteration: number, color: string, dash: number[], text: string | null) => {
    const x = self.valToPos(iteration, 'x', true);
    if (x < left - 1 || x > left + width + 1) return;
    ctx.beginPath();
    ctx.setLineDash(dash.map((length) => length * ratio));
    ctx.strokeStyle = color;
    ctx.lineWidth = ratio;
    ctx.moveTo(x, top);
    ctx.lineTo(x, top + height);
    ctx.stroke();
    ctx.setLineDash([]);
    if (text === null) return;
    ctx.fillStyle = token('--nl-text-3');
    const before = x + 5 * ratio + ctx.measureText(text).width > left + width;
    ctx.textAlign = before ? 'right' : 'left';
    ctx.fillText(text, x + (before ? -5 : 5) * ratio, top + 10 * ratio);
  };
  if (props.best !== null) vertical(props.best, token('--nl-line-2'), [2, 3], 'best, saved');
  if (props.at !== null) vertical(props.at, token('--nl-accent'), [], null);
  const taken: number[] = [];
  for (const line of lines) {
    if (line.end === null) continue;
    const last = lastFinite(line.series);
    if (last < 0) continue;
    const x = self.valToPos(line.series.x[last] ?? 0, 'x', true);
    const y = self.valToPos(line.series.y[last] ?? 0, 'y', true);
    if (!Number.isFinite(y) || y < top - 1 || y > top + height + 1) continue;
    ctx.fillStyle = token(line.color);
    ctx.beginPath();
    ctx.arc(x, y, 3 * ratio, 0, 2 * Math.PI);
    ctx.fill();
    if (!labelled) continue;
    let at = y;
    while (taken.some((other) => Math.abs(other - at) < 14 * ratio)) at += 2 * ratio;
    taken.push(at);
    ctx.textAlign = 'left';
    ctx.font = `600 ${11 * ratio}px ${token('--nl-font')}`;
    ctx.fillText(line.end, x + 8 * ratio, at + 4 * ratio);
  }
  ctx.restore();
}

function lastFinite({ y }: Series): number {
  for (let index = y.length - 1; index >= 0; index--) if (Number.isFinite(y[index])) return index;
  return -1;
}
