import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openWasmHost } from '@/server/engine/wasm-host';
import { resumesExactly } from './exact-resume';

resumesExactly('WebAssembly', () => openWasmHost(nodeDatasets()));
