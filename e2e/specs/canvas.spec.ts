import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('wires are cut with a stroke, led through dots, and healed; nodes go into them', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'mnist-cnn' });
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  const [nodes, wires] = [await editor.nodes.count(), await editor.wires.count()];

  await test.step('Ctrl and the right button cut', async () => {
    const conv = await editor.boxOf('Conv 2D conv1');
    await page.keyboard.down('Control');
    await editor.stroke(
      { x: conv.x + conv.width + 12, y: conv.y - 24 },
      { x: conv.x + conv.width + 16, y: conv.y + 64 },
      'right',
    );
    await page.keyboard.up('Control');
    await expect(editor.wires).toHaveCount(wires - 1);
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect(editor.wires).toHaveCount(wires);
    // Over a button its tooltip is what Esc closes first.
    await editor.point(40, 40);
  });

  await test.step('the knife cuts with any button, Esc puts it away', async () => {
    await editor.focusCanvas();
    await page.keyboard.press('k');
    await expect(page.getByText('Drag over wires to cut them')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText('Drag over wires to cut them')).toBeHidden();
    await page.keyboard.press('k');
    const conv = await editor.boxOf('Conv 2D conv1');
    await editor.stroke(
      { x: conv.x + conv.width + 12, y: conv.y - 24 },
      { x: conv.x + conv.width + 16, y: conv.y + 64 },
    );
    await expect(editor.wires).toHaveCount(wires - 1);
    await editor.focusCanvas();
    await page.keyboard.press('Control+z');
    await expect(editor.wires).toHaveCount(wires);
  });

  await test.step('a double click puts a dot on a wire, another one takes it off', async () => {
    const conv = await editor.boxOf('Conv 2D conv1');
    const spot = { x: conv.x + conv.width + 16, y: conv.y + conv.height * 0.14 };
    await page.mouse.dblclick(spot.x, spot.y);
    const dot = page.locator('[data-dot]');
    await expect(dot).toHaveCount(1);
    await editor.stroke(spot, { x: spot.x, y: spot.y + 60 });
    await expect.poll(async () => (await dot.boundingBox())?.y ?? 0).toBeGreaterThan(spot.y + 30);
    await dot.dblclick();
    await expect(dot).toHaveCount(0);
  });

  await test.step('a deleted middle node heals its wire, and says how to take it back', async () => {
    await editor.select('Dropout');
    await page.keyboard.press('Alt+Delete');
    await expect(editor.nodes).toHaveCount(nodes - 1);
    await expect(editor.wires).toHaveCount(wires - 1);
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
    await expect(page.getByText('Deleted dropout.')).toBeVisible();
  });

  await test.step('Tab on a selected wire puts what is chosen into it', async () => {
    const dense = await editor.boxOf('Dense logits');
    await page.mouse.click(dense.x - 18, dense.y + dense.height * 0.16);
    await expect(editor.inspector).toContainText('Wire');
    await editor.focusCanvas();
    await page.keyboard.press('Tab');
    await editor.choose('gaussian noise');
    await expect(editor.nodes).toHaveCount(nodes);
    await expect(editor.wires).toHaveCount(wires);
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  });
});

test('a right click is a way to add as well: what is typed over its menu is searched for, and placed there', async ({
  page,
}) => {
  const editor = new EditorPage(page);
  await editor.create({ empty: 'Right click' });
  const canvas = await editor.canvas.boundingBox();
  await page.mouse.click((canvas?.x ?? 0) + 260, (canvas?.y ?? 0) + 220, { button: 'right' });
  await expect(page.getByText('Type to add a node')).toBeVisible();
  await page.keyboard.type('fc');
  await expect(editor.search.getByRole('combobox')).toHaveValue('fc');
  await page.keyboard.press('Enter');
  await expect(editor.node('Dense')).toBeVisible();
  const dense = await editor.boxOf('Dense');
  expect(Math.abs(dense.x - (canvas?.x ?? 0) - 260)).toBeLessThan(20);
});

