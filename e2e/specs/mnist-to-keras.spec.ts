import { kerasAgreement } from '../fixtures/keras-agreement';
import { expect, test } from '../fixtures/test';

test('a digit classifier is opened, trained, watched, and loads in Keras', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('/');
  await page.getByRole('button', { name: 'Open MNIST, convolutional' }).click();
  await page.waitForURL(/\/documents\/\w+/);
  await page.getByRole('button', { name: 'Run options' }).click();
  const quick = page.getByRole('menuitem', { name: /Quick/ });
  await quick.waitFor();

  const clicked = Date.now();
  await quick.click();
  const loss = page.getByRole('region', { name: 'Loss' });
  const wall = page.getByRole('region', { name: 'Wall' });
  await Promise.all([loss.waitFor(), wall.waitFor()]);
  const first = await loss.innerText();
  await expect.poll(() => loss.innerText(), { intervals: [50] }).not.toBe(first);
  // Measured and told, not asserted: how fast a machine is does not make this right or wrong.
  console.log(`curves and samples moved ${Date.now() - clicked} ms after the click`);

  const results = page.getByRole('region', { name: 'Results' });
  await results.waitFor({ timeout: 180_000 });
  const accuracy = await results.getByRole('row', { name: /^Accuracy, test/ }).innerText();
  const percent = Number(/([\d.]+) %/.exec(accuracy)?.[1]);
  expect(percent).toBeGreaterThanOrEqual(95);
  await expect(page.getByRole('region', { name: 'Mix-ups' })).toContainText('right');

  const runId = /\/runs\/(\w+)/.exec(
    (await page.getByRole('link', { name: "Open the run's page" }).getAttribute('href')) ?? '',
  )?.[1];
  if (!runId) throw new Error('the panel names no run');
  await page.getByRole('button', { name: 'Export the model' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /^Keras\b.*\.keras/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.keras$/);
  const agreement = await kerasAgreement(runId, await download.path());
  expect(agreement.examples).toBe(100);
  expect(agreement.difference).toBeLessThanOrEqual(1e-5);
  expect(agreement.accuracy).toBeGreaterThanOrEqual(0.95);

  await page.goto('/');
  await expect(page.getByRole('region', { name: 'Go on' })).toContainText('MNIST, convolutional');
  await expect(page.getByRole('button', { name: 'Open MNIST, convolutional' })).toContainText('done');
});
