import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

/** The zoom that the status bar tells, in per cent. */
const zoom = async (page: Page): Promise<number> =>
  Number.parseInt(
    (await page
      .getByRole('contentinfo')
      .getByText(/^\d+ %$/)
      .textContent()) ?? '',
    10,
  );

test('the overview is a map: dragged it moves the canvas, a press goes there, the wheel zooms', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'mnist-cnn' });
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  const map = await page.getByRole('img', { name: 'Overview' }).boundingBox();
  if (!map) throw new Error('there is no overview');
  const middle = { x: map.x + map.width / 2, y: map.y + map.height / 2 };
  const before = await editor.boxOf('Flatten');

  await editor.stroke(middle, { x: middle.x + 20, y: middle.y + 10 });
  const dragged = await editor.boxOf('Flatten');
  expect(dragged.x).toBeLessThan(before.x - 60);
  expect(dragged.y).toBeLessThan(before.y - 30);

  const percent = await zoom(page);
  await page.mouse.wheel(0, -240);
  await expect.poll(() => zoom(page)).toBeGreaterThan(1.5 * percent);

  // Near the map's upper left corner: what is shown there comes into the middle, so nodes move right and down.
  const zoomed = await editor.boxOf('Flatten');
  await page.mouse.click(map.x + 24, map.y + 24);
  await expect.poll(async () => (await editor.boxOf('Flatten')).x - zoomed.x).toBeGreaterThan(60);
});

test('the middle button drags the canvas, and leaves what is on it as it was', async ({ page }) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'mnist-cnn' });
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  const before = await editor.boxOf('Flatten');
  const from = { x: before.x + 20, y: before.y + 10 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button: 'middle' });
  await page.mouse.move(from.x + 60, from.y + 40, { steps: 4 });
  // Nothing under the pointer answers to it meanwhile.
  const under = () => page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.hasAttribute('data-canvas'), from);
  await expect.poll(under).toBe(true);
  await page.mouse.up({ button: 'middle' });
  await expect.poll(under).toBe(false);
  const after = await editor.boxOf('Flatten');
  expect([after.x - before.x, after.y - before.y]).toEqual([60, 40]);
  await editor.select('Flatten');
  await expect(editor.inspector.getByRole('heading', { name: 'Flatten' })).toBeVisible();
});

test('two fingers on the screen, and on a trackpad, zoom about the place between them', async ({
  browser,
  contextOptions,
  watch,
}) => {
  const context = await browser.newContext({ ...contextOptions, hasTouch: true });
  const page = await context.newPage();
  watch(page);
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'linear-vs-nonlinear' });
  const node = editor.node('Dense hidden1');
  await expect(node).toBeVisible();
  const canvas = await editor.canvas.boundingBox();
  const box = await editor.boxOf('Dense hidden1');
  const center = { x: box.x + box.width / 2, y: box.y - 40 };
  if (!canvas) throw new Error('there is no canvas');
  const fingers = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart?: number) =>
    fingers.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        apart === undefined ? [] : [-1, 1].map((side, id) => ({ x: center.x + side * apart, y: center.y, id })),
    });
  const percent = await zoom(page);

  await touch('touchStart', 40);
  for (const apart of [45, 50, 55, 60]) await touch('touchMove', apart);
  await touch('touchEnd');
  await expect.poll(() => zoom(page)).toBe(Math.round(1.5 * percent));
  await expect.poll(async () => (await editor.boxOf('Dense hidden1')).width / box.width).toBeCloseTo(1.5, 1);
  const pinched = await editor.boxOf('Dense hidden1');
  expect(Math.abs(pinched.x + pinched.width / 2 - center.x)).toBeLessThan(4);

  // What a browser makes of a pinch on a trackpad: a wheel with Ctrl.
  await page.mouse.move(center.x, center.y);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 30);
  await page.keyboard.up('Control');
  await expect.poll(() => zoom(page)).toBeLessThan(Math.round(1.5 * percent));
  const back = await editor.boxOf('Dense hidden1');
  expect(Math.abs(back.x + back.width / 2 - center.x)).toBeLessThan(4);
  await context.close();
});
