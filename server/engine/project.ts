import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Folder of the checkout: children run there, so that `tsx` finds the import alias in tsconfig.json. */
export const projectRoot = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Resolves packages as a file of this project would. */
export const projectRequire = createRequire(path.join(projectRoot, 'package.json'));

/** Node arguments that let a child run TypeScript: put them in front of the file. */
export const tsxArguments = (): string[] => ['--import', pathToFileURL(projectRequire.resolve('tsx')).href];