test('nodes are aligned, framed, noted, bypassed, muted and found', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'mnist-cnn' });
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();

  await test.step('upstream and downstream', async () => {
    await editor.select('Flatten');
    await page.keyboard.press('[');
    await expect(page.getByRole('heading', { name: '6 nodes' })).toBeVisible();
    // A plain click on one of them means that one.
    await editor.select('Flatten');
    await expect(editor.inspector.getByRole('heading', { name: 'Flatten' })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('aligned and spread, one step each', async () => {
    await editor.select('Softmax');
    await editor.node('Sample grid wall').click({ position: { x: 60, y: 10 }, modifiers: ['Shift'] });
    await page.keyboard.press('Alt+w');
    const top = async (name: string) => (await editor.boxOf(name)).y;
    await expect.poll(async () => (await top('Softmax')) - (await top('Sample grid wall'))).toBe(0);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await top('Softmax')) < (await top('Sample grid wall'))).toBe(true);
    await page.keyboard.press('Escape');
  });

  await test.step('a frame is named at once, and takes its nodes along', async () => {
    const frames = await page.locator('.react-flow__node-frame').count();
    await editor.select('Softmax');
    await editor.node('Output digit').click({ position: { x: 40, y: 10 }, modifiers: ['Shift'] });
    await page.keyboard.press('Control+g');
    await page.keyboard.type('Answer');
    await page.keyboard.press('Enter');
    const title = page.getByRole('heading', { name: 'Answer' });
    await expect(title).toBeVisible();
    // The frame and its title are one act, so one step of undo.
    await page.keyboard.press('Control+z');
    await expect(page.locator('.react-flow__node-frame')).toHaveCount(frames);
    await page.keyboard.press('Control+Shift+z');
    await expect(title).toBeVisible();
    const before = await editor.boxOf('Softmax');
    const handle = await title.boundingBox();
    if (!handle) throw new Error('the frame has no title');
    await editor.stroke({ x: handle.x + 12, y: handle.y + 8 }, { x: handle.x + 12, y: handle.y + 88 });
    await expect.poll(async () => (await editor.boxOf('Softmax')).y - before.y).toBeGreaterThan(60);
    await page.keyboard.press('Delete');
    await expect(title).toBeHidden();
    await expect(editor.node('Softmax')).toBeVisible();
  });

  await test.step('a note is written, and written again', async () => {
    await editor.point(300, 620);
    await editor.focusCanvas();
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Note' }).fill('Why so many weights?');
    await page.keyboard.press('Escape');
    await page.getByText('Why so many weights?').dblclick();
    await page.getByRole('textbox', { name: 'Note' }).fill('89 % of all weights');
    await page.keyboard.press('Escape');
    await expect(page.getByText('89 % of all weights')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(page.getByText('Why so many weights?')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(page.locator('.react-flow__node-note')).toHaveCount(0);
    // One that stays empty was never there.
    await page.keyboard.press('n');
    await page.getByRole('textbox', { name: 'Note' }).press('Escape');
    await expect(page.locator('.react-flow__node-note')).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('heading', { name: 'Answer' })).toBeVisible();
    await page.keyboard.press('Control+Shift+z');
  });

  await test.step('bypassed passes its input on, muted is off', async () => {
    await editor.select('Dropout');
    await page.keyboard.press('Control+b');
    await expect(editor.node('Dropout')).toContainText('passes 3136');
    await expect(page.getByText('421,642 parameters')).toBeVisible();
    await page.keyboard.press('Control+b');
    await page.keyboard.press('Control+m');
    await expect(editor.node('Dropout')).toContainText('off');
    await expect(page.getByRole('button', { name: /^\d errors?/ })).toBeVisible();
    await page.keyboard.press('Control+m');
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  });

  await test.step('found by name, from anywhere', async () => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('logits');
    await page.keyboard.press('Enter');
    await expect(editor.inspector.getByRole('heading', { name: 'Dense' })).toBeVisible();
    await page.keyboard.press('Escape');
  });
});

test('the graph is laid out anew, frames around what stands on them, in one step of undo', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'will-i-pass' });
  const places = () => editor.nodes.evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).style.transform));
  const before = await places();
  await editor.focusCanvas();
  await page.keyboard.press('Shift+Alt+t');
  await expect.poll(places).not.toEqual(before);
  const frame = await page.locator('.react-flow__node-frame').filter({ hasText: 'How it learns' }).boundingBox();
  const adam = await editor.boxOf('Adam');
  if (!frame) throw new Error('there is no frame');
  expect(adam.x).toBeGreaterThan(frame.x);
  expect(adam.y).toBeGreaterThan(frame.y);
  expect(adam.x + adam.width).toBeLessThan(frame.x + frame.width);
  expect(adam.y + adam.height).toBeLessThan(frame.y + frame.height);
  await page.keyboard.press('Control+z');
  await expect.poll(places).toEqual(before);
});

test('shortcuts are looked up, changed, and taken from another editor', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'perceptron' });
  await editor.focusCanvas();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command' }).fill('all commands');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Commands and shortcuts' });
  await sheet.getByRole('button', { name: 'Other keys for Tidy' }).click();
  await page.keyboard.press('Control+m');
  await expect(sheet.getByText('now with “Mute”')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('button', { name: 'Usual keys for Tidy' })).toBeVisible();
  await page.reload();
  await editor.focusCanvas();
  await page.keyboard.press('?');
  await expect(sheet.getByRole('button', { name: 'Usual keys for Tidy' })).toBeVisible();
  await sheet.getByText('Blender').click();
  await page.keyboard.press('Escape');
  const node = editor.nodes.nth(1);
  await node.click({ position: { x: 60, y: 10 } });
  const count = await editor.nodes.count();
  await page.keyboard.press('Control+x');
  await expect(editor.nodes).toHaveCount(count - 1);
});
