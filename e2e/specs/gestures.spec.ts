import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('wires say where they fit, take the place of others, and take in what is dropped on them', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'mnist-cnn' });
  const noProblems = page.getByRole('button', { name: 'No problems' });
  await expect(noProblems).toBeVisible();
  const [nodes, wires] = [await editor.nodes.count(), await editor.wires.count()];
  const dropout = editor.port('Dropout', 'output', 'Output');

  await test.step('while a wire is pulled, ports show whether they take it', async () => {
    const box = await dropout.boundingBox();
    if (!box) throw new Error('no port');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 40, box.y + 70, { steps: 4 });
    await expect(editor.port('Dense dense1', 'input', 'Input')).toHaveAttribute('data-look', 'fits');
    await expect(editor.port('Adam', 'input', 'Loss')).toHaveAttribute('data-look', 'misfit');
    await expect(editor.port('Flatten', 'input', 'Input')).toHaveAttribute('data-look', 'misfit');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.keyboard.press('Escape');
  });

  await test.step('a new wire into a taken input takes the place of the old one', async () => {
    await editor.wireOver(dropout, editor.port('Dense logits', 'input', 'Input'));
    await expect(page.getByText('451,722 parameters')).toBeVisible();
    await expect(editor.wires).toHaveCount(wires);
    await editor.focusCanvas();
    await page.keyboard.press('Control+z');
    await expect(page.getByText('421,642 parameters')).toBeVisible();
  });

  await test.step('a node that is dropped on a wire goes into it', async () => {
    const dense = await editor.boxOf('Dense dense1');
    await page.mouse.click(dense.x + dense.width / 2, dense.y + dense.height + 40, { button: 'right' });
    await page.getByRole('menuitem', { name: /^Add a node/ }).click();
    await editor.choose('gaussian noise');
    await expect(editor.nodes).toHaveCount(nodes + 1);
    const noise = await editor.boxOf('Gaussian noise');
    await editor.stroke(
      { x: noise.x + 50, y: noise.y + 10 },
      { x: dense.x - 22 - noise.width / 2 + 50, y: dense.y + 10 },
    );
    await expect(editor.wires).toHaveCount(wires + 1);
    await expect(noProblems).toBeVisible();
  });
});

test('nodes are caught with a rectangle, renamed, folded, and drawn as much as the distance allows', async ({
  page,
}) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'linear-vs-nonlinear' });
  await expect(editor.node('Dense hidden1')).toBeVisible();

  await test.step('a rectangle over empty canvas takes what it touches', async () => {
    const [first, second] = [await editor.boxOf('Dense hidden1'), await editor.boxOf('Dense hidden2')];
    await editor.stroke({ x: first.x + 20, y: first.y - 24 }, { x: second.x + 20, y: second.y + second.height - 10 });
    await expect(page.getByRole('heading', { name: '2 nodes' })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('F2 renames, Alt C folds', async () => {
    await editor.select('Dense hidden2');
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('wide');
    await page.keyboard.press('Enter');
    const whole = await editor.boxOf('Dense wide');
    await editor.node('Dense wide').focus();
    await page.keyboard.press('Alt+c');
    await expect.poll(async () => (await editor.boxOf('Dense wide')).height).toBeLessThan(whole.height / 2);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await editor.boxOf('Dense wide')).height).toBe(whole.height);
  });

  await test.step('from afar a node is its colour and icon; one key shows all of it again', async () => {
    const title = editor.node('Softmax').getByText('Softmax');
    await expect(title).toBeVisible();
    await editor.focusCanvas();
    for (let step = 0; step < 6; step++) await page.keyboard.press('-');
    await expect(title).toBeHidden();
    await editor.focusCanvas();
    await page.keyboard.press('0');
    await expect(page.getByText('100 %')).toBeVisible();
    await expect(title).toBeVisible();
  });
});
