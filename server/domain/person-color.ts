/** Muted, so that none is taken for a kind of node or a state; dark text is read on all of them. */
const COLORS = ['#d9a86c', '#8fc0a9', '#c79bd1', '#8db4dd', '#d99a9a', '#b5bf78'];

/** The colour of a person's cursor and selection: always the same for one id. */
export function personColor(id: string): string {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return COLORS[sum % COLORS.length] ?? '#8db4dd';
}
