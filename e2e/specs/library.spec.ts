import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('a block is published to the workspace, found and used elsewhere, updated, and taken out again', async ({
  page,
}) => {
  const editor = new EditorPage(page);
  const blocks = () => page.getByRole('radio', { name: 'Blocks' }).click({ force: true });
  const more = (name: string) => page.getByRole('button', { name: `More about ${name}`, exact: true });
  const first = await editor.create({ gallery: 'mnist-cnn' });

  await test.step('published from the palette', async () => {
    await editor.select('Dropout');
    await editor.node('Dense dense1').click({ position: { x: 60, y: 10 }, modifiers: ['Shift'] });
    await page.keyboard.press('Control+Shift+g');
    await expect(editor.node('Classifier')).toBeVisible();
    await blocks();
    await more('Classifier').click();
    await page.getByRole('menuitem', { name: 'Publish to the workspace' }).click();
    await expect(page.getByText("Classifier is in the workspace's library now.")).toBeVisible();
    await expect(page.getByRole('button', { name: 'Classifier, of the workspace' })).toBeVisible();
  });

  await test.step('in another document the search finds it and connects it', async () => {
    await editor.create({ empty: 'Another' });
    await editor.addAt(200, 200, 'flatten');
    await page.keyboard.press('Escape');
    await editor.pull(editor.port('Flatten', 'output', 'Output'), 520, 240, 'classifier');
    await expect(editor.node('Classifier')).toBeVisible();
    await expect(editor.wires).toHaveCount(1);
    // Block and node came in one step.
    await page.keyboard.press('Control+z');
    await expect(editor.node('Classifier')).toBeHidden();
    await page.keyboard.press('Control+Shift+z');
    await blocks();
    await page.getByRole('button', { name: 'Classifier, of the workspace' }).click();
    await expect(editor.nodes).toHaveCount(3);
    await expect(page.getByText('2 ×')).toBeVisible();
  });
  const second = page.url().split('/').at(-1) ?? '';

  await test.step('dragged onto a wire it goes into it', async () => {
    await editor.create({ empty: 'A third' });
    await editor.addAt(160, 200, 'flatten');
    await page.keyboard.press('Escape');
    await editor.pull(editor.port('Flatten', 'output', 'Output'), 560, 216, 'dropout');
    await expect(editor.wires).toHaveCount(1);
    await blocks();
    const [from, to] = [await editor.boxOf('Flatten'), await editor.boxOf('Dropout')];
    const canvas = await editor.canvas.boundingBox();
    await page.getByRole('button', { name: 'Classifier, of the workspace' }).dragTo(editor.canvas, {
      targetPosition: { x: (from.x + from.width + to.x) / 2 - (canvas?.x ?? 0), y: from.y + 16 - (canvas?.y ?? 0) },
    });
    await expect(editor.node('Classifier')).toBeVisible();
    await expect(editor.wires).toHaveCount(2);
    await editor.focusCanvas();
    await page.keyboard.press('Control+z');
    await expect(editor.node('Classifier')).toBeHidden();
    await expect(editor.wires).toHaveCount(1);
  });

  await test.step('a new version is offered where the old one is used', async () => {
    await editor.open(first);
    await blocks();
    await more('Classifier').click();
    await page.getByRole('menuitem', { name: 'Open' }).click();
    await editor.select('Dense dense1');
    await editor.setField('Units', '96');
    await more('Classifier').click();
    await page.getByRole('menuitem', { name: 'Publish as the new version' }).click();
    await expect(page.getByText(/Classifier has a new version/)).toBeVisible();

    await editor.open(second);
    await blocks();
    await page.getByRole('button', { name: 'Update available' }).click();
    await expect(page.getByText('Classifier is up to date.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Update available' })).toBeHidden();
    await expect(page.getByText('2 ×')).toBeVisible();
    await more('Classifier').click();
    await page.getByRole('menuitem', { name: 'Open' }).click();
    await expect(editor.node('Dense dense1')).toContainText('96');
  });

  await test.step('out of the library, copies stay', async () => {
    await page.getByRole('button', { name: 'More about Classifier of the workspace' }).click();
    await page.getByRole('menuitem', { name: 'Remove from the workspace' }).click();
    await expect(page.getByRole('button', { name: 'Classifier, of the workspace' })).toBeHidden();
    await expect(page.getByText('2 ×')).toBeVisible();
  });
});
