import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What the built pages are made of. */
const SOURCES = ['app', 'lib', 'next.config.js', 'tsconfig.json', 'package-lock.json'];
/** Which sources the build in Next's folder belongs to. */
const STAMP = 'netloom-sources';

export interface BuildPagesOptions {
  project: string;
  /** Next's `distDir`, relative to the project. */
  nextDir: string;
  signal: AbortSignal;
  onBuild(): void;
}

/** Builds the pages unless the build there is of these very sources. Answers whether it had to. */
export async function buildPages(options: BuildPagesOptions): Promise<boolean> {
  const { project, nextDir } = options;
  const stamp = join(project, nextDir, STAMP);
  const hash = hashSources(project);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  options.onBuild();
  await runBuild(options);
  mkdirSync(join(project, nextDir), { recursive: true });
  // A build of sources that changed meanwhile is of neither: the next start builds again.
  if (hashSources(project) === hash) writeFileSync(stamp, hash);
  return true;
}

function hashSources(project: string): string {
  const hash = createHash('sha256').update(process.versions.node);
  for (const source of SOURCES) {
    for (const path of filesOf(join(project, source))) {
      hash.update(`\0${relative(project, path)}\0`).update(readFileSync(path));
    }
  }
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function runBuild({ project, nextDir, signal }: BuildPagesOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(project, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: project,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', NETLOOM_NEXT_DIR: nextDir },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    let said = '';
    const keep = (text: string) => {
      said = (said + text).slice(-20_000);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The pages could not be built:\n${said}`));
    });
  });
}
