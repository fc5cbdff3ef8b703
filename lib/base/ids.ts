const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A random identifier such as `n4kq2x9a`. Uses `getRandomValues`, which also exists over plain HTTP. */
export function randomId(prefix: string, length = 7): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  let id = prefix;
  for (const byte of bytes) id += ALPHABET[byte % ALPHABET.length];
  return id;
}
