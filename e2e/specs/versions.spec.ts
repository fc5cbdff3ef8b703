import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('a named version is kept by keyboard, compared on the canvas, and gone back to with undo', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'linear-vs-nonlinear' });
  await editor.focusCanvas();
  await page.keyboard.press('Control+s');
  const ask = page.getByRole('dialog', { name: 'Name this version' });
  await ask.getByRole('textbox').fill('Before the change');
  await page.keyboard.press('Enter');
  const versions = page.getByRole('region', { name: 'Versions' });
  await expect(versions).toContainText('Before the change');

  await editor.select('Dense logits');
  await editor.setField('Units', '7');
  await editor.select('Softmax');
  await page.keyboard.press('Delete');
  await expect(editor.node('Softmax')).toBeHidden();
  await versions.getByRole('button', { name: 'Compare' }).click();
  const changes = versions.getByRole('list', { name: 'Changes since' });
  await expect(changes).toContainText('units: 2 → 7');
  await expect(changes).toContainText('Softmax');
  await expect(page.getByText('softmax, removed')).toBeVisible();

  await versions.getByRole('button', { name: 'Go back to it' }).click();
  await expect(editor.node('Softmax')).toBeVisible();
  await editor.focusCanvas();
  await page.keyboard.press('Control+z');
  await expect(editor.node('Softmax')).toBeHidden();

  await test.step('Esc ends the comparison, then closes the panel', async () => {
    await versions.getByRole('button', { name: 'Compare' }).click();
    await expect(changes).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(changes).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(versions).toBeHidden();
  });
});
