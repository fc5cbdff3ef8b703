import type { Program } from '@/lib/compile/program';
import { callFunction } from '@/lib/engine/call-function';
import { checkExpectations } from '@/lib/engine/expectations';
import type { EngineHost } from '@/lib/engine/host';
import { initialValues } from '@/lib/engine/initial-values';
import type { Expectation } from '@/lib/graph/document';
import type { RunEvent } from '@/lib/protocol/run-event';

/** A document without Training is a calculation: it runs once, and its outputs that are one number are the metrics. */
export const isCalculation = (program: Program): boolean => !program.tasks.some(({ do: task }) => task === 'update');

/** The numbers that a calculation's functions give, by their key. Functions that wait for inputs give none. */
export function evaluateOnce(
  program: Program,
  host: EngineHost,
  seed: number,
  expected: readonly Expectation[],
): RunEvent {
  const began = host.now();
  const weights = Object.fromEntries(initialValues(program.variables, seed));
  const metrics: Record<string, number | null> = {};
  for (const fn of program.functions) {
    if (fn.inputs.length > 0) continue;
    const outputs = Object.values(callFunction(program, weights, host, fn.name, {}));
    const [value] = outputs[0]?.data ?? [];
    if (outputs.length !== 1 || outputs[0]?.data.length !== 1 || value === undefined) continue;
    metrics[fn.name] = Number.isFinite(value) ? value : null;
  }
  const history = Object.fromEntries(Object.entries(metrics).map(([key, value]) => [key, [value]]));
  return {
    type: 'finished',
    iteration: 0,
    epoch: 0,
    status: 'succeeded',
    seconds: (host.now() - began) / 1000,
    examplesSeen: 0,
    examplesPerSecond: 0,
    engine: host.engine,
    metrics,
    expected: checkExpectations(expected, history),
  };
}
