import path from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { everyImport, runtimeImport } from './dependency-rules';
import { type Imports, writePlainTree } from './plain-tree';
import { projectFiles } from './project-files';
import type { StepResult } from './step';

const FOLDERS = ['app', 'drizzle', 'e2e', 'lib', 'scripts', 'server', 'tests'];

async function cruiseTree(root: string, imports: Imports, forbidden: IForbiddenRuleType[]): Promise<StepResult> {
  const files = projectFiles(root, FOLDERS, /\.tsx?$/);
  const tree = path.join(root, '.cache', `imports-${imports}`);
  writePlainTree(root, files, tree, imports);
  const folders = FOLDERS.filter((folder) => files.some((file) => file.startsWith(`${folder}/`)));
  const { output } = await cruise(folders, {
    baseDir: tree,
    ruleSet: { forbidden },
    validate: true,
    doNotFollow: { path: 'node_modules' },
  });
  const { modules, summary } = output as ICruiseResult;
  const cruised = new Set(modules.map(({ source }) => source));
  const missing = files.filter((file) => !cruised.has(file.replace(/\.tsx?$/, '.js')));
  const problems = summary.violations.map(({ rule, from, to }) => `${from} → ${to}: ${rule.name}`);
  if (missing.length > 0) problems.push(`${missing.length} files were not cruised, such as ${missing[0]}`);
  return { checked: files.length, unit: 'modules', problems };
}

/** Dependency rules: over every import, then over those that exist at run time. */
export async function checkDependencies(root: string): Promise<StepResult> {
  const every = await cruiseTree(root, 'every', everyImport);
  const runtime = await cruiseTree(root, 'runtime', runtimeImport);
  return { ...every, problems: [...every.problems, ...runtime.problems] };
}
