import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('before a run it is said whether it fits, what takes the memory, and which batch would fit', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'mnist-cnn' });
  const verdict = page.getByRole('button', { name: /^Memory/ });

  await test.step('it fits: said in the status bar and where a run is started', async () => {
    await expect(verdict).toHaveAccessibleName('Memory: Fits');
    await expect(verdict).toContainText(/MB of [\d.]+ GB/);
    await page.getByRole('button', { name: 'Run options' }).click();
    await expect(page.getByText(/^Fits on CPU: [\d.]+ MB of /)).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('the parts, and the node that takes the most', async () => {
    await verdict.click();
    const card = page.getByRole('dialog').filter({ hasText: 'Optimizer' });
    await expect(card).toContainText('Weights1.69 MB');
    await expect(card).toContainText('Optimizer3.37 MB');
    await card.getByRole('button', { name: 'dense1' }).click();
    await expect(editor.inspector.getByRole('heading', { name: 'Dense' })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('a batch that cannot fit is a problem, and one click mends it', async () => {
    await editor.select('Conv 2D conv1');
    await editor.setField('Filters', '1024');
    await editor.focusCanvas();
    await page.keyboard.press('Escape');
    await editor.setField('Batch', '65536');
    await expect(verdict).toHaveAccessibleName('Memory: Does not fit');
    await verdict.click();
    const smaller = page.getByRole('button', { name: /^Set the batch to \d+$/ });
    const batch = /\d+/.exec(await smaller.innerText())?.[0] ?? '';
    await smaller.click();
    await expect(editor.inspector.getByLabel('Batch', { exact: true })).toHaveValue(batch);
    await expect(verdict).toHaveAccessibleName('Memory: Fits');
    await page.keyboard.press('Control+z');
    await expect(verdict).toHaveAccessibleName('Memory: Does not fit');
  });
});
