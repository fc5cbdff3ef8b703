import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test';

/**
 * Compressed bytes of the scripts that the editor's page names: for somebody who opens a link and was never here, and for
 * somebody who has those of the start page. What was reached is in docs/performance.md; here it may not get lost.
 */
const MOST = { link: 495_000, start: 275_000 };

test('the editor’s page loads no more scripts than it did', async ({ page }) => {
  const editor = await scriptsOf(page, '/documents/any');
  const start = await scriptsOf(page, '/');
  const own = [...editor].filter((script) => !start.has(script));
  expect(own.length, 'scripts of the editor alone').toBeGreaterThan(0);
  const bytes = new Map(
    await Promise.all([...editor].map(async (script) => [script, await compressed(page, script)] as const)),
  );
  const sum = (scripts: Iterable<string>) =>
    [...scripts].reduce((total, script) => total + (bytes.get(script) ?? 0), 0);
  expect(sum(editor), 'bytes for somebody with a link').toBeLessThan(MOST.link);
  expect(sum(own), 'bytes for somebody from the start page').toBeLessThan(MOST.start);
});

/** Addresses of scripts in a page's HTML, save those for browsers without modules. */
async function scriptsOf(page: Page, address: string): Promise<Set<string>> {
  const html = await (await page.request.get(address)).text();
  const old = new Set([...html.matchAll(/<script src="([^"]+)"[^>]*noModule/g)].map(([, script]) => script));
  const all = [...html.matchAll(/static\/chunks\/[\w~.-]+\.js/g)].map(([script]) => `/_next/${script}`);
  return new Set(all.filter((script) => !old.has(script)));
}

const compressed = async (page: Page, script: string): Promise<number> =>
  gzipSync(await (await page.request.get(script)).body()).length;
