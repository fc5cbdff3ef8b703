import { projectRoot } from '@/server/engine/project';
import { runSteps } from './check/run-steps';
import { checkSteps } from './check/steps';

/** `npm run check`: format, lint, types, dependency rules, unused code, generated files. Exit code 1 on any finding. */
const { failed } = await runSteps(checkSteps(projectRoot));
if (failed > 0) process.exitCode = 1;
