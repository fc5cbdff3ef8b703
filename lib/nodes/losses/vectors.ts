import type { PortId } from '@/lib/graph/document';
import { type Dim, fitsShape, formatShape, type Spec } from '@/lib/tensor/spec';
import { rankProblem, specOn, textProblem } from '../common/inference';
import type { Problem } from '../kind';

/** What may be wrong with ports that must hold vectors of one shape, such as embeddings from one shared network. */
export function vectorProblems(title: string, inputs: Record<PortId, Spec[]>, ports: PortId[]): Problem[] {
  const text = ports.filter((port) => specOn(inputs, port)?.dtype === 'string');
  if (text.length > 0) return text.map((port) => textProblem(title, port));
  const [first = '', ...others] = ports;
  const own = specOn(inputs, first);
  if (!own?.shape) return [];
  if (own.shape.length < 2) return [rankProblem(title, first, own, [2])];
  return others.flatMap((port) => {
    const other = specOn(inputs, port);
    if (!other?.shape || fitsShape(own.shape, other.shape)) return [];
    const wanted = own.shape?.at(-1);
    return [
      {
        code: 'shape-mismatch',
        severity: 'error',
        port,
        message: `${title} measures distances, so all embeddings must have one shape: ${formatShape(own.shape)} and ${formatShape(other.shape)} do not. Usually they come from one shared network.`,
        expected: formatShape(own.shape),
        received: formatShape(other.shape),
        remedies:
          typeof wanted === 'number'
            ? [{ title: `Set units to ${wanted}`, setSource: { port, set: { units: wanted } } }]
            : [],
      } satisfies Problem,
    ];
  });
}

/** Says for each pair of vectors whether they are the same: one number each. */
export function pairProblems(vectors: Dim[] | null, same: Spec | undefined): Problem[] {
  if (vectors === null || !same?.shape) return [];
  const wanted = vectors.slice(0, -1);
  const given = same.shape.length === vectors.length && same.shape.at(-1) === 1 ? same.shape.slice(0, -1) : same.shape;
  if (fitsShape(given, wanted)) return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port: 'same',
      message: `There must be one answer for each pair (${formatShape(wanted)}), but there are ${formatShape(same.shape)}.`,
      expected: formatShape(wanted),
      received: formatShape(same.shape),
    },
  ];
}
