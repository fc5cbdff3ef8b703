import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineHost } from '@/lib/engine/host';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { projectRoot, tsxArguments } from '@/server/engine/project';
import { runCommand } from '@/server/engine/run-command';
import { openWasmHost } from '@/server/engine/wasm-host';
import { difference, type Losses, lossesOf, trainedEntries } from '@/tests/helpers/gallery-losses';

const STEPS = 3;
/** Returns of a policy are whole numbers: their normalised values, near zero in the mean, carry the largest rounding errors. */
const NEAR = 1e-4;
let wasm: EngineHost;
let native: Record<string, Losses>;

beforeAll(async () => {
  const script = path.join(projectRoot, 'tests', 'helpers', 'print-native-losses.ts');
  const { status, stdout, stderr } = await runCommand(process.execPath, [...tsxArguments(), script, String(STEPS)], {
    cwd: projectRoot,
    env: process.env,
    timeoutSeconds: 300,
  });
  expect(status, stderr).toBe(0);
  native = JSON.parse(stdout);
  wasm = await openWasmHost(nodeDatasets());
}, 300_000);

/** A newcomer's browser trains what the service trains. */
describe.each(trainedEntries)('%s', (id) => {
  it('gives the same losses in WebAssembly as natively', async () => {
    const before = wasm.tf.memory().numTensors;
    const losses = await lossesOf(id, wasm, { algorithm: 'sgd', iterations: STEPS });
    expect(difference(losses, native[id] ?? [])).toBeLessThan(NEAR);
    expect(wasm.tf.memory().numTensors).toBe(before);
  });
});
