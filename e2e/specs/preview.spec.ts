import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('a small network trains in the page: paused, resumed, with values on its nodes, without a run of the service', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'linear-vs-nonlinear' });
  await page.getByRole('button', { name: 'Try here' }).click();
  const panel = page.getByRole('complementary', { name: 'Preview' });
  const bar = page.getByRole('toolbar', { name: 'Run' });
  await bar.getByRole('button', { name: 'Pause' }).click();
  await expect(panel.getByText('Paused', { exact: true })).toBeVisible({ timeout: 60_000 });
  await bar.getByRole('button', { name: 'Resume' }).click();

  await expect(panel.getByRole('region', { name: 'Loss' })).toBeVisible({ timeout: 60_000 });
  await expect(editor.node('Dense hidden1').getByRole('img', { name: 'What it gives for one example' })).toBeVisible();
  const results = panel.getByRole('region', { name: 'Results' });
  await expect(results).toBeVisible({ timeout: 60_000 });
  const accuracy = await results.getByRole('row', { name: /^Accuracy, test/ }).innerText();
  expect(Number(/([\d.]+) %/.exec(accuracy)?.[1])).toBeGreaterThanOrEqual(98);
  await page
    .getByRole('tab', { name: 'Runs' })
    .or(page.getByText('Runs', { exact: true }))
    .first()
    .click();
  await expect(page.getByText('No runs yet')).toBeVisible();
});

test('a network that is too large for the page says so, and the words stay', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'mnist-cnn' });
  await page.getByLabel('Batch', { exact: true }).fill('50000');
  await page.getByLabel('Batch', { exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Try here' }).click();
  const panel = page.getByRole('complementary', { name: 'Preview' });
  await expect(panel.getByText(/^This network is too large for the page: .* Press Run/)).toBeVisible();
  await expect(panel.getByText('Failed', { exact: true })).toBeVisible();
  await page.getByRole('toolbar', { name: 'Run' }).getByRole('button', { name: 'Back to building' }).click();
  await expect(panel).toBeHidden();
});
