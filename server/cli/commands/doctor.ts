import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { doctor } from '@/server/engine/doctor';
import { projectRoot } from '@/server/engine/project';
import { readEnv } from '@/server/env/env';
import type { Command } from '../command';
import { EXIT } from '../exit-code';
import { parseOptions } from '../options';

export const command: Command = {
  summary: 'says which engine is active and what is missing',
  usage: '[--json]',
  async run(args) {
    const { values } = parseOptions(args, { json: { type: 'boolean', default: false } });
    const { home } = readEnv(process.env, projectRoot);
    const report = await doctor();
    const absent = Object.values(nodeDatasets().cards()).flatMap(({ id, title, missing }) =>
      missing === undefined
        ? []
        : [{ code: 'dataset-missing', message: `${title} (${id}) is not here.`, fix: missing }],
    );
    const paths = { ...report.paths, project: projectRoot, home };
    const problems = [...report.problems, ...absent];
    if (values.json) {
      console.log(JSON.stringify({ ...report, paths, problems }));
      return EXIT.done;
    }
    const { versions } = report;
    console.log(`engine      ${report.engine} (${report.device})`);
    const { available, reason, oneDnn } = report.compiledSteps;
    const compiled = `compiled${oneDnn ? ', convolutions by oneDNN' : ''}`;
    console.log(`steps       ${available ? compiled : `not compiled: ${reason}`}`);
    console.log(
      `versions    Node ${versions.node}, TensorFlow.js ${versions.tfjs}, TensorFlow ${versions.tensorflow ?? '–'}`,
    );
    for (const [name, path] of Object.entries(paths)) console.log(`${name.padEnd(12)}${path ?? '–'}`);
    if (problems.length === 0) console.log('Nothing is missing.');
    for (const { message, fix } of problems) console.log(`\n${message}\n  ${fix}`);
    return EXIT.done;
  },
};
