import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openWasmHost } from '@/server/engine/wasm-host';
import { learnSequences } from './learn-sequences';

learnSequences('WebAssembly', () => openWasmHost(nodeDatasets()));
