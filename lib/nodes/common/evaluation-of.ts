import type { PortId } from '@/lib/graph/document';
import type { Evaluation, Face, PlainParams } from '../kind';

/** What a kind does in evaluation mode, with these params. */
export const evaluationOf = ({ evaluation = 'same' }: Pick<Face, 'evaluation'>, params: PlainParams): Evaluation =>
  typeof evaluation === 'function' ? evaluation(params) : evaluation;

/** Whether a kind only hands on what comes in, outside of a training. */
export const rests = (face: Pick<Face, 'evaluation'>, params: PlainParams): boolean =>
  evaluationOf(face, params) === 'identity';

/** The input that a resting kind hands on as an output: `x` as `y`, `x2` as `y2`. */
export const handedOn = (output: PortId): PortId => `x${output.slice(1)}`;
