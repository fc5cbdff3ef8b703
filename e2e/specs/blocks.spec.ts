import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('a part of a network becomes a block: set for each use, changed once for all, detached, unpacked', async ({
  page,
}) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'mnist-cnn' });
  await expect(page.getByText('421,642 parameters')).toBeVisible();
  const count = await editor.nodes.count();

  await test.step('with the keyboard: four nodes, one shortcut', async () => {
    await editor.node('Conv 2D conv1').focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Control+Shift+G');
    await expect(editor.nodes).toHaveCount(count - 3);
    await expect(page.getByText('421,642 parameters')).toBeVisible();
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  });

  await test.step('inside, a field becomes a parameter of the block', async () => {
    await editor.node('Block').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('navigation', { name: 'Where you are' })).toBeVisible();
    await expect(editor.node('Inputs')).toBeVisible();
    await editor.select('Conv 2D conv2');
    await editor.inspector.getByRole('button', { name: 'More about Filters' }).click();
    await page.getByRole('menuitem', { name: 'Make it a parameter of the block' }).click();
    await expect(editor.inspector.getByLabel('Filters, formula')).toHaveValue('= filters');
    await editor.focusCanvas();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('navigation', { name: 'Where you are' })).toBeHidden();
  });

  await test.step('each use sets it for itself', async () => {
    await editor.setField('Filters', '32');
    await expect(editor.node('Block')).toContainText('7×7×32');
    await expect(page.getByText('211,690 parameters')).toBeVisible();
  });

  await test.step('a copy uses the same block until it is detached', async () => {
    await editor.focusCanvas();
    await page.keyboard.press('Control+d');
    await expect(editor.nodes).toHaveCount(count - 2);
    await expect(editor.inspector).toContainText('Used 2 times');
    await editor.inspector.getByRole('button', { name: 'Detach' }).click();
    await expect(editor.inspector).toContainText('Used once');
    await expect(editor.node('Block 2 block2')).toBeVisible();
    await page.keyboard.press('Delete');
    await expect(editor.nodes).toHaveCount(count - 3);
  });

  await test.step('unpacked, the network is as it was, with the values put in', async () => {
    await editor.select('Block');
    await editor.inspector.getByRole('button', { name: 'Unpack' }).click();
    await expect(editor.nodes).toHaveCount(count);
    await expect(page.getByText('211,690 parameters')).toBeVisible();
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  });
});

test('a block is built from nothing: ports by wires, used again from the palette', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ empty: 'Blocks' });
  await editor.addAt(160, 160, 'new block');
  await expect(editor.node('Block')).toBeVisible();
  await editor.node('Block').dblclick({ position: { x: 60, y: 10 } });
  await expect(editor.node('Outputs')).toBeVisible();

  await editor.addAt(420, 480, 'dense');
  await editor.wire(editor.port('Inputs', 'output', 'new input'), editor.port('Dense', 'input', 'Input'));
  await editor.wire(editor.port('Dense', 'output', 'Output'), editor.port('Outputs', 'input', 'new output'));
  await editor.focusCanvas();
  await page.keyboard.press('Escape');
  await expect(editor.inspector.getByRole('textbox', { name: /^Name of/ })).toHaveCount(4);
  await editor.inspector.getByLabel('Title of the block').fill('Twin');
  await page.keyboard.press('Enter');
  await editor.inspector.getByLabel('Name of Input 2').fill('Style');
  await page.keyboard.press('Enter');

  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('button', { name: 'Blocks' }).click();
  await expect(editor.port('Twin block', 'input', 'Style')).toBeVisible();
  await page.getByText('Blocks', { exact: true }).first().click();
  await page.getByRole('complementary', { name: 'Palette' }).getByRole('button', { name: /^Twin/ }).click();
  await expect(editor.nodes).toHaveCount(2);
  await editor.focusCanvas();
  await page.keyboard.press('Control+z');
  await expect(editor.nodes).toHaveCount(1);
});
