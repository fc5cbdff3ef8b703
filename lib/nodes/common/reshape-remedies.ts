import type { PortId } from '@/lib/graph/document';
import type { Spec } from '@/lib/tensor/spec';
import type { Remedy } from '../kind';

/**
 * The reshape that gives one example the axes that are wanted, where its sizes are known: rows of a picture are steps of
 * a sequence, features are steps of one number each, or the pixels of a square picture in grey or in three colours, or else
 * a small picture of many channels, as generators begin with (Radford et al., DCGAN, 2015).
 */
export function reshapeRemedies(port: PortId, spec: Spec, rank: number): Remedy[] {
  const sizes = spec.shape?.slice(1) ?? [];
  if (!sizes.every((size) => typeof size === 'number')) return [];
  const shape = rank === 3 ? asSequence(sizes) : rank === 4 ? asPicture(sizes) : null;
  if (!shape) return [];
  return [{ title: `Insert Reshape to ${shape.join('×')}`, insert: { port, kind: 'reshape', params: { shape } } }];
}

function asSequence([first, ...rest]: readonly number[]): number[] | null {
  if (first === undefined || rest.length === 1) return null;
  return [first, rest.reduce((product, size) => product * size, 1)];
}

function asPicture(sizes: readonly number[]): number[] | null {
  const [first = 0, second, ...more] = sizes;
  if (more.length > 0) return null;
  if (second !== undefined) return [first, second, 1];
  for (const channels of [1, 3]) {
    const side = Math.sqrt(first / channels);
    if (Number.isInteger(side) && side > 1) return [side, side, channels];
  }
  for (let side = Math.floor(Math.cbrt(first)); side > 0; side--) {
    const channels = first / side ** 2;
    if (Number.isInteger(channels)) return [side, side, channels];
  }
  return null;
}
