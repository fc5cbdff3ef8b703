import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogues } from './generate/catalogues';
import { derive } from './generate/derived';
import { renderCatalogue } from './generate/render';

/**
 * Writes the catalogues of kinds, data sets, gallery entries and exporters from file names, then what follows from the
 * kinds: reference pages and icons. `--check` writes nothing and exits with 1 where a committed file is not what would be
 * written.
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
  const fresh = keep(target, text);
  console.log(
    `${catalogue.target}: ${members} ${fresh ? '(fresh)' : check ? '(STALE: npm run generate)' : '(written)'}`,
  );
}
// Imported only now: these catalogues may just have been written.
const { faces } = broken === 0 ? await import('@/lib/nodes/faces.generated') : { faces: {} };
const { docs } = broken === 0 ? await import('@/lib/nodes/docs.generated') : { docs: {} };
for (const { folder, files } of broken === 0 ? derive(faces, docs) : []) {
  const targets = Object.entries(files);
  const kept = targets.filter(([target, text]) => keep(path.join(root, target), text)).length;
  const gone = folder === undefined ? [] : surplus(folder, files);
  stale += gone.length;
  if (!check) for (const file of gone) rmSync(path.join(root, file));
  const state =
    kept === targets.length && gone.length === 0 ? '(fresh)' : check ? '(STALE: npm run generate)' : '(written)';
  console.log(`${folder ?? targets.map(([target]) => target).join(', ')}: ${targets.length} ${state}`);
}
if (broken > 0 || (check && stale > 0)) process.exitCode = 1;

/** Whether a file holds this text already; where it does not, it is written, or counted when only checking. */
function keep(target: string, text: string): boolean {
  if (existsSync(target) && readFileSync(target, 'utf8') === text) return true;
  stale++;
  if (!check) {
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return false;
}

/** Files of a generated folder that nothing makes any more. */
function surplus(folder: string, files: Record<string, string>): string[] {
  const at = path.join(root, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at)
    .map((name) => `${folder}/${name}`)
    .filter((file) => !(file in files));
}
