import type { DatasetField, HostArray, OpenDataset, Split } from '@/lib/datasets/card';
import type { DatasetPreview } from '@/lib/protocol/service';

/** How many rows a preview of each form shows. */
const SHOWN = { images: 60, table: 20, points: 400 };

/** The first rows of a split, ready to draw: pictures, points of a plane, or a table of at most 16 columns. */
export function previewDataset(dataset: OpenDataset, split: Split = 'train'): DatasetPreview {
  const { fields, counts } = dataset.card;
  const entries = Object.entries(fields);
  const label = entries.find(([, field]) => field.classes && isRow(field))?.[0];
  const text = entries.find(([, field]) => field.stored === 'string' && isRow(field))?.[0];
  const image = entries.find(([, field]) => field.stored === 'uint8')?.[0];
  const point = entries.find(([, field]) => isPoint(field) && label !== undefined)?.[0];
  const take = (count: number) => {
    const rows = Math.min(count, counts[split]);
    const indices = Int32Array.from({ length: rows }, (_, row) => row);
    return { rows, read: dataset.read(split, indices, Object.keys(fields)) };
  };
  const base = { rows: counts[split] };

  if (image) {
    const { rows, read } = take(SHOWN.images);
    const pixels = read[image];
    const [, height = 0, width = 0, channels = 0] = pixels?.shape ?? [];
    const bytes = pixels?.data instanceof Uint8Array ? pixels.data : new Uint8Array();
    return {
      ...base,
      images: {
        shape: [rows, height, width, channels],
        pixels: Buffer.from(bytes).toString('base64'),
        labels: label ? names(read[label], fields[label]) : text ? Array.from(read[text]?.data ?? [], String) : [],
      },
    };
  }
  if (point && label && fields[point]?.columns?.join() === 'x,y') {
    const { read } = take(SHOWN.points);
    const numbers = Array.from((read[point]?.data ?? []) as Float32Array, round);
    return {
      ...base,
      points: {
        x: numbers.filter((_, i) => i % 2 === 0),
        y: numbers.filter((_, i) => i % 2 === 1),
        label: Array.from((read[label]?.data ?? []) as Int32Array),
        classes: fields[label]?.classes ?? [],
      },
    };
  }
  const { rows, read } = take(SHOWN.table);
  const columns = entries.flatMap(([id, field]) => columnsOf(read[id], field)).slice(0, 16);
  return {
    ...base,
    table: {
      columns: columns.map((column) => column.name),
      rows: Array.from({ length: rows }, (_, row) => columns.map((column) => column.cell(row))),
    },
  };
}

/** One class or text for the whole row, not one for each of its parts. */
const isRow = (field: DatasetField): boolean => field.spec.shape?.length === 1;

const isPoint = (field: DatasetField): boolean => field.spec.shape?.length === 2 && field.spec.shape[1] === 2;

/** Seven digits: what a float32 holds. */
const round = (value: number): number => Number(value.toPrecision(7));

function names(column: HostArray | undefined, field: DatasetField | undefined): string[] {
  return Array.from((column?.data ?? []) as Int32Array, (index) => field?.classes?.[index] ?? String(index));
}

function columnsOf(
  column: HostArray | undefined,
  field: DatasetField,
): { name: string; cell: (row: number) => string | number }[] {
  if (!column) return [];
  if (field.classes) {
    const labels = names(column, field);
    return [{ name: field.title, cell: (row) => labels[row] ?? '' }];
  }
  const width = column.shape.slice(1).reduce((product, length) => product * length, 1);
  return Array.from({ length: width }, (_, at) => ({
    name: field.columns?.[at] ?? (width === 1 ? field.title : `${field.title} ${at + 1}`),
    cell: (row) => {
      const value = column.data[row * width + at] ?? '';
      return typeof value === 'number' ? round(value) : value;
    },
  }));
}
