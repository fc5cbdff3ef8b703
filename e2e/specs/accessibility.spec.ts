import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { makeDocument, startRun } from '../fixtures/call-service';
import { expect, test } from '../fixtures/test';

/** What axe finds serious or critical, with the places, ready to be read in a failure. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} at ${node.target.join(' ')}`));
}

for (const scheme of ['dark', 'light'] as const) {
  test(`home, editor and run page can be used by everybody, ${scheme}`, async ({ page }) => {
    await page.addInitScript((value) => localStorage.setItem('mantine-color-scheme-value', value), scheme);
    const documentId = await makeDocument(page, 'linear-vs-nonlinear');
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    expect.soft(await violations(page), 'home').toEqual([]);

    const runId = await startRun(page, documentId);
    await page.goto(`/documents/${documentId}`);
    await page
      .getByRole('button', { name: 'Run', exact: true })
      .or(page.getByRole('button', { name: 'Stop' }))
      .first()
      .waitFor();
    expect.soft(await violations(page), 'editor').toEqual([]);

    await page.goto(`/runs/${runId}`);
    await page.getByRole('region', { name: 'Results' }).waitFor({ timeout: 90_000 });
    expect.soft(await violations(page), 'run page').toEqual([]);
  });
}
