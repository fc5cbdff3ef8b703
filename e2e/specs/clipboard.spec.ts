import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('nodes travel as text: beside themselves with their wires, into another document, and past other text', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'mnist-cnn' });
  const [nodes, wires] = [await editor.nodes.count(), await editor.wires.count()];

  await test.step('copied, they are JSON', async () => {
    await editor.select('Dense dense1');
    await editor.node('Dense logits').click({ position: { x: 60, y: 10 }, modifiers: ['Shift'] });
    await page.keyboard.press('Control+c');
    await expect.poll(async () => Object.keys(JSON.parse(await clipboard()).graph.nodes)).toHaveLength(2);
  });

  await test.step('pasted with what feeds them, in one step of undo', async () => {
    await page.keyboard.press('Control+Shift+V');
    await expect(editor.nodes).toHaveCount(nodes + 2);
    await expect(editor.wires).toHaveCount(wires + 2);
    await page.keyboard.press('Control+z');
    await expect(editor.nodes).toHaveCount(nodes);
    await expect(editor.wires).toHaveCount(wires);
  });

  await test.step('into another document go the nodes and the wire between them', async () => {
    await editor.create({ empty: 'Elsewhere' });
    await editor.focusCanvas();
    await page.keyboard.press('Control+v');
    await expect(editor.nodes).toHaveCount(2);
    await expect(editor.wires).toHaveCount(1);
    await expect(page.getByRole('heading', { name: '2 nodes' })).toBeVisible();
  });

  await test.step('what is no node is said to be none', async () => {
    await page.evaluate(() => navigator.clipboard.writeText('a shopping list'));
    await editor.focusCanvas();
    await page.keyboard.press('Control+v');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a command' }).fill('paste');
    await page.keyboard.press('Enter');
    await expect(page.getByText('There are no nodes on the clipboard.')).toBeVisible();
    await expect(editor.nodes).toHaveCount(2);
  });
});
