/** How well a title answers a query: all words somewhere, beginnings of words first; 0 for not at all. */
export function scoreWords(title: string, query: string): number {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  const text = title.toLowerCase();
  let score = 0;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at < 0) return 0;
    score += at === 0 ? 40 : /\s/.test(text[at - 1] ?? '') ? 30 : 10;
  }
  return score / words.length + (text === words.join(' ') ? 60 : 0);
}
