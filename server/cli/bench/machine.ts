import os from 'node:os';

/** What a figure was measured on. */
export const machine = (): Record<string, string | number> => ({
  cpu: os.cpus()[0]?.model ?? 'unknown',
  cores: os.availableParallelism(),
  memoryGiB: Math.round(os.totalmem() / 2 ** 30),
  system: `${os.platform()}-${os.arch()}`,
  node: process.versions.node,
});
