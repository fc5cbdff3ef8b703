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
    this.statements.push({ hint, expression });
    return `⟨${this.statements.length - 1}⟩`;
  }

  /** What a value is called, or an argument itself. */
  hintOf(name: string): string {
    const index = /^⟨(\d+)⟩$/.exec(name)?.[1];
    return index === undefined ? name : (this.statements[Number(index)]?.hint ?? name);
  }

  finish(names: TorchNames, last: string): string[] {
    const kept = this.read(last);
    const texts = [...kept.map((index) => this.statements[index]?.expression ?? ''), last];
    const readers = new Map<number, number[]>();
    for (const [line, text] of texts.entries())
      for (const index of tokensIn(text)) readers.set(index, [...(readers.get(index) ?? []), line]);
    const passing = names.local('x');
    const called = new Map<number, string>();
    for (const [line, index] of kept.entries()) {
      const next = readers.get(index)?.every((reader) => reader === line + 1);
      called.set(index, next ? passing : names.local(this.statements[index]?.hint ?? ''));
    }
    return texts.map((text, line) => {
      const written = text.replace(TOKEN, (_, index) => called.get(Number(index)) ?? '');
      const index = kept[line];
      return index === undefined ? written : `${called.get(index)} = ${written}`;
    });
  }

  /** The statements that the last line needs, in order. */
  private read(last: string): number[] {
    const needed = new Set(tokensIn(last));
    for (let index = this.statements.length - 1; index >= 0; index--)
      if (needed.has(index)) for (const other of tokensIn(this.statements[index]?.expression ?? '')) needed.add(other);
    return [...needed].sort((a, b) => a - b);
  }
}

const tokensIn = (text: string): number[] => [...text.matchAll(TOKEN)].map(([, index]) => Number(index));
