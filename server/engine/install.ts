import { parseArgs } from 'node:util';
import { EngineUnavailable } from './engine-problem';
import { ensureEngine } from './install-engine';
import { progressLine } from './progress-line';

/** `npm run engine:install [-- --gpu] [--force]`: exit code 0 with the engine's folder on stdout, 1 with the reason. */
const { values } = parseArgs({
  options: { gpu: { type: 'boolean', default: false }, force: { type: 'boolean', default: false } },
});
const line = progressLine(process.stderr);
try {
  const { folder, ready, fresh } = await ensureEngine({
    variant: values.gpu ? 'gpu' : 'cpu',
    force: values.force,
    onProgress: line.show,
  });
  line.end();
  console.error(
    `TensorFlow ${ready.version} (${ready.key}, addon ${ready.addon}) ${fresh ? 'installed' : 'was there already'}`,
  );
  console.log(folder);
} catch (error) {
  line.end();
  if (!(error instanceof EngineUnavailable)) throw error;
  console.error(`Not installed. ${error.problem.message}\n${error.problem.fix}`);
  process.exitCode = 1;
}
