import type { Face, PlainParams } from '../kind';

/** Input ports through which a gradient passes with these params; undefined: all tensor and loss inputs. */
export const gradientInputs = (face: Pick<Face, 'grad'>, params: PlainParams): string[] | undefined =>
  typeof face.grad === 'function' ? face.grad(params) : face.grad;
