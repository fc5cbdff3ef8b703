import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

/** Drops a file where a person would: the browser's own events, with the file in them. */
async function drop(canvas: Locator, name: string, bytes: Buffer): Promise<void> {
  const transfer = await canvas.evaluateHandle(
    (_, { name, base64 }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name));
      return transfer;
    },
    { name, base64: bytes.toString('base64') },
  );
  await canvas.dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(canvas.getByText(/^Drop a document/)).toBeVisible();
  await canvas.dispatchEvent('drop', { dataTransfer: transfer });
}

test('a graph is saved as a picture and as a document, and both open again where they are dropped', async ({
  page,
}) => {
  const editor = new EditorPage(page);
  const first = await editor.create({ gallery: 'mnist-cnn' });
  const nodes = await editor.nodes.count();
  const download = async (item: string): Promise<Buffer> => {
    await page.getByRole('button', { name: 'Document menu' }).click();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    return readFile(await saved.path());
  };
  const picture = await download('Download as picture');
  const json = await download('Download as JSON');

  await test.step('the picture shows what the nodes do: digits stand on black, which nothing else is', async () => {
    const black = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
      let count = 0;
      for (let at = 0; at < data.length; at += 4) if (!data[at] && !data[at + 1] && !data[at + 2]) count++;
      return count;
    }, picture.toString('base64'));
    expect(black).toBeGreaterThan(10_000);
  });

  for (const [name, bytes] of [
    ['graph.png', picture],
    ['digits.json', json],
  ] as const) {
    await editor.create({ empty: 'Somewhere else' });
    const here = page.url();
    await drop(editor.canvas, name, bytes);
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('MNIST, convolutional', { timeout: 30_000 });
    await expect(editor.nodes).toHaveCount(nodes);
    expect(page.url()).not.toBe(here);
    expect(page.url()).not.toContain(first);
  }

  await test.step('what holds no document says so, and nothing changes', async () => {
    const before = page.url();
    await drop(editor.canvas, 'song.mp3', Buffer.from('ID3'));
    await expect(page.getByText(/song\.mp3 cannot be opened here: expected a document/)).toBeVisible();
    await drop(editor.canvas, 'broken.json', Buffer.from('{"graph":{"nodes":7}}'));
    await expect(page.getByText(/Expected .*; found /)).toBeVisible();
    expect(page.url()).toBe(before);
  });
});
