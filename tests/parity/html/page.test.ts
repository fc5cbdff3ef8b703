import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '@/lib/compile/compile';
import { callFunction } from '@/lib/engine/call-function';
import type { EngineHost } from '@/lib/engine/host';
import { exporter } from '@/lib/export/html/html.exporter';
import { gallery } from '@/lib/gallery/gallery.generated';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';
import { seededWeights } from '../keras/seeded';

const datasets = nodeDatasets();
let folder = '';
let browser: Browser;
let host: EngineHost;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'netloom-page-'));
  const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';
  browser = await chromium.launch({
    ...(existsSync(executable) ? { executablePath: executable } : {}),
    args: ['--no-sandbox'],
  });
  host = await openNodeHost({ engine: 'auto', threads: 2, datasets });
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

/** Exports a function of a gallery entry and opens the file from the disk, without a network. */
async function openPage(id: string, fn: string) {
  const document = gallery[id]?.document;
  const { program } = document ? compile(document, { kinds, datasets: datasets.cards() }) : {};
  if (!document || !program) throw new Error(id);
  const weights = seededWeights(program);
  const result = await exporter.export({
    program,
    kinds,
    function: fn,
    weights,
    document,
    cards: datasets.cards(),
    savedAt: new Date('2026-11-24T12:00:00Z'),
    assets: {
      tfjsBundle: () => readFile(createRequire(import.meta.url).resolve('@tensorflow/tfjs/dist/tf.min.js'), 'utf8'),
    },
  });
  if (!('bytes' in result)) throw new Error(JSON.stringify(result));
  const file = path.join(folder, `${id}.html`);
  await writeFile(file, result.bytes);
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:') && !request.url().startsWith('blob:')) problems.push(request.url());
  });
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('body[data-ready=yes]', { timeout: 60_000 });
  return { page, program, weights, problems };
}

const answerOf = async (page: Page): Promise<number[]> =>
  JSON.parse((await page.locator('body').getAttribute('data-answer')) ?? '[]');

describe('the web page', () => {
  it('asks for the numbers of a table and answers as the engine does', async () => {
    const { page, program, weights, problems } = await openPage('will-i-pass', 'pass');
    await page.getByLabel('lectures attended').fill('4');
    await page.getByLabel('hours on the project').fill('5.5');
    const ours = callFunction(program, weights, host, 'pass', {
      features: { data: Float32Array.of(4, 5.5), shape: [1, 2] },
    });
    const [answer] = await answerOf(page);
    expect(answer).toBeCloseTo(ours.pass?.data[0] ?? Number.NaN, 5);
    await expect.poll(() => page.locator('.bar').innerText()).toContain('pass');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('has a pad to draw digits on', async () => {
    const { page, problems } = await openPage('mnist-mlp', 'digit');
    const before = await answerOf(page);
    const pad = page.getByRole('img', { name: 'Drawing pad for image' });
    const box = await pad.boundingBox();
    if (!box) throw new Error('no pad');
    await page.mouse.move(box.x + 140, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 140, box.y + 240, { steps: 5 });
    await page.mouse.up();
    const after = await answerOf(page);
    expect(after).toHaveLength(10);
    expect(after.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
    expect(after).not.toEqual(before);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await answerOf(page)).toEqual(before);
    await page.screenshot({ path: path.join(folder, 'page.png') });
    expect(problems).toEqual([]);
    await page.close();
  });
});
