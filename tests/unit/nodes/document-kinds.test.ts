import { expect, it } from 'vitest';
import { docs } from '@/lib/nodes/docs.generated';
import { documentCatalogue, documentKind } from '@/lib/nodes/document-kinds';
import { faces } from '@/lib/nodes/faces.generated';
import type { Face, KindDocs } from '@/lib/nodes/kind';
import { derive } from '@/scripts/generate/derived';

it('writes a page with ports, params and formula', () => {
  const page = documentKind(faces.dropout as Face, docs.dropout as KindDocs);
  expect(page).toContain('# Dropout\n');
  expect(page).toContain('| `x` | Input | tensor |');
  expect(page).toContain('| `rate` | Rate | number, 0 to 0.99; can be driven | `0.5` |');
  expect(page).toContain('y = x · m / (1 − rate)');
});

it('lists every kind once, by category', () => {
  const overview = documentCatalogue(faces);
  for (const id of Object.keys(faces)) expect(overview.split(`(${id}.md)`)).toHaveLength(2);
  expect(overview).toContain('## Convolution');
});

it('derives a page for each kind and one list of icons', () => {
  const [pages, icons] = derive(faces, docs);
  expect(Object.keys(pages?.files ?? {})).toHaveLength(Object.keys(faces).length + 1);
  expect(Object.values(icons?.files ?? {})[0]).toContain("'grid-3x3': IconGrid3x3,");
});
