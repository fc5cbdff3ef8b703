import { copyFileSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { addonFile, compileAddon } from './compile-addon';
import { EngineUnavailable } from './engine-problem';
import type { ReadyFile } from './installed-engine';
import type { Pip } from './pip';
import { projectRoot } from './project';
import type { Release } from './release';
import { testEngine } from './test-engine';
import { zigCompiler } from './zig-compiler';

type Way = ReadyFile['addon'];

/** Addons that `scripts/build-addon.ts` built, by platform. */
export const prebuiltAddon = (platform: string): string =>
  path.join(projectRoot, 'server', 'engine', 'prebuilt', `${platform}.node`);

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function compileLocally(release: Release, engine: string): Promise<void> {
  const reasons: string[] = [];
  for (const command of [process.env.CXX, 'c++', 'g++', 'clang++']) {
    if (!command) continue;
    try {
      return await compileAddon({ command, args: [] }, release, engine, addonFile(engine));
    } catch (error) {
      reasons.push(reasonOf(error));
    }
  }
  throw new Error(reasons.join('; '));
}

/**
 * Puts the addon beside the libraries in `engine`: the prebuilt one, else compiled by the machine's compiler, else by
 * zig. A way counts only when the engine then computes in a child process. `temporary`: an empty folder.
 */
export async function makeAddon(
  release: Release,
  engine: string,
  pip: Pip | null,
  temporary: string,
  onWay: (message: string) => void,
): Promise<Way> {
  const platform = `${process.platform}-${process.arch}`;
  const ways: { way: Way; message: string; make(): Promise<void> }[] = [
    {
      way: 'prebuilt',
      message: 'Testing the prebuilt addon',
      make: async () => {
        const file = prebuiltAddon(platform);
        if (!existsSync(file)) throw new Error(`none for ${platform}`);
        copyFileSync(file, addonFile(engine));
      },
    },
    {
      way: 'compiled',
      message: 'Compiling the addon',
      make: () => compileLocally(release, engine),
    },
    {
      way: 'zig',
      message: 'Fetching a compiler for the addon',
      make: async () => {
        if (platform !== 'linux-x64') throw new Error(`not pinned for ${platform}`);
        if (pip === null) throw new Error('needs pip');
        await compileAddon(await zigCompiler(pip, path.join(temporary, 'zig')), release, engine, addonFile(engine));
      },
    },
  ];
  const reasons: string[] = [];
  for (const { way, message, make } of ways) {
    try {
      onWay(message);
      await make();
      await testEngine(engine);
      return way;
    } catch (error) {
      reasons.push(`${way}: ${reasonOf(error)}`);
      rmSync(addonFile(engine), { force: true });
    }
  }
  throw new EngineUnavailable({
    code: 'addon',
    message: `The part of the native engine that ties it to Node could not be made (${reasons.join(' | ')}).`,
    fix: 'Run: apt-get install g++ and then: npm run engine:install',
  });
}
