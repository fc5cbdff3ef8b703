import type { Op } from '@/lib/compile/program';
import { rests } from '@/lib/nodes/common/evaluation-of';
import type { Kind } from '@/lib/nodes/kind';
import type { ExportInput } from './exporter';

/**
 * The live numbers of an op after the training. `driven`: one that follows a schedule whose end is not known; it does not
 * matter where the op rests after the training.
 */
export function numbersOf(
  op: Op,
  { face }: Pick<Kind, 'face'>,
  clocks: ExportInput['clocks'],
): { numbers: Record<string, number>; driven?: string } {
  const numbers: Record<string, number> = {};
  for (const [key, number] of Object.entries(op.numbers)) {
    const value = typeof number === 'number' ? number : clocks?.[number];
    if (value !== undefined) numbers[key] = value;
    else if (!rests(face, op.params)) return { numbers, driven: key };
  }
  return { numbers };
}
