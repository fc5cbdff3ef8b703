import { expect, test } from '@playwright/test';
import { EditorPage } from '../pages/editor-page';

test('a small network is built from an empty canvas with mouse and keyboard', async ({ page }) => {
  const editor = new EditorPage(page);
  const id = await editor.create({ empty: 'Flowers' });
  await editor.addAt(120, 120, 'data set');
  await editor.chooseField('Data set', 'Iris');
  await expect(editor.node('Iris')).toBeVisible();

  await editor.pull(editor.port('Iris', 'output', 'Measurements'), 420, 130, 'dense');
  await editor.setField('Units', '2*8');
  await editor.chooseField('Activation', 'ReLU');
  await expect(editor.node('Dense')).toContainText('80');

  // The rest without the mouse: Enter goes to the ports, Tab with a wire in hand asks for a node.
  await editor.node('Dense').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await editor.choose('fc');
  await editor.setField('Units', '3');
  await editor.node('Dense dense2').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await editor.choose('cross');
  await editor.wireByKeys(editor.port('Iris', 'output', 'Kind'), editor.port('Cross-entropy', 'input', 'Labels'));
  await editor.node('Cross-entropy').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await editor.choose('adam');
  await editor.node('Adam').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await editor.choose('training');

  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  await expect(page.getByText('131 parameters')).toBeVisible();

  await test.step('all of it is still there after a reload, and so is undo', async () => {
    await editor.open(id);
    await expect(editor.nodes).toHaveCount(6);
    await expect(editor.wires).toHaveCount(6);
    await editor.focusCanvas();
    await page.keyboard.press('Control+z');
    await expect(editor.node('Training')).toBeHidden();
    await page.keyboard.press('Control+Shift+z');
    await expect(editor.node('Training')).toBeVisible();
    await expect(editor.wires).toHaveCount(6);
  });
});

test('a shape error is mended with one click, and taken back with one key', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'mnist-cnn' });
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  const count = await editor.nodes.count();
  await editor.select('Flatten');
  await page.keyboard.press('Alt+Delete');
  await expect(page.getByRole('button', { name: /^1 error/ })).toBeVisible();

  await page.keyboard.press('F8');
  await expect(editor.problems).toBeVisible();
  await editor.problems.getByRole('button', { name: 'Insert Flatten' }).click();
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  await expect(editor.nodes).toHaveCount(count);
  await expect(page.getByText('421,642 parameters')).toBeVisible();

  await editor.focusCanvas();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: /^1 error/ })).toBeVisible();
});

test('two people see each other and each other’s edits', async ({ browser, page }) => {
  const mine = new EditorPage(page);
  const id = await mine.create({ gallery: 'mnist-mlp' });
  const other = await browser.newContext({ storageState: await page.context().storageState() });
  const theirs = new EditorPage(await other.newPage());
  await theirs.open(id);
  const count = await mine.nodes.count();

  await theirs.addAt(880, 380, 'dropout');
  await expect(mine.nodes).toHaveCount(count + 1);
  await theirs.setField('Rate', '0.35');
  await expect(mine.node('Dropout')).toContainText('0.35');
  await expect(page.getByText(/ is editing$/)).toBeVisible();

  await theirs.point(400, 420);
  await expect(page.locator('[data-cursor]')).toBeVisible();

  await test.step('undo takes back one’s own step, though the other’s is newer', async () => {
    await mine.select('Dense logits');
    await expect(theirs.node('Dense logits').locator('[data-person]')).toBeVisible();
    await mine.setField('Units', '12');
    await expect(theirs.node('Dense logits')).toContainText('12');
    await theirs.setField('Rate', '0.2');
    await expect(mine.node('Dropout')).toContainText('0.2');
    await mine.focusCanvas();
    await page.keyboard.press('Control+z');
    await expect(theirs.node('Dense logits')).not.toContainText('12');
    await expect(mine.node('Dropout')).toContainText('0.2');
    await theirs.focusCanvas();
    await theirs.page.keyboard.press('Control+z');
    await expect(mine.node('Dropout')).toContainText('0.35');
  });

  await mine.select('Dropout');
  await page.keyboard.press('Delete');
  await expect(theirs.nodes).toHaveCount(count);
  await other.close();
});

test('a stranger sees nothing of a document', async ({ browser, page }) => {
  const editor = new EditorPage(page);
  const id = await editor.create({ empty: 'Private' });
  const stranger = await browser.newContext();
  const elsewhere = await stranger.newPage();
  await elsewhere.goto(`/documents/${id}`);
  await expect(elsewhere.getByText('This document cannot be opened')).toBeVisible();
  await stranger.close();
});
