import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('two uses of a block share their weights or learn their own; optimizers step in the order that a person gives them', async ({
  page,
}) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'gan-2d' });
  const parameters = (count: string) => page.getByText(`${count} parameters`);
  await expect(parameters('34,947')).toBeVisible();

  await test.step('the link stands on the canvas, and the node names whose weights it has', async () => {
    await expect(page.getByText('one set of weights')).toBeVisible();
    await expect(editor.node('Discriminator D-made')).toContainText('same weights as');
    await expect(editor.node('Adam adam-D')).toContainText('Discriminator');
  });

  await test.step('weights of its own, and one set again', async () => {
    await editor.select('Discriminator D-made');
    await editor.chooseField('Weights', 'Its own');
    await expect(page.getByText('one set of weights')).toBeHidden();
    await expect(parameters('51,972')).toBeVisible();
    await editor.chooseField('Weights', 'Same as D-real');
    await expect(page.getByText('one set of weights')).toBeVisible();
    await expect(parameters('34,947')).toBeVisible();
    await editor.focusCanvas();
    await page.keyboard.press('Control+z');
    await expect(parameters('51,972')).toBeVisible();
    await page.keyboard.press('Control+Shift+z');
  });

  await test.step('the other one cannot follow it: that would be a circle', async () => {
    await editor.select('Discriminator D-real');
    await expect(editor.inspector).toContainText('Used 2 times');
    await expect(editor.inspector.getByLabel('Weights', { exact: true })).toBeHidden();
  });

  const steps = editor.inspector.getByRole('list', { name: 'Order of steps' });
  const rows = steps.getByRole('listitem');
  const order = (first: string, second: string) => expect(rows).toHaveText([new RegExp(first), new RegExp(second)]);
  await test.step('steps are put in order by dragging', async () => {
    await editor.select('Training');
    await order('adam-D', 'adam-G');
    await rows.first().dragTo(rows.last(), { targetPosition: { x: 40, y: 28 } });
    await order('adam-G', 'adam-D');
    await editor.focusCanvas();
    await page.keyboard.press('Control+z');
    await order('adam-D', 'adam-G');
  });

  await test.step('and by keyboard', async () => {
    await steps.getByRole('button', { name: 'Adam adam-G', exact: true }).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await order('adam-G', 'adam-D');
    await page.keyboard.press('Alt+ArrowDown');
    await order('adam-D', 'adam-G');
  });
});
