import type { Dim } from '@/lib/tensor/spec';
import type { PlainParams, Remedy } from '../kind';
import { formatCount } from './inference';

/** Which wire of which port. */
export interface WireAt {
  port: string;
  wire?: number;
}

interface Picture {
  /** Undefined where nothing may be put into its wire. */
  at: WireAt | undefined;
  height: number;
  width: number;
  channels: number;
}

/** From here on a border is no remainder of convolutions any more but a good part of the picture. */
const MOST_CROPPED = 0.25;
/** One convolution without padding takes off at most what a kernel of this size does. */
const LARGEST_KERNEL = 7;

/**
 * How two pictures `[batch, height, width, channels]` of different heights or widths come to the same: a strided 1×1
 * convolution (the projection of He et al., "Deep residual learning", 2015), a crop (Ronneberger et al., "U-Net", 2015),
 * a convolution without padding, or resizing. `channels`: whether these must agree too. Empty for what is no picture.
 */
export function pictureRemedies(
  a: { at: WireAt | undefined; shape: readonly Dim[] },
  b: { at: WireAt | undefined; shape: readonly Dim[] },
  channels: 'same' | 'any',
): Remedy[] {
  const [first, second] = [pictureOf(a), pictureOf(b)];
  if (!first || !second) return [];
  const area = ({ height, width }: Picture) => height * width;
  const [large, small] = area(first) > area(second) ? [first, second] : [second, first];
  const agree = channels === 'any' || large.channels === small.channels;
  if (large.height < small.height || large.width < small.width) return agree ? resize(second, first) : [];
  const filters = channels === 'same' ? small.channels : large.channels;
  const found = [...stride(large, small, filters), ...(agree ? crop(large, small) : narrow(large, small, filters))];
  return agree ? [...found, ...resize(small, large), ...(small.at ? [] : resize(large, small))] : found;
}

function pictureOf({ at, shape }: { at: WireAt | undefined; shape: readonly Dim[] }): Picture | null {
  const [, height, width, channels, ...more] = shape;
  if (typeof height !== 'number' || typeof width !== 'number' || typeof channels !== 'number' || more.length)
    return null;
  return { at, height, width, channels };
}

function insert(at: WireAt | undefined, kind: string, params: PlainParams, title: string, weights?: number): Remedy[] {
  if (!at) return [];
  return [
    {
      title,
      ...(weights === undefined ? {} : { cost: `${formatCount(weights)} parameters` }),
      insert: { ...at, kind, params },
    },
  ];
}

/** With `same` padding a stride leaves ⌈size / stride⌉ places. */
function stride(large: Picture, small: Picture, filters: number): Remedy[] {
  const steps = [large.height / small.height, large.width / small.width].map(Math.round);
  const [down = 1, across = 1] = steps;
  if (Math.max(down, across) < 2) return [];
  if (Math.ceil(large.height / down) !== small.height || Math.ceil(large.width / across) !== small.width) return [];
  const by = down === across ? `${down}` : `${down}×${across}`;
  return insert(
    large.at,
    'conv-2d',
    { filters, kernel: [1, 1], stride: steps, padding: 'same' },
    `Insert a 1×1 convolution with stride ${by}${filters === large.channels ? '' : ` to ${filters} channels`}`,
    (large.channels + 1) * filters,
  );
}

function crop(large: Picture, small: Picture): Remedy[] {
  const border = [(large.height - small.height) / 2, (large.width - small.width) / 2];
  const share = Math.max(1 - small.height / large.height, 1 - small.width / large.width);
  if (!border.every(Number.isInteger) || share > MOST_CROPPED) return [];
  return insert(large.at, 'cropping-2d', { border }, `Crop the larger to ${small.height}×${small.width}`);
}

/** Fewer places and other channels in one: a kernel of k leaves size − k + 1 places. */
function narrow(large: Picture, small: Picture, filters: number): Remedy[] {
  const kernel = [large.height - small.height + 1, large.width - small.width + 1];
  const [height = 1, width = 1] = kernel;
  if (Math.max(height, width) > LARGEST_KERNEL) return [];
  return insert(
    large.at,
    'conv-2d',
    { filters, kernel, padding: 'valid' },
    `Insert a ${height}×${width} convolution without padding to ${filters} channels`,
    (height * width * large.channels + 1) * filters,
  );
}

const resize = (from: Picture, to: Picture): Remedy[] =>
  insert(from.at, 'resize', { size: [to.height, to.width] }, `Resize to ${to.height}×${to.width}`);
