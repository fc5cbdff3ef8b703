import type { PortId } from '@/lib/graph/document';
import type { Spec } from '@/lib/tensor/spec';
import type { Field } from '../field';
import type { Problem, Remedy } from '../kind';

/** As Keras: probabilities are kept this far from 0 and 1, since the logarithm of 0 is infinite. */
export const EPSILON = 1e-7;

/** Whether the scores of a loss or metric are logits or probabilities. */
export const scoresField = (): Field => ({
  type: 'choice',
  title: 'Scores are',
  default: 'logits',
  help: 'Logits are plain sums of any size; the loss turns them into probabilities itself, which is exact even where they are large.',
  choices: [
    { value: 'logits', title: 'Logits' },
    { value: 'probabilities', title: 'Probabilities' },
  ],
});

/** Probabilities where logits are expected, or the reverse: it would train, but slowly or wrongly. */
export function scoreProblems(
  port: PortId,
  scores: Spec | undefined,
  from: string,
  squash: 'softmax' | 'sigmoid',
): Problem[] {
  if (!scores?.shape) return [];
  const probabilities = scores.meaning === 'probabilities';
  if (from === 'logits' && probabilities) {
    return [
      {
        code: 'logits-expected',
        severity: 'warning',
        port,
        message: `These scores are probabilities already; ${squash} would be applied a second time.`,
        expected: 'logits',
        received: 'probabilities',
        remedies: [{ title: 'Read them as probabilities', set: { from: 'probabilities' } }],
      },
    ];
  }
  const known = scores.meaning === 'features' || scores.meaning === 'logits';
  if (from === 'probabilities' && known && !withinUnit(scores)) {
    return [
      {
        code: 'logits-expected',
        severity: 'warning',
        port,
        message: `Probabilities are expected, but nothing turned these scores into any (${squash} does).`,
        expected: 'probabilities',
        received: 'numbers of any size',
        remedies: [{ title: 'Read them as logits', set: { from: 'logits' } }, squashRemedy(port, squash)],
      },
    ];
  }
  return [];
}

const withinUnit = ({ range }: Spec): boolean => range !== undefined && range[0] >= 0 && range[1] <= 1;

const squashRemedy = (port: PortId, squash: 'softmax' | 'sigmoid'): Remedy =>
  squash === 'softmax'
    ? { title: 'Insert Softmax', insert: { port, kind: 'softmax' } }
    : { title: 'Insert Sigmoid', insert: { port, kind: 'activation', params: { function: 'sigmoid' } } };
