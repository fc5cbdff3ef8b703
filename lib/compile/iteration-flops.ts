import type { Program } from './program';

/**
 * FLOPs forward of one example in an iteration: what is fetched and what updates evaluate, each op once, with the blocks
 * that they call. Sweeps, samples and functions are not in it: they come now and then.
 */
export function iterationFlops({ tasks, report }: Pick<Program, 'tasks' | 'report'>): number {
  const evaluated = new Set(tasks.flatMap((task) => (task.do === 'fetch' || task.do === 'update' ? task.ops : [])));
  return Object.entries(report).reduce((sum, [path, { flops }]) => sum + (isWithin(path, evaluated) ? flops : 0), 0);
}

/** Whether it is one of the ops, or in the body of one. */
function isWithin(path: string, ops: ReadonlySet<string>): boolean {
  for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) if (ops.has(path.slice(0, at))) return true;
  return false;
}
