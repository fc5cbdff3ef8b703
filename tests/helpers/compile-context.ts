import { compile } from '@/lib/compile/compile';
import type { CompileContext } from '@/lib/compile/context';
import type { Program, Task } from '@/lib/compile/program';
import type { CompileResult } from '@/lib/compile/result';
import { apply } from '@/lib/graph/apply';
import type { Document } from '@/lib/graph/document';
import { faceKinds } from '@/lib/nodes/face-kinds';
import { cards } from './cards';

/** The installed kinds and built-in data sets. */
export const context: CompileContext = {
  kinds: faceKinds,
  datasets: cards,
};

export const compiled = (document: Document, more: Partial<CompileContext> = {}): CompileResult =>
  compile(document, { ...context, ...more });

/** The program of a document that is expected to be sound. */
export function programOf(document: Document, more: Partial<CompileContext> = {}): Program {
  const { program, diagnostics } = compiled(document, more);
  if (!program) throw new Error(`no program: ${diagnostics.map(({ message }) => message).join(' ')}`);
  return program;
}

/** The document with a problem's first fix applied. */
export function mended(document: Document, code: string): Document {
  const { diagnostics } = compiled(document);
  const fix = diagnostics.find((one) => one.code === code)?.fix;
  if (!fix) throw new Error(`no fix for ${code}`);
  const applied = apply(document, fix.command);
  if ('diagnostic' in applied) throw new Error(applied.diagnostic.message);
  return applied.document;
}

/** `code@node` of every diagnostic, in order. */
export const codesOf = ({ diagnostics }: CompileResult): string[] =>
  diagnostics.map(({ code, at }) => `${code}@${at.path ?? at.node ?? 'document'}`);

/** The tasks of a program in the notation of docs/programs.md section 5, one line each. */
export const sketch = (program: Program): string[] => program.tasks.map((task) => sketchTask(program, task));

function sketchTask({ folds }: Program, task: Task): string {
  const keys = (ids: string[]) =>
    ids
      .map((id) => folds.find((fold) => fold.id === id))
      .map((fold) => {
        if (!fold) return '?';
        return 'metric' in fold.gives
          ? fold.gives.metric
          : 'held' in fold.gives
            ? `${fold.id}: held`
            : `${fold.id}.fit`;
      })
      .join(' ');
  const due = (at: Task & { due?: { at: string; every?: number } }) => (at.due?.every ? `every ${at.due.every}: ` : '');
  switch (task.do) {
    case 'fetch':
      return `fetch ${[...task.sources, ...task.ops].join(' ')} keeps ${task.keep.join(' ')}`;
    case 'update':
      return `${due(task)}upd ${task.id}[${task.loss} | ${task.weights.join(' ')} | ${task.writes.map(({ variable, by }) => `${variable} by ${by}`).join(' ')}] folds ${keys(task.folds)}${task.averages.map(({ variable, of, decay }) => ` averages ${variable} of ${of} by ${decay}`).join('')}`;
    case 'sweep':
      return `${task.due.at}: sweep ${task.split}{${keys(task.folds)}}`;
    case 'emit':
      return `${task.due.at}: emit ${task.id}(${task.fetch.join(' ')})`;
  }
}
