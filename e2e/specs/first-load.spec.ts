import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

/**
 * Compressed bytes of scripts that may come before the first picture of a graph: for somebody who opens a link and was never
 * here, and for somebody who comes from the start page. What was reached is in docs/performance.md; here it may not get lost.
 */
const MOST = { link: 550_000, start: 340_000 };

for (const [from, most] of Object.entries(MOST))
  test(`the editor draws a graph before ${most / 1000} kB of scripts have come: ${from}`, async ({
    page,
    browser,
    contextOptions,
    watch,
  }) => {
    const id = await new EditorPage(page).create({ gallery: 'mnist-cnn' });
    const context = await browser.newContext({ ...contextOptions, storageState: await page.context().storageState() });
    const fresh = await context.newPage();
    watch(fresh);
    if (from === 'start') {
      await fresh.goto('/');
      await fresh.getByRole('link', { name: 'My documents' }).waitFor();
    }
    const network = await context.newCDPSession(fresh);
    const scripts = new Map<string, number>();
    network.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.set(requestId, 0));
    network.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
      const before = scripts.get(requestId);
      if (before !== undefined) scripts.set(requestId, before + encodedDataLength);
    });
    await network.send('Network.enable');
    await fresh.goto(`/documents/${id}`);
    await new EditorPage(fresh).nodes.first().waitFor();
    const bytes = [...scripts.values()].reduce((sum, each) => sum + each, 0);
    expect(bytes, `of ${scripts.size} scripts`).toBeLessThan(most);
    expect(bytes, 'scripts that were counted').toBeGreaterThan(100_000);
    await context.close();
  });
