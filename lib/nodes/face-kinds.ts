import { faces } from './faces.generated';
import type { Face } from './kind';

/** Faces are all that the compiler needs; execution and emission stay out of bundles and processes that only compile. */
export const faceKinds: Record<string, { face: Face }> = Object.fromEntries(
  Object.entries(faces).map(([id, face]) => [id, { face }]),
);
