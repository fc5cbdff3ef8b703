import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogues } from './generate/catalogues';
import { renderCatalogue } from './generate/render';

/**
 * Writes the catalogues of kinds, data sets, gallery entries and exporters from file names. `--check` writes nothing and
 * exits with 1 where a committed file is not what would be written.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
let stale = 0;
let broken = 0;

for (const catalogue of catalogues) {
  const target = path.join(root, catalogue.target);
  let rendered: ReturnType<typeof renderCatalogue>;
  try {
    rendered = renderCatalogue(root, catalogue);
  } catch (error) {
    broken++;
    console.error(`${catalogue.target}: ${error instanceof Error ? error.message : String(error)}`);
    continue;
  }
  const { text, members } = rendered;
  const fresh = existsSync(target) && readFileSync(target, 'utf8') === text;
  if (!fresh && !check) {
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  if (!fresh) stale++;
  console.log(
    `${catalogue.target}: ${members} ${fresh ? '(fresh)' : check ? '(STALE: npm run generate)' : '(written)'}`,
  );
}
if (broken > 0 || (check && stale > 0)) process.exitCode = 1;
