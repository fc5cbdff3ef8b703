import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { BlockDrawing } from '../canvas/block-drawing';
import { BarsDrawing, CurveDrawing, HistogramDrawing, KernelDrawing, makesColor } from '../canvas/drawings';
import { drawPictures, Points } from '../canvas/thumbnails';
import { KindIcon } from '../model/kind-icon';
import type { NodeView } from '../model/node-view';
import type { Rect } from '../model/rect';
import { type Editor, EditorProvider } from '../state/editor-context';

/** What a node's body shows, ready to be drawn: a picture with its place from the node's upper left corner, or rows. */
export type BodyPicture =
  | { image: CanvasImageSource; at: Rect; smooth: boolean }
  | { columns: readonly string[]; rows: readonly (readonly (string | number)[])[] };

const KERNEL = 58;

/** A kind's icon, of 14 pixels, as its tile shows it. */
export const pictureOfIcon = (view: NodeView): Promise<BodyPicture | null> =>
  fromDrawing(
    <span style={{ color: view.learns ? 'var(--nl-on-type)' : makesColor(view.makes) }}>
      <KindIcon name={view.icon} />
    </span>,
    { x: 11, y: 9, width: 14, height: 14 },
  );

/** The drawing of a node's body as the canvas shows it, in the colours of the present theme; null where it has none. */
export async function pictureOfBody(editor: Editor, view: NodeView): Promise<BodyPicture | null> {
  const { body, params, at, width } = view;
  const color = makesColor(view.makes);
  const inner = (height: number, top = 2): Rect => ({ x: 8, y: at.body + top, width: width - 16, height });
  switch (body?.draw) {
    case 'kernel':
      return fromDrawing(<KernelDrawing params={params} color="var(--nl-tensor)" stretch={!view.learns} />, {
        ...inner(KERNEL, 4),
        width: KERNEL,
      });
    case 'curve': {
      const chosen = body.field ? params[body.field] : undefined;
      const fn = typeof chosen === 'string' ? chosen : body.fn;
      return fromDrawing(<CurveDrawing fn={fn} params={params} color={color} />, inner(48, 0));
    }
    case 'bars':
      return fromDrawing(<BarsDrawing color={color} />, inner(44));
    case 'histogram':
      return fromDrawing(<HistogramDrawing color={color} />, inner(44));
    case 'block':
      return fromDrawing(
        <EditorProvider editor={editor}>
          <BlockDrawing block={String(params.block)} width={width} />
        </EditorProvider>,
        { x: 0, y: at.body, width, height: 64 },
      );
    case 'thumbnails':
      return fromDataset(editor, String(params.dataset ?? params.id ?? ''), inner(102));
    default:
      return null;
  }
}

async function fromDataset(editor: Editor, dataset: string, at: Rect): Promise<BodyPicture | null> {
  // Offline there is nothing to show of data, and the picture is worth saving all the same.
  const preview = await editor.services.preview(dataset).catch(() => null);
  if (preview?.images) {
    const image = document.createElement('canvas');
    drawPictures(image, preview.images);
    // As `object-fit: contain` does.
    const scale = Math.min(at.width / image.width, at.height / image.height);
    const [width, height] = [image.width * scale, image.height * scale];
    const place = { x: at.x + (at.width - width) / 2, y: at.y + (at.height - height) / 2, width, height };
    return { image, at: place, smooth: false };
  }
  if (preview?.points) return fromDrawing(<Points points={preview.points} />, at);
  return preview?.table ? { columns: preview.table.columns, rows: preview.table.rows } : null;
}

/** Lets React draw beside the page and the browser read the result as a picture. */
async function fromDrawing(drawing: ReactElement, at: Rect): Promise<BodyPicture | null> {
  const beside = document.createElement('div');
  const root = createRoot(beside);
  flushSync(() => root.render(drawing));
  const svg = beside.querySelector('svg');
  if (svg) {
    svg.setAttribute('width', `${at.width}`);
    svg.setAttribute('height', `${at.height}`);
  }
  const ink = svg?.parentElement?.style.color ?? '';
  const text = svg && new XMLSerializer().serializeToString(svg).replaceAll('currentColor', ink);
  root.unmount();
  if (!text) return null;
  const style = getComputedStyle(document.documentElement);
  const colored = text.replace(/var\((--nl-[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim());
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(colored)}`;
  await image.decode();
  return { image, at, smooth: true };
}
