import type { Spec } from '@/lib/tensor/spec';
import type { Field } from '../field';
import type { Problem } from '../kind';
import { pictureOn } from './picture-on';

/** How often a sink emits. 0: after each validation, which by default is at the end of each epoch. */
export const emitEveryField = (iterations: number): Field => ({
  type: 'number',
  title: 'Every',
  default: iterations,
  min: 0,
  max: 1_000_000,
  soft: [0, 1000],
  integer: true,
  help: 'After how many iterations a new sample is taken; 0 takes one after each validation.',
});

/** How many rows of validation a sink sees. */
export const countField = (count: number, help: string, title = 'Pictures', most = 256): Field => ({
  type: 'number',
  title,
  default: count,
  min: 1,
  max: most,
  integer: true,
  essential: true,
  help,
});

/** What may be wrong with pictures that are to be drawn. */
export function pictureProblems(title: string, port: string, image: Spec | undefined): Problem[] {
  const picture = pictureOn(title, port, image);
  if (picture === null) return [];
  if ('problems' in picture) return picture.problems;
  const { channels } = picture;
  if (typeof channels !== 'number' || channels === 1 || channels === 3 || channels === 4) return [];
  return [
    {
      code: 'shape-mismatch',
      severity: 'error',
      port,
      message: `A picture has 1, 3 or 4 channels, not ${channels}.`,
      expected: '1, 3 or 4 channels',
      received: `${channels} channels`,
    },
  ];
}
