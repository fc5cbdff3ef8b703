import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gallery } from '@/lib/gallery/gallery.generated';
import { netloom } from './run-netloom';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'netloom-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('netloom', () => {
  it('answers usage mistakes with exit code 2 and what would be right', async () => {
    const unknown = await netloom(['trian']);
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('no command “trian”') });
    const epochs = await netloom(['train', 'gallery:mnist-mlp', '--epochs', 'two']);
    expect(epochs).toMatchObject({ status: 2, stderr: expect.stringContaining('--epochs takes a whole number') });
    const both = await netloom(['train', 'gallery:mnist-mlp', '--epochs', '1', '--iterations', '5']);
    expect(both).toMatchObject({ status: 2, stderr: expect.stringContaining('not both') });
  });

  it('answers wrong input with exit code 1', async () => {
    const entry = await netloom(['train', 'gallery:nothing']);
    expect(entry).toMatchObject({ status: 1, stderr: expect.stringContaining('There are: ') });
    const file = await netloom(['check', path.join(folder, 'absent.json')]);
    expect(file).toMatchObject({ status: 1, stderr: expect.stringContaining('does not exist') });
    const export_ = await netloom(['export', folder, '--format', 'keras']);
    expect(export_).toMatchObject({ status: 1, stderr: expect.stringContaining('holds no run') });
  });

  it('lists the gallery with the expected results', async () => {
    const { status, lines } = await netloom(['gallery', 'list', '--json']);
    expect(status).toBe(0);
    const [list] = lines as unknown as { id: string; section: string; expected: unknown[] }[][];
    expect(list?.map(({ id }) => id).sort()).toEqual(Object.keys(gallery).sort());
    expect(list?.every(({ section }) => 'ABCDE'.includes(section))).toBe(true);
  });

  it('reports engine, versions and problems', async () => {
    const { status, lines } = await netloom(['doctor', '--json']);
    expect(status).toBe(0);
    expect(lines[0]).toMatchObject({
      engine: expect.stringMatching(/^(tensorflow|wasm|cpu)$/),
      versions: { node: process.versions.node, tfjs: '4.22.0' },
      problems: expect.any(Array),
    });
  });

  it('tells the truth about an engine that is not installed, and installs nothing', async () => {
    const { lines } = await netloom(['doctor', '--json'], { NETLOOM_CACHE: path.join(folder, 'empty-cache') });
    expect(lines[0]).toMatchObject({ engine: 'wasm', versions: { tensorflow: null } });
    expect(lines[0]?.problems).toContainEqual(
      expect.objectContaining({ code: 'not-installed', fix: expect.stringContaining('npm run engine:install') }),
    );
  });
});

describe('netloom check', () => {
  it('gives totals and a hash', async () => {
    const { status, lines } = await netloom(['check', 'gallery:mnist-cnn', '--json']);
    expect(status).toBe(0);
    // By hand: (3·3·1 + 1)·32 + (3·3·32 + 1)·64 + (7·7·64 + 1)·128 + (128 + 1)·10.
    expect(lines[0]).toMatchObject({
      ok: true,
      totals: { parameters: 421_642, trainableParameters: 421_642 },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('names a broken document with exit code 1', async () => {
    const file = path.join(folder, 'broken.json');
    writeFileSync(file, '{"schema":1,"title":"x","graph":');
    const { status, lines } = await netloom(['check', file, '--json']);
    expect(status).toBe(1);
    expect(lines[0]).toMatchObject({ ok: false, diagnostics: [{ code: 'document-invalid' }] });
  });
});
