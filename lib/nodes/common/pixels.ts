import type { HostTensor } from '../kind';

/** Pictures of a sample as base64 of bytes: float pictures hold [0, 1] (or the given range), byte pictures 0 to 255. */
export function packPixels(pictures: HostTensor, range: [number, number] = [0, 1]): string {
  if (pictures.data instanceof Uint8Array) return base64(pictures.data);
  const [low, high] = range;
  const scale = 255 / (high - low || 1);
  // A clamped array rounds, cuts off and turns NaN into 0.
  return base64(Uint8ClampedArray.from(pictures.data, (value) => (value - low) * scale));
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 base64. Written out because Node and browsers share no function from bytes to text that both have. */
export function base64(bytes: ArrayLike<number>): string {
  const parts: string[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index;
    const word = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    parts.push(
      ALPHABET.charAt(word >> 18) +
        ALPHABET.charAt((word >> 12) & 63) +
        (left > 1 ? ALPHABET.charAt((word >> 6) & 63) : '=') +
        (left > 2 ? ALPHABET.charAt(word & 63) : '='),
    );
  }
  return parts.join('');
}
