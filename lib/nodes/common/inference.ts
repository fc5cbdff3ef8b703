import type { PortId } from '@/lib/graph/document';
import { type Dim, formatShape, type Meaning, type Spec } from '@/lib/tensor/spec';
import type { Inference, Problem, Remedy } from '../kind';
import { reshapeRemedies } from './reshape-remedies';

/** The spec on a port that takes one wire; undefined where nothing is wired (the compiler reports that). */
export const specOn = (inputs: Record<PortId, Spec[]>, port: PortId): Spec | undefined => inputs[port]?.[0];

/** What can be said of an output while its inputs are not known. */
export const unknownSpec = (meaning: Meaning = 'any'): Spec => ({ shape: null, dtype: 'float32', meaning });

export const scalarSpec = (meaning: Meaning = 'score'): Spec => ({ shape: [], dtype: 'float32', meaning });

/** An inference that only says that `y` is not known yet, and why. */
export const unknownOutput = (...problems: Problem[]): Inference => ({ outputs: { y: unknownSpec() }, problems });

const AXES: Record<number, string> = {
  1: 'batch',
  2: 'batch × features',
  3: 'batch × time × features',
  4: 'batch × height × width × channels',
  5: 'batch × depth × height × width × channels',
};

/** “Conv 2D needs pictures (batch × height × width × channels), but gets batch×10.” */
export function rankProblem(
  title: string,
  port: PortId,
  spec: Spec,
  ranks: number[],
  remedies: Remedy[] = ranks.length === 1 ? reshapeRemedies(port, spec, ranks[0] ?? 0) : [],
): Problem {
  const expected = ranks.map((rank) => AXES[rank] ?? `${rank} axes`).join(' or ');
  const received = formatShape(spec.shape);
  return {
    code: 'shape-mismatch',
    severity: 'error',
    port,
    message: `${title} needs ${expected}, but gets ${received}.`,
    expected,
    received,
    remedies,
  };
}

/** Where a variable's size hangs on an axis that is not known. */
export function staticProblem(title: string, port: PortId, spec: Spec, axis: string): Problem {
  return {
    code: 'unknown-static',
    severity: 'error',
    port,
    message: `${title} has weights for each of its ${axis}, so their number must be known; here it is ${formatShape(spec.shape)}.`,
    expected: `a fixed number of ${axis}`,
    received: formatShape(spec.shape),
  };
}

/** Where a tensor holds text and the kind computes with numbers. */
export function textProblem(title: string, port: PortId): Problem {
  return {
    code: 'dtype-mismatch',
    severity: 'error',
    port,
    message: `${title} computes with numbers, but gets text. Turn the text into numbers first.`,
    expected: 'numbers',
    received: 'string',
  };
}

/** Numbers per example, for FLOPs: symbols but the first count as one step. */
export function flopsPerExample(shape: readonly Dim[] | null, each: number): number {
  if (shape === null) return 0;
  let count = 1;
  shape.forEach((dim, axis) => {
    if (typeof dim === 'number' && !(axis === 0 && shape.length > 1)) count *= dim;
  });
  return count * each;
}

/** Thousands separated as in the editor: `401,536`. */
export const formatCount = (count: number): string => count.toLocaleString('en-US');

/** `true` where a problem stands in the way. */
export const hasError = (problems: readonly Problem[] | undefined): boolean =>
  problems?.some((problem) => problem.severity === 'error') ?? false;
