import type { Program } from '@/lib/compile/program';
import type { HostTensor } from '@/lib/nodes/kind';
import { callFunction } from './call-function';
import type { EngineHost } from './host';

/** A document without Training is a calculation: it runs once, and its outputs that are one number are the metrics. */
export const isCalculation = (program: Program): boolean => !program.tasks.some(({ do: task }) => task === 'update');

/** The numbers that a calculation's functions give, by their key. Functions that wait for inputs give none. */
export function calculate(
  program: Program,
  host: EngineHost,
  weights: Record<string, HostTensor>,
): Record<string, number | null> {
  const metrics: Record<string, number | null> = {};
  for (const fn of program.functions) {
    if (fn.inputs.length > 0) continue;
    const outputs = Object.values(callFunction(program, weights, host, fn.name, {}));
    const [value] = outputs[0]?.data ?? [];
    if (outputs.length !== 1 || outputs[0]?.data.length !== 1 || value === undefined) continue;
    metrics[fn.name] = Number.isFinite(value) ? value : null;
  }
  return metrics;
}
