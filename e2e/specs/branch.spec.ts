import { makeDocument, startRun } from '../fixtures/call-service';
import { expect, test } from '../fixtures/test';

test('a run branches off another with a smaller learning rate, and both know of it', async ({ page }) => {
  const documentId = await makeDocument(page, 'will-i-pass');
  const runId = await startRun(page, documentId);
  await page.goto(`/runs/${runId}`);
  const state = page.getByRole('status').filter({ hasText: /^Run \d:/ });
  await expect(state).toHaveText('Run 1: Done');

  await page.getByRole('button', { name: 'Branch from here' }).click();
  const dialog = page.getByRole('dialog', { name: 'Branch off run 1' });
  await dialog.getByLabel(/learning rate$/).fill('0.005');
  await dialog.getByRole('button', { name: 'Start the branch' }).click();

  await expect(state).toHaveText('Run 2: Done');
  const branches = page.getByRole('region', { name: 'Branches' });
  await expect(branches).toContainText(/Branched off run 1 after step [\d,]+; \d+ weights taken over/);
  await branches.getByRole('link', { name: 'run 1' }).click();
  await expect(page.getByRole('region', { name: 'Branches' })).toContainText(/Run 2 branches off after step/);

  await page.goto('/runs');
  await expect(page.getByRole('link', { name: /off run 1 at step/ })).toBeVisible();
});
