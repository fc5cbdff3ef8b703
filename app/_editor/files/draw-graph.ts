import { framesOf, notesOf } from '../model/frames';
import { FONTS } from '../model/measure-text';
import { HEADER, type NodeView, ROW } from '../model/node-view';
import { around, type Rect } from '../model/rect';
import type { WireView } from '../model/view-wires';
import { weightLink } from '../model/weight-link';
import { shapeWire } from '../model/wire-shape';
import type { Editor } from '../state/editor-context';
import { type BodyPicture, pictureOfBody, pictureOfIcon } from './body-picture';

const MARGIN = 40;
const SHARPNESS = 2;
/** Browsers refuse canvases that are larger. */
const MOST_PIXELS = 8_000;
const FIELD = 20;
const FOOTER = 24;
/** Where fields stand beside a drawing. */
const BESIDE = 76;
const LINE = 18;
/** Of a data set's table, as its node shows it. */
const MOST_COLUMNS = 3;
const MOST_ROWS = 4;

type Place = { x: number; y: number };

/** The open graph as the canvas shows it at 100 %: frames, notes, wires, and nodes with their words and figures. */
export async function drawGraph(editor: Editor): Promise<HTMLCanvasElement> {
  const { nodes, places, wires } = editor.views.getState();
  const drawings = await Promise.all(
    Object.values(nodes).map(async (view) => [view.id, await drawingsOf(editor, view)] as const),
  );
  const drawn = new Map(drawings);
  const { document: value } = editor.documents.getState();
  const { graph } = editor.ui.getState();
  const frames = framesOf(value.frames, graph);
  const notes = notesOf(value.notes, graph).map((note) => ({
    ...note,
    h: LINE * Math.ceil(note.text.length / 24) + 16,
  }));
  const placed = Object.values(nodes).map((view) => ({ view, at: places[view.id] ?? { x: 0, y: 0 } }));
  const whole = around([
    ...placed.map(({ view, at }) => ({ ...at, width: view.width, height: view.height })),
    ...[...frames, ...notes].map(({ x, y, w, h }) => ({ x, y, width: w, height: h })),
  ]) ?? { x: 0, y: 0, width: 320, height: 160 };
  const [width, height] = [whole.width + 2 * MARGIN, whole.height + 2 * MARGIN];
  const scale = Math.min(SHARPNESS, MOST_PIXELS / width, MOST_PIXELS / height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to draw on.');
  const pen = new Pen(context);
  context.fillStyle = pen.color('canvas');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  context.translate(MARGIN - whole.x, MARGIN - whole.y);
  for (const { x, y, w, h, title } of frames) {
    pen.box({ x, y, width: w, height: h }, null, 'line-2');
    pen.text(title, 'title', 'text-2', x + 12, y + 18);
  }
  for (const { x, y, w, h, text } of notes) {
    pen.box({ x, y, width: w, height: h }, 'panel', 'line');
    pen.lines(text, x + 10, y + 20, w - 20);
  }
  for (const wire of Object.values(wires)) drawWire(pen, wire, nodes, places);
  for (const { view, at } of placed) drawNode(pen, view, at, drawn.get(view.id) ?? []);
  return canvas;
}

const sizeOf = (view: NodeView | undefined) => ({ width: view?.width ?? 0, height: view?.height ?? 0 });

const drawingsOf = async (editor: Editor, view: NodeView): Promise<BodyPicture[]> =>
  (await Promise.all([pictureOfIcon(view), pictureOfBody(editor, view)])).filter((drawing) => drawing !== null);

function drawWire(
  pen: Pen,
  wire: WireView,
  nodes: Readonly<Record<string, NodeView>>,
  places: Readonly<Record<string, Place>>,
): void {
  if (wire.type === 'weights') {
    const boxOf = (id: string): Rect => ({ x: 0, y: 0, ...places[id], ...sizeOf(nodes[id]) });
    if (!nodes[wire.target]?.shares) return;
    const { points } = weightLink(boxOf(wire.source), boxOf(wire.target));
    const path = points.map(({ x, y }, index) => `${index ? 'L' : 'M'}${x} ${y}`).join('');
    pen.line(path, 'text-3', 6, [3, 3]);
    pen.line(path, 'canvas', 3);
    return;
  }
  const end = (node: string, side: 'in' | 'out', handle: string): Place | null => {
    const port = nodes[node]?.ports.find((candidate) => candidate.side === side && candidate.handle === handle);
    const { x = 0, y = 0 } = places[node] ?? {};
    return port ? { x: x + port.x, y: y + port.y } : null;
  };
  const [from, to] = [end(wire.source, 'out', wire.sourceHandle), end(wire.target, 'in', wire.targetHandle)];
  if (!from || !to) return;
  pen.line(shapeWire(wire, from, to).path, wire.type);
}

function drawNode(pen: Pen, view: NodeView, { x, y }: Place, drawings: readonly BodyPicture[]): void {
  const { width, height, at } = view;
  pen.box({ x, y, width, height }, 'node', 'line-2');
  pen.box({ x: x + 8, y: y + 6, width: 20, height: 20 }, view.learns ? view.makes : null, view.makes, 5);
  pen.text(view.title, 'title', 'text', x + 36, y + HEADER / 2 + 5);
  if (view.name) pen.text(view.name, 'mono', 'text-3', x + width - 10, y + HEADER / 2 + 4, 'right');
  view.rows.forEach((row, index) => {
    const line = y + at.rows + index * ROW + ROW / 2 + 4;
    pen.text(row.left, 'body', 'text-2', x + 12, line);
    pen.text(row.right, 'body', 'text-2', x + width - 12, line, 'right');
  });
  const beside = view.body?.draw === 'kernel';
  view.fields.forEach((field, index) => {
    const line = y + (beside ? at.body + 4 : at.fields + 2) + index * FIELD + FIELD / 2 + 4;
    pen.text(field.label, 'body', 'text-3', x + (beside ? BESIDE : 12), line);
    pen.text(field.value, 'body', 'text', x + width - 12, line, 'right');
  });
  if (view.body?.draw === 'text') pen.lines(view.body.text, x + 12, y + at.body + 14, width - 24);
  for (const drawing of drawings) {
    if ('image' in drawing) {
      const { image, at: place, smooth } = drawing;
      pen.picture(image, { ...place, x: x + place.x, y: y + place.y }, smooth);
    } else drawTable(pen, drawing, { x: x + 8, y: y + at.body + 2, width: width - 16 });
  }
  if (view.footer) {
    const line = y + at.footer + FOOTER / 2 + 4;
    pen.line(`M${x} ${y + at.footer}h${width}`, 'line', 1);
    pen.text(view.footer.left, 'mono', 'text', x + 10, line);
    pen.text(view.footer.right, 'body', 'text-2', x + width - 10, line, 'right');
  }
  for (const port of view.ports) {
    if (port.place === 'header' || port.place === 'row') pen.dot(x + port.x, y + port.y, port.type, port.wired);
  }
}

/** The first cells of a table, as wide as the node is. */
function drawTable(
  pen: Pen,
  { columns, rows }: { columns: readonly string[]; rows: readonly (readonly (string | number)[])[] },
  { x, y, width }: { x: number; y: number; width: number },
): void {
  const count = Math.min(MOST_COLUMNS, columns.length);
  const each = (width - (count - 1) * 8) / count;
  const written = (cell: string | number) => (typeof cell === 'number' ? `${Number(cell.toPrecision(3))}` : cell);
  for (const [line, cells] of [columns, ...rows.slice(0, MOST_ROWS)].entries())
    for (const [column, cell] of cells.slice(0, count).entries())
      pen.text(
        written(cell),
        'mono',
        line ? 'text-2' : 'text-3',
        x + column * (each + 8),
        y + line * 20 + 14,
        'left',
        each,
      );
}

/** Draws in the colours of the present theme, by the names of the design's tokens. */
class Pen {
  private readonly style = getComputedStyle(document.documentElement);

  constructor(private readonly context: CanvasRenderingContext2D) {}

  color = (name: string): string => this.style.getPropertyValue(`--nl-${name}`).trim();

  box({ x, y, width, height }: Rect, fill: string | null, stroke: string, radius = 8): void {
    const { context } = this;
    context.beginPath();
    context.roundRect(x, y, width, height, radius);
    if (fill) {
      context.fillStyle = this.color(fill);
      context.fill();
    }
    context.lineWidth = 1;
    context.strokeStyle = this.color(stroke);
    context.stroke();
  }

  text(
    text: string,
    font: keyof typeof FONTS,
    color: string,
    x: number,
    y: number,
    align: CanvasTextAlign = 'left',
    most?: number,
  ): void {
    const { context } = this;
    context.font = FONTS[font];
    context.textAlign = align;
    context.fillStyle = this.color(color);
    context.fillText(text, x, y, most);
  }

  picture(image: CanvasImageSource, { x, y, width, height }: Rect, smooth: boolean): void {
    this.context.imageSmoothingEnabled = smooth;
    this.context.drawImage(image, x, y, width, height);
  }

  /** Broken between words. */
  lines(text: string, x: number, y: number, width: number): void {
    this.context.font = FONTS.body;
    let line = '';
    let at = y;
    for (const word of text.split(/\s+/)) {
      const longer = line ? `${line} ${word}` : word;
      if (line && this.context.measureText(longer).width > width) {
        this.text(line, 'body', 'text-2', x, at);
        at += LINE;
        line = word;
      } else line = longer;
    }
    this.text(line, 'body', 'text-2', x, at);
  }

  line(path: string, color: string, width = 2, dashes: number[] = []): void {
    this.context.setLineDash(dashes);
    this.context.lineWidth = width;
    this.context.strokeStyle = this.color(color);
    this.context.stroke(new Path2D(path));
    this.context.setLineDash([]);
  }

  dot(x: number, y: number, color: string, filled: boolean): void {
    const { context } = this;
    context.beginPath();
    context.arc(x, y, 4.5, 0, 2 * Math.PI);
    context.fillStyle = this.color(filled ? color : 'node');
    context.fill();
    context.lineWidth = 1.75;
    context.strokeStyle = this.color(color);
    context.stroke();
  }
}
