import { makeDocument, startRun } from '../fixtures/call-service';
import { expect, test } from '../fixtures/test';

test('a run is paused, stepped, changed, looked back on, resumed and stopped', async ({ page }) => {
  const documentId = await makeDocument(page, 'mnist-cnn');
  const runId = await startRun(page, documentId, 'full');
  await page.goto(`/runs/${runId}`);
  const state = page.getByRole('status').filter({ hasText: /^Run 1:/ });
  await page.getByRole('region', { name: 'Loss' }).waitFor();
  await expect(page.getByRole('button', { name: 'One step' })).toBeDisabled();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(state).toHaveText('Run 1: Paused');

  await page.getByRole('button', { name: 'One step' }).click();
  const outcome = page.getByRole('region', { name: 'Outcome' });
  await expect(outcome).toContainText(/A single step step [\d,]+/);
  await expect(state).toHaveText('Run 1: Paused');
  await page.getByRole('button', { name: 'Change while it trains' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change while it trains' });
  await dialog.getByLabel(/learning rate$/).fill('0.0005');
  await dialog.getByRole('button', { name: 'Change' }).click();
  await expect(dialog).toHaveCount(0);

  const slider = page.getByRole('slider', { name: 'Step' });
  const live = page.getByRole('button', { name: 'live' });
  await expect(live).toHaveAttribute('aria-pressed', 'true');
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(page.getByText('step 0', { exact: true })).toBeVisible();
  await expect(live).toHaveAttribute('aria-pressed', 'false');
  await live.click();
  await expect(live).toHaveAttribute('aria-pressed', 'true');

  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(state).toHaveText('Run 1: Running');
  await expect(outcome).toContainText(/Learning rate of .*: 0\.0005/);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(state).toHaveText('Run 1: Stopped');
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveCount(0);
});
