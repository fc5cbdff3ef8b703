import { makeDocument } from '../fixtures/call-service';
import { expect, test } from '../fixtures/test';

test('a guest makes an account and keeps the work, here and after signing in again', async ({ page, stranger }) => {
  await makeDocument(page, 'perceptron');
  const email = `mina-${Date.now()}@example.org`;
  await page.goto('/sign-up');
  await page.getByLabel('Name').fill('Mina');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('a long enough one');
  await page.getByRole('button', { name: 'Make an account' }).click();
  await expect(page.getByRole('button', { name: 'Account of Mina' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Go on' })).toContainText('Perceptron');

  await stranger.goto('/sign-in');
  await stranger.getByLabel('E-mail').fill(email);
  await stranger.getByLabel('Password', { exact: true }).fill('not the one');
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await expect(stranger.getByText('E-mail and password do not belong together.')).toBeVisible();
  await stranger.getByLabel('Password', { exact: true }).fill('a long enough one');
  await stranger.getByRole('button', { name: 'Sign in' }).click();
  await expect(stranger.getByRole('region', { name: 'Go on' })).toContainText('Perceptron');
});

test('a document is found by Ctrl+K, renamed, deleted and taken back', async ({ page }) => {
  await makeDocument(page, 'perceptron');
  await page.goto('/documents');
  await page.getByRole('button', { name: 'Actions for Perceptron' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('My first neuron');
  await page.getByRole('button', { name: 'Save' }).click();
  const link = page.getByRole('link', { name: 'My first neuron' });
  await expect(link).toBeVisible();

  await page.getByRole('button', { name: 'Actions for My first neuron' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(link).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(link).toBeVisible();

  await page.keyboard.press('Control+k');
  await page
    .getByRole('searchbox', { name: 'Search' })
    .or(page.getByRole('textbox', { name: 'Search' }))
    .first()
    .fill('first neu');
  await page.getByRole('button', { name: 'My first neuron', exact: true }).click();
  await page.waitForURL(/\/documents\/\w+/);
});
