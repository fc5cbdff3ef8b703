import type { TorchNames } from './torch-names';

const TOKEN = /⟨(\d+)⟩/g;

/**
 * The lines of `forward`. Values get their names when all lines are known: what only the next line reads is called
 * `x`, as people write it; what lives longer has a name of its own.
 */
export class ForwardLines {
  private readonly statements: { hint: string; expression: string }[] = [];

  /** A line that computes a value; answers what stands for its name until all lines are known. A name needs no line. */
  add(hint: string, expression: string): string {
    if (/^(⟨\d+⟩|\w+)$/.test(expression)) return expression;
    const permuted = PERMUTE.exec(expression);
    if (permuted) {
      const merged = this.mergePermutes(permuted[1] ?? '', axesIn(permuted[2] ?? ''));
      if (merged !== null) return /^\S+$/.test(merged) && !merged.includes('(') ? merged : this.add(hint, merged);
    }
    this.statements.push({ hint, expression });
    return `⟨${this.statements.length - 1}⟩`;
  }

  /** What a value is called, or an argument itself. */
  hintOf(name: string): string {
    return this.statements[tokensIn(name)[0] ?? -1]?.hint ?? name;
  }

  /** Two permutations in a row as one or none; null where there is only one. */
  private mergePermutes(name: string, order: number[]): string | null {
    const before = PERMUTE.exec(this.statements[tokensIn(name)[0] ?? -1]?.expression ?? '');
    if (!before) return null;
    const first = axesIn(before[2] ?? '');
    const whole = order.map((axis) => first[axis] ?? axis);
    const source = before[1] ?? '';
    return whole.every((axis, at) => axis === at) ? source : `${source}.permute(${whole.join(', ')})`;
  }

  finish(names: TorchNames, last: string): string[] {
    const order = this.orderFor(last);
    const texts = [...order.map((index) => this.statements[index]?.expression ?? ''), last];
    const readers = new Map<number, number[]>();
    for (const [line, text] of texts.entries())
      for (const index of tokensIn(text)) readers.set(index, [...(readers.get(index) ?? []), line]);
    const passing = names.local('x');
    const called = new Map<number, string>();
    for (const [line, index] of order.entries()) {
      const next = readers.get(index)?.every((reader) => reader === line + 1);
      called.set(index, next ? passing : names.local(this.statements[index]?.hint ?? ''));
    }
    return texts.map((text, line) => {
      const written = text.replace(TOKEN, (_, index) => called.get(Number(index)) ?? '');
      const index = order[line];
      return index === undefined ? written : `${called.get(index)} = ${written}`;
    });
  }

  /** The statements that the last line needs: each branch as a whole, after what it needs itself. */
  private orderFor(last: string): number[] {
    const order = new Set<number>();
    const stack = tokensIn(last)
      .reverse()
      .map((index) => ({ index, ready: false }));
    for (let item = stack.pop(); item; item = stack.pop()) {
      if (order.has(item.index)) continue;
      if (item.ready) {
        order.add(item.index);
        continue;
      }
      stack.push({ index: item.index, ready: true });
      for (const index of tokensIn(this.statements[item.index]?.expression ?? '').reverse())
        stack.push({ index, ready: false });
    }
    return [...order];
  }
}

const PERMUTE = /^(⟨\d+⟩|\w+)\.permute\(([\d, ]+)\)$/;

const axesIn = (list: string): number[] => list.split(',').map(Number);

const tokensIn = (text: string): number[] => [...text.matchAll(TOKEN)].map(([, index]) => Number(index));
