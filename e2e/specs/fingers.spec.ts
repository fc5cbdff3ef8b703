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
