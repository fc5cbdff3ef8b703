import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { ensureEngine } from '@/server/engine/install-engine';
import { openNodeHost } from '@/server/engine/node-host';
import { lossesOf, trainedEntries } from './gallery-losses';

/** For tests of other engines, of which a process holds one: every entry's first steps on the native one, as JSON. */
await ensureEngine();
const host = await openNodeHost({ engine: 'tensorflow', threads: 2, datasets: nodeDatasets() });
const iterations = Number(process.argv[2]);
const losses: Record<string, unknown> = {};
for (const id of trainedEntries) losses[id] = await lossesOf(id, host, { algorithm: 'sgd', iterations });
// Ends by itself, as a process that trained must be able to.
console.log(JSON.stringify(losses));
