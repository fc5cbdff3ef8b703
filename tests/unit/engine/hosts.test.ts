import * as tfjs from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { DatasetOpener } from '@/lib/datasets/card';
import { isGenerated } from '@/lib/datasets/dataset';
import { datasets } from '@/lib/datasets/datasets.generated';
import { openGenerated } from '@/lib/datasets/open-generated';
import { browserHost } from '@/lib/engine/browser-host';
import type { RunEvent } from '@/lib/protocol/run-event';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openCpuHost } from '@/server/engine/cpu-host';
import { openWasmHost } from '@/server/engine/wasm-host';
import { collectRun, timeless } from '@/tests/helpers/collect-run';
import { batchNormDocument, ganDocument, mlpDocument, programOf } from '@/tests/helpers/programs';

/** As a page has them: rows that are made in code, no files. */
const generated: DatasetOpener = {
  async open(id, options) {
    const definition = datasets[id];
    if (!definition || !isGenerated(definition)) throw new Error(`${id} is not made in code`);
    return openGenerated(definition, options);
  },
};

/** Without what names the machine. */
const anywhere = (event: RunEvent): unknown =>
  event.type === 'started' ? { ...event, device: '', engine: '' } : timeless(event);

it('a page learns what a server would, from the same code', async () => {
  const program = programOf(ganDocument());
  const server = await collectRun(program, await openCpuHost(nodeDatasets()));
  const page = await collectRun(program, browserHost(tfjs, 'cpu', generated));
  expect(page.events.map(anywhere)).toEqual(server.events.map(anywhere));
  expect(page.last?.tensors).toEqual(server.last?.tensors);
});

it.each([
  [
    'dropout and Adam',
    () => programOf(mlpDocument('digits', 'image', [16, 10], { batch: 400, epochs: 2, dropout: 0.3 })),
  ],
  ['batch norm and gathered gradients', () => programOf(batchNormDocument())],
])('WebAssembly gives what JavaScript gives, up to rounding: %s', async (_, make) => {
  const program = make();
  const cpu = await collectRun(program, await openCpuHost(nodeDatasets()));
  const host = await openWasmHost(nodeDatasets());
  const before = host.tf.memory().numTensors;
  const wasm = await collectRun(program, host);
  expect(host.tf.memory().numTensors).toBe(before);
  expect(wasm.events.map(({ type }) => type)).toEqual(cpu.events.map(({ type }) => type));
  wasm.events.forEach((event, i) => {
    const other = cpu.events[i];
    if (event.type !== 'metrics' || other?.type !== 'metrics') return;
    expect(event.values['train.loss']).toBeCloseTo(other.values['train.loss'] ?? 0, 3);
  });
});
