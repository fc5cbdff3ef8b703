import type { DatasetCard, DatasetField } from '@/lib/datasets/card';
import type { Spec } from '@/lib/tensor/spec';
import type { ExportInput } from '../exporter';
import type { KerasGraph } from '../keras-graph';

/** How the demo asks for one input of the model. */
export interface DemoInput {
  name: string;
  title: string;
  form: 'picture' | 'fields' | 'text';
  /** Without the batch; unknown sizes are 16. */
  shape: number[];
  count: number;
  dtype: string;
  columns: string[];
  /** What number fields start at. */
  start: number;
  /** Drawings of digits are centred, as those that the model has learned from. */
  centre: boolean;
}

/** How the demo shows the output: as shares of one, with names of classes where they are known. */
export interface DemoOutput {
  names: string[];
  shares: boolean;
}

const MOST_FIELDS = 32;
const UNKNOWN_SIZE = 16;

export function describeInputs(input: ExportInput, graph: KerasGraph): DemoInput[] {
  const fields = cardFields(input);
  return graph.inputs.map(({ name, spec }) => {
    const shape = (spec.shape ?? []).slice(1).map((dim) => (typeof dim === 'number' ? dim : UNKNOWN_SIZE));
    const count = shape.reduce((product, size) => product * size, 1);
    const field = fields.find((one) => one.id === name);
    const picture = shape.length === 3 && (shape[2] === 1 || shape[2] === 3) && spec.dtype === 'float32';
    return {
      name,
      title: field?.field.title ?? name,
      form: picture ? 'picture' : count <= MOST_FIELDS ? 'fields' : 'text',
      shape,
      count,
      dtype: spec.dtype,
      columns: columnsOf(name, count, field?.field),
      start: middleOf(spec),
      centre: field?.card.id === 'mnist' || field?.card.id === 'digits',
    };
  });
}

/** Names of the classes: from the card's class field with as many, else numbers. */
export function describeOutput(input: ExportInput, graph: KerasGraph): DemoOutput {
  const spec = graph.outputs[0]?.spec;
  const units = spec?.shape?.at(-1);
  const classes = cardFields(input).flatMap(({ field }) => (field.classes ? [field.classes] : []));
  const shares = spec?.meaning === 'probabilities';
  if (units === 1) return { names: [classes.find((names) => names.length === 2)?.[1] ?? input.function], shares };
  return { names: classes.find((names) => names.length === units) ?? [], shares };
}

function cardFields({ program, cards }: ExportInput): { id: string; field: DatasetField; card: DatasetCard }[] {
  const ids = new Set(program.ops.map((op) => op.params.dataset).filter((id) => typeof id === 'string'));
  return [...ids].flatMap((id) => {
    const card = cards[id];
    return card ? Object.entries(card.fields).map(([name, field]) => ({ id: name, field, card })) : [];
  });
}

function columnsOf(name: string, count: number, field: DatasetField | undefined): string[] {
  if (field?.columns?.length === count) return field.columns;
  return Array.from({ length: Math.min(count, MOST_FIELDS) }, (_, at) => (count === 1 ? name : `${name} ${at + 1}`));
}

function middleOf({ range, dtype }: Spec): number {
  if (!range || dtype !== 'float32') return 0;
  return Number(((range[0] + range[1]) / 2).toPrecision(3));
}
