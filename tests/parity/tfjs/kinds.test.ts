import { beforeAll, describe, expect, it } from 'vitest';
import { required } from '@/lib/base/invariant';
import { callFunction } from '@/lib/engine/call-function';
import type { EngineHost } from '@/lib/engine/host';
import { exporter } from '@/lib/export/tfjs/tfjs.exporter';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import { examplesOf } from '@/tests/helpers/examples-of';
import { exampleModel, exportInput, layerKinds, variations } from '../keras/example-models';
import { expectClose } from '../keras/peer';
import { predictWithTfjs } from './load-tfjs';

let host: EngineHost;
const compared = new Set<string>();
beforeAll(async () => {
  host = await openNodeHost({ engine: 'cpu', threads: 1, datasets: nodeDatasets() });
});

describe.each(layerKinds())('%s', (id, kind) => {
  it('gives the same in TensorFlow.js, or says why it cannot', async () => {
    for (const example of examplesOf(kind))
      for (const params of variations(kind, example)) {
        const model = exampleModel(kind, example, params);
        if (!model) continue;
        const result = await exporter.export(exportInput(model, id));
        if ('diagnostics' in result) {
          expect(result.diagnostics[0]?.message).toMatch(/cannot|does not take|has no input|gives back its input/);
          continue;
        }
        const { answer } = callFunction(model.program, model.weights, host, 'answer', model.inputs);
        try {
          expectClose(await predictWithTfjs(result.bytes, model.inputs), required(answer, 'answer'));
        } catch (error) {
          throw new Error(`${model.title}: ${error instanceof Error ? error.message : error}`);
        }
        compared.add(id);
      }
  });
});

it('compares most layers', () => {
  expect(compared.size).toBeGreaterThan(15);
});
