import type { Tf } from '@/lib/nodes/kind';
import { tapeEngine } from './mend-tape';

/**
 * Runs tensor code as if no gradient were being recorded: nothing of it gets onto the tape around it, and gradients within it
 * have a tape of their own, whose memory is freed at once.
 */
export function offTape<T>(tf: Tf, run: () => T): T {
  const { state } = tapeEngine(tf);
  const { activeTape, gradientDepth, kernelDepth } = state;
  if (gradientDepth === 0) return run();
  Object.assign(state, { activeTape: null, gradientDepth: 0, kernelDepth: 0 });
  try {
    return run();
  } finally {
    Object.assign(state, { activeTape, gradientDepth, kernelDepth });
  }
}
