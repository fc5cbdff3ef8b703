import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEnv } from '@/server/env/env';
import { secretsOf } from '@/server/env/secrets';
import { AppError, toAppError } from '@/server/errors/app-error';
import { lockHome } from '@/server/launcher/home-lock';

test('settings have defaults below the project and the user’s home', () => {
  const env = readEnv({}, '/somewhere');
  expect(env).toMatchObject({
    home: '/somewhere/.netloom',
    blobs: '/somewhere/.netloom/blobs',
    port: 3000,
    workers: 1,
  });
  expect(readEnv({ NETLOOM_HOME: '/data', PORT: '', NETLOOM_ORIGINS: 'https://a, https://b' }, '/x')).toMatchObject({
    home: '/data',
    port: 3000,
    origins: ['https://a', 'https://b'],
  });
});

test.each([
  ['PORT', '70000'],
  ['NETLOOM_ENGINE', 'abacus'],
  ['NETLOOM_WORKERS', '-1'],
])('%s=%s is named as wrong', (name, value) => {
  expect(() => readEnv({ [name]: value }, '/x')).toThrow(`Environment variable ${name}`);
});

test('secrets are made once and are the user’s alone', () => {
  const home = mkdtempSync(join(tmpdir(), 'netloom-secrets-'));
  const made = secretsOf(home);
  expect(made.auth).toMatch(/^[0-9a-f]{64}$/);
  expect(secretsOf(home)).toEqual(made);
  expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600);
  rmSync(home, { recursive: true });
});

test('a data folder has one launcher, and a dead one’s lock is taken over', () => {
  const home = mkdtempSync(join(tmpdir(), 'netloom-lock-'));
  const lock = join(home, 'launcher.json');
  // A living process, but not the one that wrote this: its start time differs.
  writeFileSync(lock, JSON.stringify({ pid: process.ppid, started: 'long ago' }));
  const unlock = lockHome(home);
  expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid });
  unlock();
  writeFileSync(lock, 'torn');
  lockHome(home)();
  rmSync(home, { recursive: true });
});

test('errors that are not ours say nothing of the inside', () => {
  const known = new AppError('limit', 'The limit is 20 runs.');
  expect(toAppError(known)).toBe(known);
  const secret = toAppError(new Error('/root/secret/path exploded'));
  expect(secret.code).toBe('internal');
  expect(secret.message).not.toContain('secret');
  const away = new Error('Failed query', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) });
  expect(toAppError(away).code).toBe('unavailable');
  expect(toAppError(Object.assign(new Error('x'), { code: 'ENOSPC' })).code).toBe('disk-full');
});
