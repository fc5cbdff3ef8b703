import type { Fn, Op } from '@/lib/compile/program';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Kind } from '@/lib/nodes/kind';
import type { ExportInput } from './exporter';

/** A problem with the model as a whole. */
export const problem = (message: string, more: { expected?: string; received?: string } = {}): Diagnostic => ({
  code: 'export-unsupported',
  severity: 'error',
  message,
  at: {},
  ...more,
});

export const refuse = (...args: Parameters<typeof problem>): { diagnostics: Diagnostic[] } => ({
  diagnostics: [problem(...args)],
});

/** Why one op stands in the way of a format; `reason` is a clause without full stop. */
export const opRefusal = (op: Op, kind: Pick<Kind, 'face'>, format: string, reason: string): Diagnostic => ({
  code: 'export-unsupported',
  severity: 'error',
  message: `${kind.face.title}${op.name && op.name !== op.kind ? ` “${op.name}”` : ''} cannot be exported to ${format}: ${reason}. Bypass or replace it, or export a function that does not use it.`,
  at: placeOf(op.id),
});

/** The node a path ends at: in the main graph, or inside an instance. */
export function placeOf(path: string): Diagnostic['at'] {
  // Copies of repeated calls are numbered.
  const [first = path, ...rest] = path.replace(/@\d+/g, '').split('/');
  return rest.length === 0
    ? { node: first }
    : { node: first.replace(/\[\d+\]$/, ''), path: [first, ...rest].join('/') };
}

/** The function that is asked for, where it exists and has an input. */
export function functionOf({ program, function: name }: ExportInput): { fn: Fn } | { diagnostics: Diagnostic[] } {
  const fn = program.functions.find((one) => one.name === name);
  if (!fn) {
    const names = program.functions.map((one) => one.name);
    return refuse(`There is no function “${name}” in this model.`, {
      expected: names.length > 0 ? names.join(', ') : 'an Output node in the document',
    });
  }
  if (fn.inputs.length === 0)
    return refuse(
      `The function “${fn.name}” has no input: it always gives the same. Export one that starts at the data.`,
    );
  return { fn };
}
