import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = readdirSync('lib/nodes', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

it('finds the files of the kinds', () => {
  expect(files.filter((file) => file.endsWith('.node.ts')).length).toBeGreaterThanOrEqual(40);
});

it.each(files)('%s takes TensorFlow.js as an argument and draws only from the context', (file) => {
  const text = readFileSync(`lib/nodes/${file}`, 'utf8');
  expect(text).not.toMatch(/^import (?!type )[^;]*@tensorflow/m);
  expect(text).not.toMatch(/Math\.random|tf\.(random|dropout|truncatedNormal|layers|train)\b/);
});
