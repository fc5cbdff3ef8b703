import type { CompileLimits } from './context';

/** Of a device's memory, what a training may take by our count: the engine, data and buffers need some, too. */
const SHARE = 0.75;

/** What a device with so many bytes of memory allows. */
export const limitsOn = (bytes: number): Pick<CompileLimits, 'activationBytes' | 'tightBytes'> => ({
  activationBytes: bytes,
  tightBytes: SHARE * bytes,
});
