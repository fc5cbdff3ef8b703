import { expect, test } from '../fixtures/test';

test('a newcomer trains a first network in three clicks, sees why it works, and takes that away', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('/');
  await page.getByRole('region', { name: 'First time here?' }).getByRole('button', { name: 'Show me' }).click();
  const tour = page.getByRole('region', { name: 'Tour' });
  await tour.getByRole('button', { name: 'Let it learn' }).click();
  const panel = page.getByRole('complementary', { name: 'Preview' });
  const results = panel.getByRole('region', { name: 'Results' });
  await expect(results).toBeVisible({ timeout: 90_000 });
  await tour.getByRole('button', { name: 'Take the bend away' }).click();
  await expect(tour).toContainText('That is why networks bend', { timeout: 90_000 });
  const accuracy = await results.getByRole('row', { name: /^Accuracy, test/ }).innerText();
  expect(Number(/([\d.]+) %/.exec(accuracy)?.[1])).toBeLessThanOrEqual(80);
  await tour.getByRole('button', { name: 'Look around' }).click();
  await expect(tour).toBeHidden();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'What do you want to teach a machine?' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'First time here?' })).toBeHidden();
});
