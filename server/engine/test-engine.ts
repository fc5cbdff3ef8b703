import path from 'node:path';
import { z } from 'zod';
import { projectRoot, tsxArguments } from './project';
import { runCommand } from './run-command';
import { withoutTensorflowNoise } from './tensorflow-noise';

const answer = z.object({ tensorflow: z.string(), device: z.string(), oneDnn: z.boolean() });

/** What the engine in `folder` says of itself after it has computed in a child process; throws with the reason where it does not. */
export async function testEngine(folder: string): Promise<z.infer<typeof answer>> {
  const script = path.join(projectRoot, 'server', 'engine', 'self-test.ts');
  const result = await runCommand(process.execPath, [...tsxArguments(), script, folder], {
    cwd: projectRoot,
    timeoutSeconds: 120,
  });
  const passed = /^SELF-TEST PASSED (.*)$/m.exec(result.stdout)?.[1];
  if (result.status === 0 && passed !== undefined) return answer.parse(JSON.parse(passed));
  const lines = withoutTensorflowNoise(result.stderr).split('\n');
  const reason = lines.find((line) => /error|cannot|illegal|wrong/i.test(line)) ?? lines.find((line) => line.trim());
  throw new Error(
    `self-test failed (${result.signal ?? `exit ${result.status}`})${reason ? `: ${reason.trim()}` : ''}`,
  );
}
