import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  /** Signs session cookies. */
  auth: string;
  /** Of the embedded PostgreSQL. */
  postgres: string;
}

/** The secrets of this installation, made at the first start and readable by its user alone. */
export function secretsOf(home: string): Secrets {
  const path = join(home, 'secrets.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Secrets;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const secrets: Secrets = { auth: randomBytes(32).toString('hex'), postgres: randomBytes(24).toString('hex') };
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(secrets), { mode: 0o600, flush: true });
  renameSync(temporary, path);
  return secrets;
}
