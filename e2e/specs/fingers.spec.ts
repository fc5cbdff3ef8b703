import type { Page } from '@playwright/test';
import { makeDocument } from '../fixtures/call-service';
import { expect, test } from '../fixtures/test';

const LEAST = 44;

/** Names of what can be touched and is too small, with its size. Links within sentences may be. */
const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const all = document.querySelectorAll<HTMLElement>(
      'header button, aside button, aside input, aside select, footer button, .react-flow__panel button, [class*=left] button, [class*=left] input',
    );
    return [...all].flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      const hidden = width === 0 || getComputedStyle(element).visibility === 'hidden' || element.closest('p');
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      return hidden || height >= least ? [] : [`${name}: ${Math.round(width)} × ${Math.round(height)}`];
    });
  }, LEAST);

test('on a touch screen everything that can be touched is 44 px high', async ({ browser, contextOptions, watch }) => {
  const context = await browser.newContext({
    ...contextOptions,
    hasTouch: true,
    isMobile: true,
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  watch(page);
  const id = await makeDocument(page, 'mnist-cnn');
  await page.goto(`/documents/${id}`);
  await page.getByRole('group', { name: 'Dropout', exact: true }).tap({ position: { x: 40, y: 8 } });
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('Rate');
  expect(await tooSmall(page)).toEqual([]);
  await context.close();
});

test('on a tablet held upright a tapped node shows its fields, and the search adds another', async ({
  browser,
  contextOptions,
  watch,
}) => {
  const context = await browser.newContext({
    ...contextOptions,
    hasTouch: true,
    isMobile: true,
    viewport: { width: 820, height: 1180 },
  });
  const page = await context.newPage();
  watch(page);
  const id = await makeDocument(page, 'linear-vs-nonlinear');
  await page.goto(`/documents/${id}`);
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const nodes = page.locator('.react-flow__node-kind');
  await page.getByRole('group', { name: 'Dense hidden1', exact: true }).tap({ position: { x: 40, y: 8 } });
  await expect(inspector).toContainText('Units');
  await page.touchscreen.tap(300, 160);
  await expect(inspector).toBeHidden();
  const count = await nodes.count();
  await page.getByRole('button', { name: 'Add a node' }).tap();
  await page.getByRole('combobox', { name: 'Search kinds' }).fill('dropout');
  await page
    .getByRole('option', { name: /^Dropout/ })
    .first()
    .tap();
  await expect(nodes).toHaveCount(count + 1);
  await context.close();
});
