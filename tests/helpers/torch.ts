import { runCommand } from '@/server/engine/run-command';
import { torchPython } from '@/server/engine/torch-python';

const NEEDED =
  'Exported PyTorch code is compared by running it, which needs a Python that imports torch (1.13 or newer): ' +
  'apt-get install python3-torch, or name an interpreter in NETLOOM_TORCH_PYTHON.';

/**
 * Why PyTorch is not there, or null where it is. Throws where `NETLOOM_NEEDS_TORCH` is set, as CI does: a comparison that is
 * left out there must not look like one that went well.
 */
export async function torchMissing(): Promise<string | null> {
  if ((await torchPython()) !== null) return null;
  if (process.env.NETLOOM_NEEDS_TORCH) throw new Error(NEEDED);
  return NEEDED;
}

/** Runs a Python script beside PyTorch and answers the JSON of its last line of output. */
export async function runTorch(script: string, args: string[]): Promise<unknown> {
  const python = await torchPython();
  if (python === null) throw new Error(NEEDED);
  const env = { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };
  const result = await runCommand(python, [script, ...args], { env, timeoutSeconds: 1800 });
  if (result.status === 0) return JSON.parse(result.stdout.trimEnd().split('\n').at(-1) ?? '');
  throw new Error(`${script} ended with ${result.signal ?? result.status}:\n${result.stderr.slice(-4000)}`);
}
