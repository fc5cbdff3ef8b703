import type { Face, PlainParams, Time } from '../kind';

/** How a step of the output depends on the steps of the input, with these params. */
export function timeOf(face: Pick<Face, 'time'>, params: PlainParams): Time {
  const { time = 'mixing' } = face;
  return typeof time === 'function' ? time(params) : time;
}
