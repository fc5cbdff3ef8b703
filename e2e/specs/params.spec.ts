import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('a number is scrubbed, worked out, driven by a wire, and reset, each one step of undo', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'mnist-cnn' });
  await editor.select('Dense dense1');
  const units = editor.inspector.getByLabel('Units', { exact: true });

  await test.step('arithmetic', async () => {
    await editor.setField('Units', '3 * (40 - 8)');
    await expect(units).toHaveValue('96');
    await expect(editor.node('Dense dense1')).toContainText('96');
    await editor.focusCanvas();
    await page.keyboard.press('Control+z');
    await expect(units).toHaveValue('128');
  });

  await test.step('a drag over the field changes it, as one step', async () => {
    const box = await units.boundingBox();
    if (!box) throw new Error('no field');
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await editor.stroke(middle, { x: middle.x + 60, y: middle.y });
    await expect.poll(async () => Number(await units.inputValue())).toBeGreaterThan(128);
    await editor.focusCanvas();
    await page.keyboard.press('Control+z');
    await expect(units).toHaveValue('128');
  });

  await test.step('a live number becomes an input, and a field again', async () => {
    await editor.select('Adam');
    await page.getByRole('button', { name: 'More about Learning rate' }).click();
    await page.getByRole('menuitem', { name: 'Make it an input' }).click();
    await expect(editor.port('Adam', 'input', 'Learning rate')).toBeVisible();
    await editor.focusCanvas();
    await page.keyboard.press('Control+z');
    await expect(editor.port('Adam', 'input', 'Learning rate')).toBeHidden();
  });

  await test.step('one Esc deselects, also while a tooltip is open', async () => {
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await page.getByRole('button', { name: 'Redo' }).hover();
    await expect(page.getByRole('tooltip')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(editor.inspector.getByRole('heading', { name: 'MNIST, convolutional' })).toBeVisible();
  });
});

test('a parameter of the document is called what the field that follows it is called', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'linear-vs-nonlinear' });
  const activation = editor.inspector.getByLabel('Activation', { exact: true });
  await expect(activation.locator('option')).toHaveText(['None', 'ReLU']);
  await editor.chooseField('Activation', 'None');
  await expect(editor.node('Dense hidden1')).toContainText('None');
  await editor.focusCanvas();
  await page.keyboard.press('Control+z');
  await expect(editor.node('Dense hidden1')).toContainText('ReLU');
});
