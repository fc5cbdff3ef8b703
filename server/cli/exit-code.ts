/** What scripts may rely on. `cancelled`: ended by Ctrl-C, as shells have it. */
export const EXIT = { done: 0, input: 1, usage: 2, internal: 3, failed: 4, cancelled: 130 } as const;

/** The command line itself is wrong: the sentence and the usage are printed, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** What the user gave is wrong (a file, a folder): the sentence is printed, exit code 1. */
export class InputError extends Error {
  override name = 'InputError';
}
