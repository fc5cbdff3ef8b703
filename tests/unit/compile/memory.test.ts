import { expect, test } from 'vitest';
import { limitsOn } from '@/lib/compile/limits-on';
import { fittingBatch } from '@/lib/compile/measure-memory';
import { gallery } from '@/lib/gallery/gallery.generated';
import type { Document } from '@/lib/graph/document';
import { compiled } from '@/tests/helpers/compile-context';

const mnist = (): Document => structuredClone(gallery['mnist-cnn']?.document) as Document;

test('weights, gradients, what Adam keeps, and activations are counted, four bytes a number', () => {
  const document = mnist();
  const { parameters, memory, activationBytes } = compiled(document).totals;
  expect(parameters).toBe(421_642);
  expect(memory).toMatchObject({ weights: 4 * 421_642, gradients: 4 * 421_642, optimizer: 8 * 421_642, batch: 64 });
  expect(memory.activations).toBe(activationBytes);
  expect(memory.bytes).toBe(memory.weights + memory.gradients + memory.optimizer + memory.activations);
  // Its weights four times over, and 128 numbers for each example; the first convolution takes a little less.
  expect(memory.biggest).toEqual({ path: 'dense1', bytes: 16 * 401_536 + 64 * 128 * 4 });
});

test('plain gradient descent keeps nothing, and without an optimizer there are no gradients', () => {
  const document = mnist();
  const optimizer = Object.values(document.graph.nodes).find(({ kind }) => kind === 'adam');
  Object.assign(optimizer ?? {}, { kind: 'sgd', params: {} });
  expect(compiled(document).totals.memory).toMatchObject({ gradients: 4 * 421_642, optimizer: 0 });
  Object.assign(optimizer ?? {}, { muted: true });
  expect(compiled(document).totals.memory).toMatchObject({ gradients: 0, optimizer: 0 });
});

test('a batch that does not fit the device is refused, with the largest that does', () => {
  const document = mnist();
  document.settings.batch = 4096;
  const device = 400e6;
  const { diagnostics, totals } = compiled(document, { limits: limitsOn(device) });
  expect(totals.memory.activations).toBeGreaterThan(device);
  expect(diagnostics[0]).toMatchObject({ code: 'too-large', severity: 'error', at: { node: 'conv1' } });
  const batch = fittingBatch(totals.memory, 0.75 * device);
  expect(diagnostics[0]?.fix?.title).toBe(`Set the batch to ${batch}`);
  document.settings.batch = batch ?? 1;
  const after = compiled(document, { limits: limitsOn(device) });
  expect(after.diagnostics).toEqual([]);
  expect(after.totals.memory.bytes).toBeLessThanOrEqual(0.75 * device);
  const tight = limitsOn(after.totals.memory.bytes / 0.9);
  expect(compiled(document, { limits: tight }).diagnostics[0]).toMatchObject({ code: 'memory-tight' });
});

test('where the weights alone are too many, no batch is offered', () => {
  const { memory } = compiled(mnist()).totals;
  expect(fittingBatch(memory, memory.weights)).toBeNull();
});
