import type { Path, Program } from '@/lib/compile/program';
import type { Kind } from '@/lib/nodes/kind';

/** A number of a program that may change while it trains. */
export interface LiveNumber {
  path: Path;
  /** Key among the node's numbers: `rate`, or `weights.1` for one of a list. */
  param: string;
  /** Of the node, for people. */
  name: string;
  title: string;
  /** As the document has it; null: it follows a schedule. */
  value: number | null;
  min: number | null;
  max: number | null;
  essential: boolean;
}

/** The live numbers of a program: those of optimizers first, then in the order of its ops. */
export function liveNumbersOf(program: Program, kinds: Record<string, Pick<Kind, 'face'>>): LiveNumber[] {
  const updates = program.tasks.flatMap((task) => {
    if (task.do !== 'update') return [];
    const numbers = task.clip ? { ...task.numbers, clipAt: task.clip.at } : task.numbers;
    return [{ id: task.id, name: task.name ?? task.id, kind: task.algorithm, numbers }];
  });
  return [...updates, ...program.ops].flatMap(({ id, name, kind, numbers }) =>
    Object.entries(numbers).flatMap(([param, number]) => {
      const [key = param, index] = param.split('.');
      const field = kinds[kind]?.face.fields[key];
      if (!field) return [];
      const { min, max } = { min: undefined, max: undefined, ...field };
      return {
        path: id,
        param,
        name,
        title: index === undefined ? field.title : `${field.title}, ${Number(index) + 1}`,
        value: typeof number === 'number' ? number : null,
        min: typeof min === 'number' ? min : null,
        max: typeof max === 'number' ? max : null,
        essential: field.essential === true,
      };
    }),
  );
}
