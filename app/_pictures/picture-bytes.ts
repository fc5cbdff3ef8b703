/** Pictures as bytes, row-major `[count, height, width, channels]` with 1 (grey), 3 or 4 channels. */
export interface PictureBytes {
  bytes: Uint8Array;
  shape: readonly [number, number, number, number];
}

/** Picture `index` as RGBA for a canvas. */
export function toImageData({ bytes, shape }: PictureBytes, index: number): ImageData {
  const [, height, width, channels] = shape;
  const image = new ImageData(Math.max(1, width), Math.max(1, height));
  const start = index * height * width * channels;
  for (let pixel = 0; pixel < height * width; pixel++) {
    const from = start + pixel * channels;
    const to = pixel * 4;
    const first = bytes[from] ?? 0;
    image.data[to] = first;
    image.data[to + 1] = channels >= 3 ? (bytes[from + 1] ?? 0) : first;
    image.data[to + 2] = channels >= 3 ? (bytes[from + 2] ?? 0) : first;
    image.data[to + 3] = channels === 4 ? (bytes[from + 3] ?? 0) : 255;
  }
  return image;
}
