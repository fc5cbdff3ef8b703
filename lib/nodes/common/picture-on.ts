import type { Dim, Spec } from '@/lib/tensor/spec';
import type { Problem } from '../kind';
import { gridOn } from './grid';

export type Picture = { problems: Problem[] } | { height: Dim; width: Dim; channels: Dim; batch: Dim };

/** Axes of a picture tensor, or why the input is none; null where its rank is not known yet. */
export function pictureOn(title: string, port: string, x: Spec | undefined): Picture | null {
  const grid = gridOn(title, port, x, 2);
  if (grid === null || 'problems' in grid) return grid;
  const [height = null, width = null] = grid.inner;
  return { batch: grid.batch, height, width, channels: grid.channels };
}
