import { AppError } from '@/server/errors/app-error';

/** What one workspace may hold at a time. */
export const WORKSPACE_LIMITS = {
  documents: 500,
  versions: 200,
  libraryBlocks: 300,
  activeRuns: 20,
  runs: 5_000,
  datasets: 100,
  datasetBytes: 2_000_000_000,
  assets: 100,
  assetBytes: 4_000_000_000,
  workspacesPerUser: 20,
} as const;

const WORDS: Record<keyof typeof WORKSPACE_LIMITS, string> = {
  documents: 'documents in one workspace; remove some, or use another workspace',
  versions: 'named versions of one document; remove some',
  libraryBlocks: 'blocks in the library of one workspace; remove some',
  activeRuns: 'runs that wait or train at the same time; let some finish, or cancel some',
  runs: 'runs in one workspace; remove some',
  datasets: 'uploaded data sets in one workspace; remove some',
  datasetBytes: 'bytes of uploaded data in one workspace; remove some',
  assets: 'files of trained weights in one workspace; remove some',
  assetBytes: 'bytes of trained weights in one workspace; remove some',
  workspacesPerUser: 'workspaces of one person; use an existing one',
};

/** Throws `limit` where `count` would be more than the limit; the message names it. */
export function requireWithin(limit: keyof typeof WORKSPACE_LIMITS, count: number): void {
  const most = WORKSPACE_LIMITS[limit];
  if (count > most) {
    throw new AppError('limit', `The limit is ${most.toLocaleString('en')} ${WORDS[limit]}.`);
  }
}
