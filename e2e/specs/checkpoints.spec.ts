import { readFile } from 'node:fs/promises';
import { makeDocument, startRun } from '../fixtures/call-service';
import { expect, test } from '../fixtures/test';

test('a checkpoint is given a name, by which a branch and an export are chosen', async ({ page }) => {
  const runId = await startRun(page, await makeDocument(page, 'will-i-pass'));
  await page.goto(`/runs/${runId}`);
  await expect(page.getByRole('status').filter({ hasText: /^Run 1:/ })).toHaveText('Run 1: Done', { timeout: 60_000 });
  const card = page.getByRole('region', { name: 'Checkpoints' });
  const rows = card.getByRole('listitem');
  await expect(rows.nth(1)).toContainText(/^step /);

  await test.step('named, and the name stays', async () => {
    await rows
      .last()
      .getByRole('button', { name: /^Name / })
      .click();
    await page.getByRole('dialog').getByLabel('Title').fill('Still guessing');
    await page.keyboard.press('Enter');
    await expect(rows.last()).toContainText(/^Still guessing, step /);
    await page.reload();
    await expect(rows.last()).toContainText(/^Still guessing, step /);
  });

  await test.step('exported as it was then, not as it is now', async () => {
    const save = async (row: number) => {
      await rows
        .nth(row)
        .getByRole('button', { name: /^Export / })
        .click();
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: /^Safetensors/ }).click(),
      ]);
      return readFile(await saved.path());
    };
    const [then, now] = [await save((await rows.count()) - 1), await save(0)];
    expect(then.length).toBe(now.length);
    expect(then.equals(now)).toBe(false);
  });

  await test.step('a branch begins there', async () => {
    await page.getByRole('button', { name: 'Branch from here' }).click();
    const dialog = page.getByRole('dialog', { name: 'Branch off run 1' });
    await dialog.getByRole('combobox', { name: 'Begin at' }).click();
    await page.getByRole('option', { name: /^Still guessing, / }).click();
    await dialog.getByRole('button', { name: 'Start the branch' }).click();
    await expect(page.getByRole('region', { name: 'Branches' })).toContainText(/Branched off run 1 after step/);
  });
});
