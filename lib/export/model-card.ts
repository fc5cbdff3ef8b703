import { required } from '@/lib/base/invariant';
import { formatShape, type Spec } from '@/lib/tensor/spec';
import { type Axes, placedShape } from './axes';
import type { ExportInput } from './exporter';

/** An input or output of the written file; `axes`: the order they are in there, where it is not ours. */
export interface CardPort {
  name: string;
  spec: Spec;
  axes?: Axes;
}

/** What somebody who gets the file has to know, as plain lines. There is no scaling inside the model. */
export function modelCard(input: ExportInput, ports: { inputs: CardPort[]; outputs: CardPort[] }): string[] {
  const fn = required(
    input.program.functions.find(({ name }) => name === input.function),
    'the exported function',
  );
  const inside = new Set(fn.ops);
  const variables = input.program.ops.flatMap(({ id, uses }) => (inside.has(id) ? Object.values(uses) : []));
  const parameters = [...new Set(variables)].reduce((sum, id) => sum + (input.weights[id]?.data.length ?? 0), 0);
  return [
    `${input.document.title}: ${input.function}`,
    `Made with Netloom on ${input.savedAt.toISOString().slice(0, 10)}. ${parameters.toLocaleString('en-US')} parameters.`,
    ...ports.inputs.map((port) => `Input ${port.name}: ${describe(port)}. ${scaleOf(port)}`.trim()),
    ...ports.outputs.map((port) => `Output ${port.name}: ${describe(port)}.`),
    ...trainedOn(input),
  ];
}

function describe({ spec, axes = 'last' }: CardPort): string {
  const classes = spec.classes ? `, ${spec.classes} classes` : '';
  return `${spec.dtype} ${formatShape(spec.shape && placedShape(spec.shape, axes))}, ${spec.meaning}${classes}`;
}

function scaleOf({ spec, axes = 'last' }: CardPort): string {
  if (spec.meaning === 'image') {
    const order = axes === 'last' ? 'height, width, channels' : 'channels, height, width';
    return `Pixels are numbers from 0 to 1: divide bytes by 255. Order: ${order}.`;
  }
  return spec.dtype === 'float32'
    ? 'Numbers are taken as they are, in the units of the data: the model scales nothing.'
    : '';
}

/** Data sets whose fields feed the program, with source and licence. */
function trainedOn({ program, cards }: ExportInput): string[] {
  const ids = new Set(program.ops.flatMap((op) => (typeof op.params.dataset === 'string' ? [op.params.dataset] : [])));
  return [...ids].flatMap((id) => {
    const card = cards[id];
    return card ? [`Trained on ${card.title} (${card.licence}). ${card.source}`] : [];
  });
}
