import { describe, expect, it } from 'vitest';
import { type Catalogue, catalogueText, exportedNames } from '@/scripts/generate/catalogue';

const kinds: Catalogue = {
  target: 'lib/nodes/kinds.generated.ts',
  name: 'kinds',
  folder: 'lib/nodes',
  key: (path) => path,
  exports: ['face', 'run', 'emit'],
  member: 'object',
  type: 'Kind',
};

describe('generated catalogues', () => {
  it('find exports by a scan of the text, but not in comments, longer names or inner scopes', () => {
    const source = [
      'export const face: Face = {};',
      '// export const emit',
      'export const runner = 1;',
      '  export const emit',
    ].join('\n');
    expect(exportedNames(source, ['face', 'run', 'emit'])).toEqual(['face']);
  });

  it('sort members by key, quote keys and import only what a file has', () => {
    const text = catalogueText(
      kinds,
      [
        { key: 'sgd', module: './optimizers/sgd.node', exports: ['face', 'run'] },
        { key: 'conv-2d', module: './convolution/conv-2d.node', exports: ['face'] },
      ],
      './kind',
    );
    expect(text.split('\n').slice(1)).toEqual([
      "import { face as conv2dFace } from './convolution/conv-2d.node';",
      "import { face as sgdFace, run as sgdRun } from './optimizers/sgd.node';",
      "import type { Kind } from './kind';",
      '',
      'export const kinds: Record<string, Kind> = {',
      "  'conv-2d': { face: conv2dFace },",
      '  sgd: { face: sgdFace, run: sgdRun },',
      '};',
      '',
    ]);
  });

  it('are empty and typed while their folder is', () => {
    expect(catalogueText(kinds, [], null)).toContain('export const kinds: Record<string, never> = {};');
  });

  it('refuse members whose type nobody declares', () => {
    expect(() => catalogueText(kinds, [{ key: 'sgd', module: './sgd.node', exports: ['face'] }], null)).toThrow(
      'no file that exports Kind',
    );
  });
});
