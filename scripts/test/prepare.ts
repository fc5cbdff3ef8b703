import { ensureEngine } from '@/server/engine/install-engine';
import { progressLine } from '@/server/engine/progress-line';
import { PEERS, pythonEnvironment } from '@/server/engine/python-environment';

/** Fetches what the suites need once per machine, so that no test waits for a download: the engine and Python's peers. */
export async function prepareTests(): Promise<void> {
  const line = progressLine(process.stderr);
  for (const prepare of [() => ensureEngine({ onProgress: line.show }), () => pythonEnvironment(PEERS, line.show)]) {
    try {
      await prepare();
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
    }
    line.end();
  }
}
