/**
 * A class by scores (logits): the best one, or, with a draw from [0, 1), by chance as softmax(scores / temperature) says.
 * `among`: only the so many best ones may be drawn. Reckoned in double precision on the host, so that engines agree.
 */
export function drawClass(scores: ArrayLike<number>, draw?: number, temperature = 1, among?: number): number {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const best = order[0] ?? 0;
  if (draw === undefined || temperature <= 0) return best;
  const allowed = among === undefined ? order : order.slice(0, Math.max(1, among));
  const shares = allowed.map((i) => Math.exp(((scores[i] ?? 0) - (scores[best] ?? 0)) / temperature));
  let left = draw * shares.reduce((sum, share) => sum + share, 0);
  for (const [place, share] of shares.entries()) {
    left -= share;
    if (left < 0) return allowed[place] ?? best;
  }
  return allowed.at(-1) ?? best;
}
