import { runCommand } from './run-command';

const CANDIDATES = [process.env.NETLOOM_TORCH_PYTHON, '/usr/bin/python3', 'python3'].filter((one) => one !== undefined);

let found: Promise<string | null> | undefined;

/** The first of the known interpreters that has PyTorch (`NETLOOM_TORCH_PYTHON` names another); null where none has. */
export const torchPython = (): Promise<string | null> => {
  found ??= findTorch();
  return found;
};

async function findTorch(): Promise<string | null> {
  for (const python of CANDIDATES) {
    const { status } = await runCommand(python, ['-c', 'import torch'], { timeoutSeconds: 120 });
    if (status === 0) return python;
  }
  return null;
}
