const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 (RFC 4648) of any number of bytes; the same in browsers and on servers. */
export function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // In pieces of a multiple of three bytes: one long string built letter by letter would be slow.
  const PIECE = 3 * 8192;
  for (let from = 0; from < bytes.length; from += PIECE) {
    let part = '';
    const to = Math.min(from + PIECE, bytes.length);
    for (let at = from; at < to; at += 3) {
      const [a = 0, b = 0, c = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
      part += LETTERS.charAt(a >> 2) + LETTERS.charAt(((a & 3) << 4) | (b >> 4));
      part += at + 1 < to ? LETTERS.charAt(((b & 15) << 2) | (c >> 6)) : '=';
      part += at + 2 < to ? LETTERS.charAt(c & 63) : '=';
    }
    parts.push(part);
  }
  return parts.join('');
}
