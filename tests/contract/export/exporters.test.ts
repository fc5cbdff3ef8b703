import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Exporter, type ExportInput, exportFileName } from '@/lib/export/exporter';
import { exporters } from '@/lib/export/exporters.generated';
import { exporter as torchCode } from '@/lib/export/torch-code/torch-code.exporter';
import { emptyDocument } from '@/lib/graph/document';
import { kinds } from '@/lib/nodes/kinds.generated';
import { EXPORT_FORMATS } from '@/lib/protocol/service';
import { seededWeights } from '@/tests/parity/keras/seeded';
import { parityCard, seededModels } from '@/tests/parity/keras/seeded-models';

const [mlp] = seededModels();
if (!mlp) throw new Error('no model');

const input = (more: Partial<ExportInput> = {}): ExportInput => ({
  program: mlp.program,
  kinds,
  function: 'answer',
  weights: seededWeights(mlp.program),
  document: emptyDocument('A <b>title</b> & "quotes"\nprint("no")'),
  cards: { parity: parityCard },
  savedAt: new Date('2026-11-24T12:00:00Z'),
  assets: { tfjsBundle: async () => 'globalThis.text = "</script><!-- x";' },
  ...more,
});

it('offers every exporter in the service, and no other', () => {
  expect([...EXPORT_FORMATS].sort()).toEqual(Object.keys(exporters).sort());
});

describe.each(Object.entries(exporters) as [string, Exporter][])('%s', (format, exporter) => {
  it('describes itself', () => {
    expect(exporter.format).toBe(format);
    expect(exporter.extension).toMatch(/^\.[a-z.]+$/);
    expect(exporter.mime).toMatch(/^[a-z]+\/[a-z.+-]+$/);
    expect(exporter.summary).toMatch(/\.$/);
    expect(exportFileName(exporter, '../Ärger & Co/x', 'digit')).toBe(`rger-co-x-digit${exporter.extension}`);
    expect(exportFileName(exporter, '…', '?')).toBe(`model${exporter.extension}`);
  });

  it('writes the same bytes for the same weights', async () => {
    // HDF5 notes the second in which a data set was made.
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-25T12:00:00Z') });
    onTestFinished(() => void vi.useRealTimers());
    const [first, second] = [await exporter.export(input()), await exporter.export(input())];
    if (!('bytes' in first && 'bytes' in second)) throw new Error('refused');
    expect(first.bytes.length).toBeGreaterThan(500);
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });

  it('refuses an unknown function and says which there are', async () => {
    const result = await exporter.export(input({ function: 'other' }));
    expect(result).toMatchObject({ diagnostics: [{ code: 'export-unsupported', expected: 'answer' }] });
  });

  it('names the node that cannot be exported, and why', async () => {
    if (format === 'safetensors') return; // Weights alone can always be written.
    const { dense: _, ...rest } = kinds;
    const dense = kinds.dense;
    if (!dense) throw new Error('dense');
    const never = () => ({ unsupported: 'it is a test' });
    const emit = { keras: never, torch: never, onnx: never };
    const result = await exporter.export(input({ kinds: { ...rest, dense: { ...dense, emit } } }));
    if (!('diagnostics' in result)) throw new Error('was exported');
    expect(result.diagnostics.map((one) => one.at.node)).toEqual(['hidden', 'leaky', 'logits']);
    expect(result.diagnostics[0]?.message).toMatch(
      /^Dense “hidden” cannot be exported to (Keras|PyTorch|ONNX): it is a test\./,
    );
  });
});

describe('text of people', () => {
  const written = async (format: string) => {
    const result = await (exporters as Record<string, Exporter>)[format]?.export(input());
    if (!result || !('bytes' in result)) throw new Error('refused');
    return Buffer.from(result.bytes).toString('utf8');
  };

  it('cannot become part of a page', async () => {
    const page = await written('html');
    expect(page).not.toContain('<b>title');
    // The model, the document, TensorFlow.js and the page.
    expect(page.match(/<script/g)).toHaveLength(4);
    expect(page.match(/<\/script>/g)).toHaveLength(4);
    expect(page).not.toContain('<!--');
    expect(page).not.toMatch(/(src|href)=/);
  });

  it('cannot become part of a program', async () => {
    const files = await torchCode.export(input());
    if (!('bytes' in files)) throw new Error('refused');
    const module = Object.entries(unzipSync(files.bytes)).find(([name]) => name.endsWith('.py'))?.[1];
    for (const code of [await written('keras-code'), strFromU8(module ?? new Uint8Array())]) {
      expect(code).toContain('# A <b>title</b> & "quotes" print("no"): answer');
      expect(code.split('\n').filter((line) => line.startsWith('print'))).toEqual([]);
    }
  });
});
