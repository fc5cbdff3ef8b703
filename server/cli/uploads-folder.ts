import { projectRoot } from '@/server/engine/project';
import { readEnv } from '@/server/env/env';

/** Data sets that people uploaded to the service on this machine: documents that name one train here too. */
export const uploadsFolder = (): string => readEnv(process.env, projectRoot).uploads;
