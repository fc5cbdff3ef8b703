'use client';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Activation } from '@/app/_preview/activation';
import { PREVIEW_RUN } from '@/app/_preview/preview';
import { HEADER, type NodeView } from '../model/node-view';
import { useEditor, useUi } from '../state/editor-context';
import classes from './node-card.module.css';

const GAP = 4;
const LEAST = 24;

/** While the page trains: what the node gives for one example, in the place of its drawing and fields. */
export function ActivationPicture({ view }: { view: NodeView }) {
  const { preview } = useEditor();
  const shown = useUi((state) => state.run === PREVIEW_RUN);
  const activation = useStore(preview.store, (state) => (shown ? state.activations[view.id] : undefined));
  const height = (view.footer ? view.at.footer : view.height) - HEADER;
  const fits = view.makes === 'layer' || view.makes === 'op';
  if (!activation || !fits || height < LEAST) return null;
  return <Drawing activation={activation} height={height} />;
}

function Drawing({ activation, height }: { activation: Activation; height: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, activation);
  }, [activation]);
  return (
    <div className={classes.activation} style={{ top: HEADER, height }}>
      <canvas ref={canvas} role="img" aria-label="What it gives for one example" />
    </div>
  );
}

function draw(canvas: HTMLCanvasElement, activation: Activation): void {
  const { pixels } = activation;
  const tiles = activation.form === 'maps' ? activation : gridOf(pixels.length);
  const columns = activation.form === 'maps' ? Math.min(4, tiles.count) : 1;
  const rows = Math.ceil(tiles.count / columns);
  const gap = activation.form === 'maps' ? Math.max(1, Math.round(tiles.width / GAP / 2)) : 0;
  canvas.width = columns * (tiles.width + gap) - gap;
  canvas.height = rows * (tiles.height + gap) - gap;
  const context = canvas.getContext('2d');
  if (!context) return;
  const [red, green, blue] = tensorColor();
  for (let tile = 0; tile < tiles.count; tile++) {
    const image = context.createImageData(tiles.width, tiles.height);
    for (let i = 0; i < tiles.width * tiles.height; i++) {
      const value = (pixels[tile * tiles.width * tiles.height + i] ?? 0) / 255;
      image.data.set([red * value, green * value, blue * value, 255], 4 * i);
    }
    const [x, y] = [tile % columns, Math.floor(tile / columns)];
    context.putImageData(image, x * (tiles.width + gap), y * (tiles.height + gap));
  }
}

/** A row of units as a table of about 4 to 1. */
function gridOf(units: number): { count: number; width: number; height: number } {
  const width = units <= 16 ? units : Math.ceil(Math.sqrt(units * 4));
  return { count: 1, width, height: Math.ceil(units / width) };
}

/** The colour of tensors in the present theme. */
function tensorColor(): [number, number, number] {
  const text = getComputedStyle(document.documentElement).getPropertyValue('--nl-tensor').trim();
  const hex = /^#([0-9a-f]{6})$/i.exec(text)?.[1] ?? '7fb6d4';
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}
