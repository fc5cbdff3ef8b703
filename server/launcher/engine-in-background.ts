import { EngineUnavailable } from '@/server/engine/engine-problem';
import { ensureEngine } from '@/server/engine/install-engine';
import type { ToChild } from './child-messages';

type Progress = Extract<ToChild, { say: 'engine' }>['progress'];

/**
 * Sees to the native engine while the service is already up; runs use the slower engine until it is there. Where it
 * cannot be had, says once what is missing and how to get it.
 */
export async function engineInBackground(
  show: (progress: Progress) => void,
  say: (line: string) => void,
): Promise<void> {
  let stage = '';
  try {
    const { fresh } = await ensureEngine({
      onProgress({ message, fraction }) {
        if (message !== stage) say(message);
        stage = message;
        show({ text: message, fraction });
      },
    });
    if (fresh) say('The native engine is installed; new runs use it.');
  } catch (error) {
    if (error instanceof EngineUnavailable) say(`${error.problem.message}\n  ${error.problem.fix}`);
    else say(`The native engine could not be installed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    show(null);
  }
}
