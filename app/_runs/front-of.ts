/** Those that no smaller one, and no other of their size, beats: each step up in size is worth something. By size. */
export function frontOf<T extends { parameters: number; score: number }>(all: readonly T[]): T[] {
  const front: T[] = [];
  for (const one of [...all].sort((a, b) => a.parameters - b.parameters || b.score - a.score))
    if (one.score > (front.at(-1)?.score ?? Number.NEGATIVE_INFINITY)) front.push(one);
  return front;
}
