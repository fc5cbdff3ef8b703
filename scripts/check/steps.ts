import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from '@/server/engine/run-command';
import { checkDependencies } from './dependencies';
import { projectFiles } from './project-files';
import type { Step, StepResult } from './step';
import { linesOf, runTool } from './tool';

/** Format and lint. */
async function biome(root: string): Promise<StepResult> {
  const { status, stdout, stderr } = await runTool(root, 'biome', [
    'check',
    '--error-on-warnings',
    '--max-diagnostics=40',
  ]);
  const checked = Number(/Checked (\d+) files?/.exec(stdout + stderr)?.[1] ?? 0);
  return { checked, unit: 'files', problems: status === 0 ? [] : linesOf(stderr || stdout) };
}

/** Next.js writes this file when it first builds; the pages' types need it before, on a clean clone. */
function ensureNextTypes(root: string): void {
  const file = path.join(root, 'next-env.d.ts');
  if (existsSync(file)) return;
  writeFileSync(file, '/// <reference types="next" />\n/// <reference types="next/image-types/global" />\n');
}

async function types(root: string): Promise<StepResult> {
  ensureNextTypes(root);
  const { status, stdout, stderr } = await runTool(root, 'tsc', ['--noEmit', '--pretty', 'false', '--listFiles']);
  const lines = linesOf(stdout);
  const ours = lines.filter((line) => line.startsWith(root) && !line.includes('/node_modules/'));
  const problems = lines.filter((line) => !path.isAbsolute(line));
  if (status !== 0 && problems.length === 0) problems.push(...linesOf(stderr), `tsc ended with ${status}`);
  return { checked: ours.length, unit: 'files', problems };
}

/** Files, exports and dependencies that nothing uses. */
async function unused(root: string): Promise<StepResult> {
  const files = projectFiles(root, ['app', 'drizzle', 'e2e', 'lib', 'scripts', 'server', 'tests'], /\.tsx?$/);
  const { status, stdout, stderr } = await runTool(root, 'knip', ['--no-progress']);
  return { checked: files.length, unit: 'files', problems: status === 0 ? [] : linesOf(stdout || stderr) };
}

async function generated(root: string): Promise<StepResult> {
  const { status, stdout, stderr } = await runCommand(
    process.execPath,
    ['--import', 'tsx', 'scripts/generate.ts', '--check'],
    { cwd: root },
  );
  const lines = linesOf(stdout);
  const problems = status === 0 ? [] : [...lines.filter((line) => line.includes('STALE')), ...linesOf(stderr)];
  return { checked: lines.length, unit: 'catalogues', problems };
}

/** The steps of `npm run check`, in order. */
export const checkSteps = (root: string): Step[] => [
  { name: 'format and lint', run: () => biome(root) },
  { name: 'types', run: () => types(root) },
  { name: 'dependency rules', run: () => checkDependencies(root) },
  { name: 'unused code', run: () => unused(root) },
  { name: 'generated files', run: () => generated(root) },
];
