import { broadcastShapes } from '@/lib/tensor/broadcast';
import { type Dim, formatShape, type Spec, sameDim } from '@/lib/tensor/spec';
import type { Inference, KindExample, PortFace, Problem, Remedy } from '../kind';
import { flopsPerExample, textProblem, unknownOutput } from './inference';
import { pictureRemedies, type WireAt } from './picture-remedies';

/** A tensor that arrives at an op of several: on which port, and on which of its wires. */
export interface Operand {
  port: string;
  wire?: number;
  spec: Spec | undefined;
}

export const MERGE_INPUTS: PortFace[] = [{ id: 'x', title: 'Inputs', type: 'tensor', variadic: true }];
export const PAIR_INPUTS: PortFace[] = [
  { id: 'a', title: 'A', type: 'tensor' },
  { id: 'b', title: 'B', type: 'tensor' },
];
export const Y_OUTPUT: PortFace[] = [{ id: 'y', title: 'Output', type: 'tensor' }];

const PICTURE: Spec = { shape: ['batch', 3, 4, 2], dtype: 'float32', meaning: 'features' };

/** What element-wise ops of several tensors are tried with. */
export const MERGE_EXAMPLES: KindExample[] = [
  { title: 'Two branches', inputs: { x: [PICTURE, PICTURE] } },
  {
    title: 'Three, one of a number for each channel',
    inputs: { x: [PICTURE, { shape: [2], dtype: 'float32', meaning: 'features' }, PICTURE] },
  },
];

export const wiresOf = (specs: Spec[] | undefined): Operand[] =>
  (specs ?? []).map((spec, wire) => ({ port: 'x', wire, spec }));

/** Element-wise ops of several tensors: sizes must be equal or 1, aligned at the last axis. */
export function inferElementwise(title: string, operands: Operand[]): Inference {
  const [first] = operands;
  if (operands.some(({ spec }) => !spec?.shape) || first?.spec === undefined) return unknownOutput();
  const text = operands.find(({ spec }) => spec?.dtype === 'string');
  if (text) return unknownOutput(textProblem(title, text.port));
  let shape: Dim[] | null = first.spec.shape;
  for (const [index, operand] of operands.entries()) {
    if (index === 0) continue;
    const { shape: own = null } = operand.spec ?? {};
    const merged = broadcastShapes(shape, own);
    if ('conflict' in merged) {
      // What several have in common is no one's to change.
      return unknownOutput(conflict(title, wireAt(operand), shape, own, index === 1 ? wireAt(first) : undefined));
    }
    shape = merged.shape;
  }
  const meanings = new Set(operands.map(({ spec }) => spec?.meaning));
  const meaning = meanings.size === 1 && first.spec.meaning !== 'class' ? first.spec.meaning : 'features';
  const safe = meaning === 'probabilities' || meaning === 'one-hot' ? 'features' : meaning;
  return {
    outputs: { y: { shape, dtype: 'float32', meaning: safe } },
    flops: flopsPerExample(shape, Math.max(1, operands.length - 1)),
  };
}

const wireAt = ({ port, wire }: Operand): WireAt => ({ port, ...(wire === undefined ? {} : { wire }) });

function conflict(title: string, at: WireAt, a: Dim[] | null, b: Dim[] | null, other: WireAt | undefined): Problem {
  return {
    code: 'shape-mismatch',
    severity: 'error',
    ...at,
    message: `${title} takes numbers that stand at the same place, so the shapes must agree: ${formatShape(a)} and ${formatShape(b)} do not.`,
    expected: formatShape(a),
    received: formatShape(b),
    remedies: a === null || b === null ? [] : fitRemedies(at, a, b, other),
  };
}

/** How `b` could be brought to the shape of `a`, or pictures to one size: `other` is the wire of `a` where that is one. */
function fitRemedies(at: WireAt, a: Dim[], b: Dim[], other: WireAt | undefined): Remedy[] {
  const [last, own] = [a.at(-1), b.at(-1)];
  if (a.length === b.length && typeof last === 'number' && typeof own === 'number' && last !== own) {
    const rest = a.slice(0, -1).every((dim, axis) => sameDim(dim, b[axis] ?? null));
    if (rest && a.length === 4) {
      const weights = (own + 1) * last;
      return [
        {
          title: `Insert a 1×1 convolution to ${last} channels`,
          cost: `${weights.toLocaleString('en-US')} parameters`,
          insert: { ...at, kind: 'conv-2d', params: { filters: last, kernel: [1, 1] } },
        },
      ];
    }
    if (rest && a.length === 2)
      return [{ title: `Insert Dense with ${last} units`, insert: { ...at, kind: 'dense', params: { units: last } } }];
  }
  const sized = pictureRemedies({ at: other, shape: a }, { at, shape: b }, 'same');
  if (sized.length) return sized;
  if (b.length > a.length && a.length === 2) return [{ title: 'Insert Flatten', insert: { ...at, kind: 'flatten' } }];
  return [];
}
