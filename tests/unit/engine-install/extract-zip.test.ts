import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extractZip } from '@/server/engine/extract-zip';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'netloom-zip-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = new TextEncoder();
const noise = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i * 31) % 251);

function archive(): string {
  const file = path.join(folder, 'a.whl');
  const members: Zippable = {
    'a/lib.so': noise,
    'a/stored.h': [text.encode('int x;'), { level: 0 }],
    'b/other.txt': text.encode('no'),
  };
  writeFileSync(file, zipSync(members));
  return file;
}

describe('extractZip', () => {
  it('writes the chosen members, packed or stored, and leaves the others', async () => {
    const names = await extractZip(archive(), (name) =>
      name.startsWith('a/') ? path.join(folder, 'out', name) : null,
    );
    expect(names).toEqual(['a/lib.so', 'a/stored.h']);
    expect(new Uint8Array(readFileSync(path.join(folder, 'out/a/lib.so')))).toEqual(noise);
    expect(readFileSync(path.join(folder, 'out/a/stored.h'), 'utf8')).toBe('int x;');
  });

  it('refuses an archive that is cut short', async () => {
    const file = archive();
    truncateSync(file, 500);
    await expect(extractZip(file, () => path.join(folder, 'x'))).rejects.toThrow('not a ZIP archive, or cut short');
  });
});
