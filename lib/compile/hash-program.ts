import { contentHash } from '@/lib/base/hash';
import type { Program } from './program';

/** The content of a program as one number: without names, seed and report, and without the hash itself. */
export function hashProgram(program: Omit<Program, 'hash'>): string {
  const { seed: _seed, report: _report, ...rest } = program;
  return contentHash({
    ...rest,
    hash: undefined,
    ops: rest.ops.map((op) => ({ ...op, name: undefined })),
    tasks: rest.tasks.map((task) => ({ ...task, name: undefined })),
    variables: rest.variables.map((variable) => ({ ...variable, name: undefined })),
    bodies: Object.fromEntries(
      Object.entries(rest.bodies).map(([id, body]) => [
        id,
        { ...body, ops: body.ops.map((op) => ({ ...op, name: undefined })) },
      ]),
    ),
  });
}
