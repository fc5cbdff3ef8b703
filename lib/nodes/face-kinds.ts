import { faces } from './faces.generated';
import { infers } from './infers.generated';
import type { Infer, Kind } from './kind';

/**
 * Faces and inference are all that the compiler needs; execution and emission stay out of bundles and processes that only
 * compile. Pages load this with the compiler, after their first picture.
 */
export const faceKinds: Record<string, Pick<Kind, 'face' | 'infer'>> = Object.fromEntries(
  Object.entries(faces).map(([id, face]) => [id, { face, infer: infers[id] as Infer }]),
);
