import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('one optimizer of a GAN makes a step alone, from the bar below the canvas', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'gan-2d' });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const bar = page.getByRole('toolbar', { name: 'Run' });
  const panel = page.getByRole('complementary', { name: 'Run 1' });
  const state = panel.getByRole('status').filter({ hasText: /^Run 1:/ });
  await expect(panel.getByRole('slider', { name: 'Step' })).toBeVisible({ timeout: 60_000 });
  await expect(bar.getByRole('button', { name: 'Step one optimizer' })).toBeDisabled();
  await bar.getByRole('button', { name: 'Pause' }).click();
  await expect(state).toHaveText('Run 1: Paused');

  await bar.getByRole('button', { name: 'Step one optimizer' }).click();
  const steps = page.getByRole('menuitem');
  await expect(steps).toHaveCount(2);
  const name = (await steps.last().textContent())?.replace('Step ', '');
  await steps.last().click();
  await expect(panel).toContainText(`A single step of ${name} alone`);
  await expect(state).toHaveText('Run 1: Paused');
  await bar.getByRole('button', { name: 'Stop' }).click();
  await expect(state).toHaveText('Run 1: Stopped');
});
