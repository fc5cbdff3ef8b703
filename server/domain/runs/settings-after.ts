import type { Length } from '@/lib/graph/set-length';
import type { RunCommand } from '@/lib/protocol/run-event';

export const numberKey = ({ path, param }: { path: string; param: string }): string => `${path}.${param}`;

/** What commands have made of a run's settings: its numbers, and its length where that was changed. */
export function settingsAfter(commands: readonly RunCommand[]): {
  numbers: { path: string; param: string; value: number }[];
  length: Length | null;
} {
  const numbers = new Map<string, { path: string; param: string; value: number }>();
  let length: Length | null = null;
  for (const command of commands) {
    if (command.do === 'length') length = command.length;
    if (command.do !== 'set') continue;
    const { path, param, value } = command;
    if (value === null) numbers.delete(numberKey(command));
    else numbers.set(numberKey(command), { path, param, value });
  }
  return { numbers: [...numbers.values()], length };
}
