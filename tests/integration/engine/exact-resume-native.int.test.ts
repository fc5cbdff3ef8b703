import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { ensureEngine } from '@/server/engine/install-engine';
import { openNodeHost } from '@/server/engine/node-host';
import { resumesExactly } from './exact-resume';

resumesExactly('native TensorFlow, compiled, on one thread', async () => {
  await ensureEngine();
  const host = await openNodeHost({ engine: 'tensorflow', threads: 1, datasets: nodeDatasets() });
  if (!host.compiler) throw new Error('the native engine compiles steps');
  return host;
});
