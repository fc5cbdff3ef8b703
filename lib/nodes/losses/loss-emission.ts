import type { Emit } from '../kind';

/** A loss belongs to the training, which exported functions leave behind. */
export const lossEmit: Emit = {
  keras: () => ({ unsupported: 'a loss is no layer: give it to compile()' }),
  torch: () => ({ unsupported: 'a loss is no part of the model: compute it in the training loop' }),
  onnx: () => ({ unsupported: 'a loss is no part of a model that predicts' }),
};
