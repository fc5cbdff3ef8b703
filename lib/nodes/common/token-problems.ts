import { formatShape, type Spec } from '@/lib/tensor/spec';
import type { Problem } from '../kind';
import { textProblem } from './inference';

/** What is to be read as text is rows of tokens. */
export function tokenProblems(title: string, port: string, tokens: Spec | undefined): Problem[] {
  if (tokens?.dtype === 'string') return [textProblem(title, port)];
  if (!tokens?.shape || tokens.shape.length === 2) return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port,
      message: 'A text is a row of tokens: their shape must be batch × time.',
      expected: 'batch×time',
      received: formatShape(tokens.shape),
    },
  ];
}
