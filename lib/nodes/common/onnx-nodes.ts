import type { OnnxAttribute, OnnxEmission, OnnxPlace } from '../kind';

/** From `x` to `y` by some nodes; in whatever order channels are, unless `rest` says otherwise. */
export const onnxNodes = (
  write: (x: string, place: OnnxPlace) => string,
  rest: Omit<OnnxEmission, 'write'> = { channels: 'either' },
): OnnxEmission => ({ ...rest, write: (place) => ({ y: write(place.on('x'), place) }) });

/** From `x` to `y` by one node. */
export const onnxNode = (
  type: string,
  attributes: Record<string, OnnxAttribute> = {},
  rest?: Omit<OnnxEmission, 'write'>,
): OnnxEmission => onnxNodes((x, { node }) => node(type, [x], attributes), rest);

/** What does nothing after the training: dropout, noise. */
export const onnxPass = (): OnnxEmission => onnxNodes((x) => x);

/** The end of an axis, for `Slice`. */
export const END = 2 ** 31 - 1;

/** Codes of types, for `Cast`. */
export const FLOAT = 1;
export const INT32 = 6;
export const INT64 = 7;
export const BOOL = 9;
