import { openWasmHost } from '@/server/engine/wasm-host';
import { engine } from '../../contract/kinds/example';
import { compareEngines } from './compare-engines';

compareEngines('WASM', engine, () => openWasmHost({ open: () => Promise.reject(new Error('no data here')) }));
