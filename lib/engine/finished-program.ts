import type { Program, ValueId } from '@/lib/compile/program';
import type { Kind } from '@/lib/nodes/kind';
import { clockValues, endOf } from './clock-values';
import { programAt } from './live-program';
import { planProgram } from './plan';

/**
 * The program as its functions are called when the training is over: every switch has the wire that is live then.
 * `clocks`: the numbers that its schedules came to. Exports are written from both.
 */
export function finishedProgram(
  program: Program,
  kinds: Record<string, Kind>,
): { program: Program; clocks: Record<ValueId, number> } {
  const clocks = clockValues(planProgram(program, kinds), endOf(program));
  return { program: programAt(program, kinds, clocks), clocks: Object.fromEntries(clocks) };
}
