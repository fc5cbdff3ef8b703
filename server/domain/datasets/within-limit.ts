/** More came than may come. */
export class TooLarge extends Error {}

/** A body as it comes, up to so many bytes. Throws `TooLarge` beyond. */
export async function* withinLimit(body: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of body) {
    total += chunk.length;
    if (total > limit) throw new TooLarge();
    yield chunk;
  }
}
