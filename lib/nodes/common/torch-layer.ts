import type { TorchEmission, TorchPlace } from '../kind';
import { torchActivation, torchActivationHelpers } from './activation-emission';

interface TorchLayer extends Omit<TorchEmission, 'module' | 'forward'> {
  /** What is done to the input before; the input is `place.on('x')`. */
  before?(x: string, place: TorchPlace): string;
  /** What is done to the submodule's answer. */
  after?(y: string, place: TorchPlace): string;
  /** Id of the activation that follows. */
  activation?: string;
}

/** A submodule from `x` to `y`: `F.relu(self.conv1(x))`. */
export function torchLayer(module: string, layer: TorchLayer = {}): TorchEmission {
  const { before = (x) => x, after = (y) => y, activation = 'linear', ...rest } = layer;
  return {
    ...rest,
    ...torchActivationHelpers(activation, rest.helpers),
    module,
    forward: (place) => {
      const y = after(`${place.self}(${before(place.on('x'), place)})`, place);
      return { y: torchActivation(activation, y, place.axis(-1)) };
    },
  };
}

/** An expression of `x` that has no weights. */
export const torchExpression = (
  expression: (x: string, place: TorchPlace) => string,
  rest: Omit<TorchEmission, 'module' | 'forward'> = { channels: 'either' },
): TorchEmission => ({ ...rest, forward: (place) => ({ y: expression(place.on('x'), place) }) });

/** `(2, 1)`, or `2` where both are: sizes of windows. */
export const torchSize = (size: readonly number[]): string =>
  size.every((one) => one === size[0]) && size[0] !== undefined ? String(size[0]) : `(${size.join(', ')})`;
