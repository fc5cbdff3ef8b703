import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { startService } from '@/server/cli/bench/start-service';
import { projectRoot } from '@/server/engine/project';

/**
 * Pictures of the main screens for the README, in `docs/screenshots`: `node --import tsx scripts/screenshots.ts [URL]`.
 * Without an address it starts a service of its own.
 */
const folder = path.join(projectRoot, 'docs', 'screenshots');
const SIZE = { width: 1440, height: 900 };

const openEntry = async (page: Page, title: string): Promise<void> => {
  await page.getByRole('button', { name: `Open ${title}`, exact: true }).click();
  await page.waitForURL(/\/documents\/\w+/);
  await page.getByText(/^Saved/).waitFor();
};

/** What is done on the home page before the picture is taken. */
const SCREENS: Record<string, { scheme: 'dark' | 'light'; reach(page: Page): Promise<void> }> = {
  home: { scheme: 'dark', reach: async (page) => page.waitForLoadState('networkidle') },
  editor: { scheme: 'dark', reach: (page) => openEntry(page, 'MNIST, convolutional') },
  'editor-light': { scheme: 'light', reach: (page) => openEntry(page, 'MNIST, convolutional') },
  training: {
    scheme: 'dark',
    async reach(page) {
      await openEntry(page, 'Linear or not');
      await page.getByRole('button', { name: 'Try here' }).click();
      await page.getByRole('region', { name: 'Results' }).waitFor({ timeout: 180_000 });
    },
  },
};

const url = process.argv[2];
const service = url ? { url, stop: async () => undefined } : await startService();
const own = process.env.CHROMIUM ?? '/usr/bin/chromium';
let browser: Browser | undefined;
try {
  browser = await chromium.launch({ ...(existsSync(own) ? { executablePath: own } : {}), args: ['--no-sandbox'] });
  mkdirSync(folder, { recursive: true });
  for (const [name, { scheme, reach }] of Object.entries(SCREENS)) {
    const context = await browser.newContext({ baseURL: service.url, viewport: SIZE, colorScheme: scheme });
    const page = await context.newPage();
    await page.addInitScript((chosen) => {
      localStorage.setItem('mantine-color-scheme-value', chosen);
      localStorage.setItem('netloom.tour', 'seen');
    }, scheme);
    await page.goto('/');
    await reach(page);
    await page.evaluate(() => document.fonts.ready);
    await page.mouse.move(0, 0);
    const picture = await page.screenshot({ animations: 'disabled', timeout: 120_000 });
    await sharp(picture)
      .png({ palette: true, quality: 90, effort: 10 })
      .toFile(path.join(folder, `${name}.png`));
    console.log(`docs/screenshots/${name}.png`);
    await context.close();
  }
} finally {
  await browser?.close();
  await service.stop();
}
