/** Widths of text in pixels, for nodes whose width follows from their content. */
type Face = 'title' | 'body' | 'mono';

export const FONTS: Record<Face, string> = {
  title: "600 13px 'Inter Variable', Inter, system-ui, sans-serif",
  body: "500 12px 'Inter Variable', Inter, system-ui, sans-serif",
  mono: "400 11px 'JetBrains Mono Variable', 'JetBrains Mono', monospace",
};
/** Mean advance per character where there is no canvas to ask (server, tests). */
const MEAN: Record<Face, number> = { title: 7.4, body: 6.5, mono: 6.6 };

let context: CanvasRenderingContext2D | null | undefined;
const known = new Map<string, number>();

export function measureText(text: string, face: Face): number {
  const key = `${face}|${text}`;
  const there = known.get(key);
  if (there !== undefined) return there;
  if (context === undefined)
    context = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  let width = text.length * MEAN[face];
  if (context) {
    context.font = FONTS[face];
    width = context.measureText(text).width;
  }
  if (known.size > 5_000) known.clear();
  known.set(key, width);
  return width;
}

/** Widths that were measured before the fonts had loaded are forgotten. */
export const forgetWidths = (): void => known.clear();
