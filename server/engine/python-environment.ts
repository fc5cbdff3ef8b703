import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cache-folder';
import { withInstallLock } from './install-lock';
import type { OnProgress } from './install-progress';
import { findPip } from './pip';
import { runCommand } from './run-command';
import { withoutTensorflowNoise } from './tensorflow-noise';

/** Python packages in a folder of their own, beside whatever the machine's Python has. */
export interface PythonEnvironment {
  folder: string;
  /** For starting a script there. */
  python: string;
  env: Record<string, string>;
  /** Runs a script to its end and parses the last line of its output as JSON. Throws with its last words. */
  runJson(script: string, args: string[]): Promise<unknown>;
}

const PYTHON = 'python3';

/** What parity tests and benchmarks compare with, all in one environment. */
export const PEERS = [
  'tensorflow-cpu==2.21.0',
  'keras==3.15.1',
  'h5py==3.14.0',
  'onnx==1.23.2',
  'onnxruntime==1.32.0',
] as const;

function environmentAt(folder: string): PythonEnvironment {
  const env = {
    PYTHONPATH: folder,
    PYTHONNOUSERSITE: '1',
    KERAS_BACKEND: 'tensorflow',
    TF_CPP_MIN_LOG_LEVEL: '3',
    CUDA_VISIBLE_DEVICES: '-1',
  };
  return {
    folder,
    python: PYTHON,
    env,
    async runJson(script, args) {
      const result = await runCommand(PYTHON, [script, ...args], {
        env: { ...process.env, ...env },
        timeoutSeconds: 1800,
      });
      const last = result.stdout.trimEnd().split('\n').at(-1) ?? '';
      if (result.status === 0) return JSON.parse(last);
      const words = withoutTensorflowNoise(result.stderr).trim().split('\n').slice(-12).join('\n');
      throw new Error(`${path.basename(script)} ended with ${result.signal ?? result.status}:\n${words}`);
    },
  };
}

/**
 * An environment with exactly these requirements, from the cache or freshly installed by pip (a folder that is renamed
 * into place when it is whole). Throws with the way to get pip where it is missing.
 */
export async function pythonEnvironment(
  requirements: readonly string[],
  onProgress: OnProgress = () => {},
): Promise<PythonEnvironment> {
  const version = await runCommand(PYTHON, ['-c', 'import sys; print(sys.version_info[:2])']);
  const pip = version.status === 0 ? await findPip() : null;
  if (pip === null) throw new Error('Python with pip is needed here. Run: apt-get install python3-pip');
  const hash = createHash('sha256')
    .update([version.stdout, ...requirements].join('\n'))
    .digest('hex')
    .slice(0, 12);
  const folder = path.join(cacheFolder(), `python-${hash}`);
  if (existsSync(folder)) return environmentAt(folder);
  await withInstallLock(
    `${folder}.lock`,
    {
      done: () => existsSync(folder),
      onWait: () =>
        onProgress({ stage: 'waiting', message: 'Another process installs the Python packages', fraction: null }),
    },
    async () => {
      const stage = `${folder}.${process.pid}`;
      mkdirSync(stage, { recursive: true });
      onProgress({ stage: 'download', message: `Installing ${requirements.join(' ')} for Python`, fraction: null });
      const args = ['install', '-q', '--no-cache-dir', '--disable-pip-version-check', '--only-binary=:all:'];
      try {
        const result = await runCommand(PYTHON, ['-m', 'pip', ...args, '--target', stage, ...requirements], {
          timeoutSeconds: 1800,
        });
        if (result.status !== 0) throw new Error(`pip could not install them: ${result.stderr.trim().slice(-400)}`);
        renameSync(stage, folder);
      } finally {
        rmSync(stage, { recursive: true, force: true });
      }
    },
  );
  return environmentAt(folder);
}
