/** What a wire carries. A closed set: `canConnect` is the only rule between them. */
export type PortType = 'tensor' | 'loss' | 'number' | 'metric' | 'step' | 'weights';

export const PORT_TYPES: readonly PortType[] = ['tensor', 'loss', 'number', 'metric', 'step', 'weights'];

/** Equal types; also number or loss into tensor (a scalar) and loss into metric. */
export function canConnect(from: PortType, to: PortType): boolean {
  if (from === to) return true;
  if (to === 'tensor') return from === 'number' || from === 'loss';
  return from === 'loss' && to === 'metric';
}
