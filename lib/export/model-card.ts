import { formatShape, type Spec } from '@/lib/tensor/spec';
import type { ExportInput } from './exporter';
import type { KerasGraph } from './keras-graph';

/** What somebody who gets the file has to know, as plain lines. There is no scaling inside the model. */
export function modelCard(input: ExportInput, graph: KerasGraph): string[] {
  const parameters = [...new Set(graph.layers.flatMap((layer) => layer.weights))].reduce(
    (sum, variable) => sum + (input.weights[variable]?.data.length ?? 0),
    0,
  );
  return [
    `${input.title}: ${input.function}`,
    `Made with Netloom on ${input.savedAt.toISOString().slice(0, 10)}. ${parameters.toLocaleString('en-US')} parameters.`,
    ...graph.inputs.map(({ name, spec }) => `Input ${name}: ${describe(spec)}. ${scaleOf(spec)}`.trim()),
    ...graph.outputs.map(({ name, spec }) => `Output ${name}: ${describe(spec)}.`),
    ...trainedOn(input),
  ];
}

function describe(spec: Spec): string {
  const classes = spec.classes ? `, ${spec.classes} classes` : '';
  return `${spec.dtype} ${formatShape(spec.shape)}, ${spec.meaning}${classes}`;
}

function scaleOf(spec: Spec): string {
  if (spec.meaning === 'image')
    return 'Pixels are numbers from 0 to 1: divide bytes by 255. Order: height, width, channels.';
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
