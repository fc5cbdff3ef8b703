import { ensureEngine } from '@/server/engine/install-engine';
import { openNodeHost } from '@/server/engine/node-host';
import { engine } from '../../contract/kinds/example';
import { compareEngines } from './compare-engines';

compareEngines('native TensorFlow', engine, async () => {
  await ensureEngine();
  const datasets = { open: () => Promise.reject(new Error('no data here')) };
  await openNodeHost({ engine: 'tensorflow', threads: 1, datasets });
});
