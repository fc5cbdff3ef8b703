import { expect, test } from 'vitest';
import type { ExportInput } from '@/lib/export/exporter';
import { exporters } from '@/lib/export/exporters.generated';
import { makeKerasGraph } from '@/lib/export/keras-graph';
import { emptyDocument } from '@/lib/graph/document';
import { kinds } from '@/lib/nodes/kinds.generated';
import { programOf } from '@/tests/helpers/compile-context';
import { segmentationDocument } from '@/tests/helpers/data-documents';

const exported = (): ExportInput => {
  const program = programOf(segmentationDocument());
  return {
    program,
    clocks: {},
    kinds,
    function: 'segment',
    weights: Object.fromEntries(
      program.variables.map(({ id, shape }) => [
        id,
        { data: new Float32Array(shape.reduce((product, size) => product * size, 1)), shape },
      ]),
    ),
    document: emptyDocument('Segmentation'),
    cards: {},
    savedAt: new Date('2026-11-30T12:00:00Z'),
    assets: { tfjsBundle: async () => '' },
  };
};

test('pictures that are augmented with their masks are exported without masks', () => {
  const made = makeKerasGraph(exported());
  if (!('graph' in made)) throw new Error(JSON.stringify(made.diagnostics));
  expect(made.graph.inputs.map(({ name }) => name)).toEqual(['image']);
  expect(made.graph.layers.map(({ className }) => className)).toEqual(['InputLayer', 'Conv2D']);
});

test.each(['onnx', 'torch-code'])('%s needs no mask either', async (format) => {
  const made = await exporters[format]?.export(exported());
  expect(made).toHaveProperty('bytes');
});
