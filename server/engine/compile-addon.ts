import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRequire, projectRoot } from './project';
import type { Release } from './release';
import { runCommand } from './run-command';

/** Libraries and addon of an engine lie here, below its folder. */
export const addonFile = (engine: string): string => path.join(engine, 'tensorflow', 'tfjs_binding.node');

const packageFolder = (name: string): string => path.dirname(projectRequire.resolve(`${name}/package.json`));

/** A C++ compiler, such as `g++` or `zig c++ -target …`. */
export interface Compiler {
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
}

/**
 * Compiles TensorFlow.js' binding (its sources come with the npm package) and our additions (`addon/`) against the Node-API headers and the libraries
 * in `engine`, in one line and without node-gyp. Node-API 8 is stable: the addon fits every Node from 16 on. Throws with
 * the compiler's first line.
 */
export async function compileAddon(compiler: Compiler, release: Release, engine: string, to: string): Promise<void> {
  const sources = path.join(packageFolder('@tensorflow/tfjs-node-gpu'), 'binding');
  const own = path.join(projectRoot, 'server', 'engine', 'addon');
  const mac = release.key.startsWith('darwin');
  const result = await runCommand(
    compiler.command,
    [
      ...compiler.args,
      ...['-std=c++17', '-O2', '-fPIC', '-fvisibility=hidden', '-shared', '-DNAPI_VERSION=8'],
      `-ffile-prefix-map=${sources}=binding`,
      `-ffile-prefix-map=${own}=addon`,
      `-I${path.join(packageFolder('node-api-headers'), 'include')}`,
      `-I${path.join(engine, 'include')}`,
      `-I${sources}`,
      path.join(sources, 'tfjs_backend.cc'),
      ...readdirSync(own)
        .filter((file) => file.endsWith('.cc'))
        .sort()
        .map((file) => path.join(own, file)),
      ...['-o', to],
      ...release.libraries.map((library) => path.join(engine, 'tensorflow', library)),
      ...(mac ? ['-Wl,-undefined,dynamic_lookup', '-Wl,-rpath,@loader_path'] : ['-s', '-Wl,-rpath,$ORIGIN']),
    ],
    { timeoutSeconds: 600, ...(compiler.env === undefined ? {} : { env: compiler.env }) },
  );
  if (result.status === 0) return;
  const reason = result.stderr.split('\n').find((line) => line.trim() !== '');
  throw new Error(`${compiler.command}: ${reason ?? `ended with ${result.signal ?? result.status}`}`);
}
