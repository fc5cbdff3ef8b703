import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectRoot, tsxArguments } from '@/server/engine/project';
import { cookieOf, until } from '@/tests/helpers/service';

/** The whole of `npm start` but for pages and training: processes are killed and the service must come back. */
const home = mkdtempSync(join(tmpdir(), 'netloom-launcher-'));
const running = new Set<ChildProcess>();

afterAll(async () => {
  await Promise.all([...running].map((child) => end(child, 'SIGTERM')));
  rmSync(home, { recursive: true, force: true });
});

interface Started {
  child: ChildProcess;
  address: string;
  output(): string;
}

async function start(): Promise<Started> {
  const child = spawn(process.execPath, [...tsxArguments(), 'server/launcher/main.ts'], {
    cwd: projectRoot,
    env: {
      ...process.env,
      NETLOOM_HOME: home,
      NETLOOM_PAGES: 'off',
      NETLOOM_WORKERS: '0',
      NETLOOM_ENGINE: 'wasm',
      NETLOOM_HOST: '127.0.0.1',
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const address = () => /http:\/\/localhost:\d+/g.exec(output)?.[0];
  await until(() => {
    if (child.exitCode !== null) throw new Error(`The launcher ended: ${output}`);
    return address() !== undefined;
  });
  return { child, address: address() ?? '', output: () => output };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/** Children of a process, by what their command line holds. */
function childrenOf(pid: number, words: string): number[] {
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      if (parent === pid && command.includes(words)) found.push(Number(name));
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}

const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

const answers = async (address: string) =>
  fetch(`${address}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => answer.ok,
    () => false,
  );

async function newGuest(address: string): Promise<string> {
  const answer = await fetch(`${address}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { origin: address, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(answer.status).toBe(200);
  return cookieOf(answer);
}

const session = async (address: string, cookie: string) =>
  (await fetch(`${address}/api/trpc/session.get`, { headers: { cookie } })).json();

test.skipIf(process.platform !== 'linux')('the service survives the death of each of its processes', async () => {
  const first = await start();
  const launcher = first.child.pid ?? 0;
  const cookie = await newGuest(first.address);
  const before = await session(first.address, cookie);
  expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600);

  // PostgreSQL, with all its backends' parent.
  const [postgres = 0] = childrenOf(launcher, 'bin/postgres');
  expect(postgres).toBeGreaterThan(0);
  process.kill(postgres, 'SIGKILL');
  await until(async () => isGone(postgres) && (await answers(first.address)));
  expect(await session(first.address, cookie)).toEqual(before);

  // The web process; the port is the system's choice, so it may be another one afterwards.
  const [web = 0] = childrenOf(launcher, 'web/main.ts');
  expect(web).toBeGreaterThan(0);
  process.kill(web, 'SIGKILL');
  await until(() => first.output().match(/ready on/g)?.length === 2);
  const address =
    first
      .output()
      .match(/http:\/\/localhost:\d+/g)
      ?.at(-1) ?? '';
  expect(await session(address, cookie)).toEqual(before);

  // A second launcher on the same folder says so and leaves the first alone.
  await expect(start()).rejects.toThrow(/already runs with the data folder/);
  expect(await answers(address)).toBe(true);

  // The launcher itself: nothing stays behind, and the next start finds everything.
  const left = [...childrenOf(launcher, 'bin/postgres'), ...childrenOf(launcher, 'web/main.ts')];
  expect(left).toHaveLength(2);
  await end(first.child, 'SIGKILL');
  await until(() => left.every(isGone));
  const second = await start();
  expect(await session(second.address, cookie)).toEqual(before);

  // An orderly stop takes all with it, also when asked twice.
  const rest = [...childrenOf(second.child.pid ?? 0, 'bin/postgres'), ...childrenOf(second.child.pid ?? 0, 'web/main')];
  second.child.kill('SIGINT');
  await end(second.child, 'SIGINT');
  expect(second.child.exitCode).toBe(0);
  await until(() => rest.every(isGone));
});

test('a wrong setting is named and nothing is started', async () => {
  const child = spawn(process.execPath, [...tsxArguments(), 'server/launcher/main.ts'], {
    cwd: projectRoot,
    env: { ...process.env, NETLOOM_HOME: join(home, 'other'), PORT: 'eighty' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  expect(said).toMatch(/Environment variable PORT/);
  expect(child.exitCode).toBe(3);
});
