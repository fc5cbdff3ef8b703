import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { makeDocument, startRun } from '../fixtures/call-service';
import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

/** What axe finds serious or critical, with the places, ready to be read in a failure. */
async function violations(page: Page, ...within: string[]): Promise<string[]> {
  const axe = within.reduce((sum, place) => sum.include(place), new AxeBuilder({ page }));
  const { violations: found } = await axe.analyze();
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} at ${node.target.join(' ')}`));
}

for (const scheme of ['dark', 'light'] as const) {
  test(`the editor's panels and dialogs, and the pages around it, can be used by everybody, ${scheme}`, async ({
    page,
  }) => {
    test.slow();
    await page.addInitScript((value) => localStorage.setItem('mantine-color-scheme-value', value), scheme);
    const editor = new EditorPage(page);
    await editor.create({ gallery: 'linear-vs-nonlinear' });
    await editor.select('Cross-entropy loss');
    await page.keyboard.press('Delete');
    await expect(page.getByRole('group', { name: /^Adam.*, error$/ })).toBeVisible();
    await page.keyboard.press('F8');
    await expect(editor.problems).toBeVisible();
    const wrong = ['[aria-label="Problems"]', '[aria-label="Inspector"]', '.react-flow__node-kind'];
    expect.soft(await violations(page, ...wrong), 'problems and the inspector of what is wrong').toEqual([]);

    const dialogs = { 'Add a node': 'Tab', 'Commands and shortcuts': '?', Commands: 'Control+k' };
    for (const [name, key] of Object.entries(dialogs)) {
      await editor.focusCanvas();
      await page.keyboard.press(key);
      const dialog = page.getByRole('dialog', { name, exact: true });
      await expect(dialog).toBeVisible();
      expect.soft(await violations(page, '[role="dialog"]'), name).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    }

    await page.getByText('Blocks', { exact: true }).click();
    await page.getByRole('button', { name: 'Document menu' }).click();
    await page.getByRole('menuitem', { name: 'Versions' }).click();
    await expect(page.getByRole('region', { name: 'Versions' })).toBeVisible();
    await editor.focusCanvas();
    await page.keyboard.press('l');
    await expect(page.getByRole('region', { name: 'The graph as a list' })).toBeVisible();
    const panels = ['The graph as a list', 'Versions', 'Palette'].map((name) => `[aria-label="${name}"]`);
    expect.soft(await violations(page, ...panels), 'list, versions, blocks').toEqual([]);

    for (const path of ['/data', '/sign-in']) {
      await page.goto(path);
      await expect(page.getByRole('heading').first()).toBeVisible();
      expect.soft(await violations(page), path).toEqual([]);
    }
  });

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
