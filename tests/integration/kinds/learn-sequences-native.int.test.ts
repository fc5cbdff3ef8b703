import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import { learnSequences } from './learn-sequences';

learnSequences('the native engine', () => openNodeHost({ engine: 'auto', threads: 1, datasets: nodeDatasets() }));
