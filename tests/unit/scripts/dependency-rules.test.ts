import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyImport, runtimeImport } from '@/scripts/check/dependency-rules';
import { type Imports, writePlainTree } from '@/scripts/check/plain-tree';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'netloom-rules-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const FILES: Record<string, string> = {
  'lib/base/low.ts': "import type { High } from '@/lib/nodes/high';\nexport type Low = High;",
  'lib/nodes/high.ts': "import fs from 'node:fs';\nexport type High = typeof fs;",
  'app/page.tsx':
    "import type { Router } from '@/server/api/router';\nexport const Page = () => <main>{String({} as Router)}</main>;",
  'server/api/router.ts': "import { start } from '../worker/main';\nexport type Router = typeof start;",
  'server/worker/main.ts': 'export const start = 1;',
};

async function violations(imports: Imports, forbidden: IForbiddenRuleType[]): Promise<string[]> {
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  const tree = path.join(root, 'plain');
  writePlainTree(root, Object.keys(FILES), tree, imports);
  const { output } = await cruise(['app', 'lib', 'server'], { baseDir: tree, ruleSet: { forbidden }, validate: true });
  return (output as ICruiseResult).summary.violations.map(({ from, to }) => `${from} → ${to}`).sort();
}

describe('dependency rules', () => {
  it('see imports of types where those count', async () => {
    expect(await violations('every', everyImport)).toEqual([
      'lib/base/low.js → lib/nodes/high.js',
      'lib/nodes/high.js → fs',
    ]);
  });

  it('see what runs: a procedure must not import a process, a page may know types', async () => {
    expect(await violations('runtime', runtimeImport)).toEqual(['server/api/router.js → server/worker/main.js']);
    expect(readFileSync(path.join(root, 'plain/app/page.js'), 'utf8')).not.toContain('server/api/router');
  });
});
