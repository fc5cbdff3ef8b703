import { flowersCsv } from '../fixtures/flowers-csv';
import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

const csv = (text: string) => ({ name: 'flowers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

test('a table is uploaded, a network for it is wired by hand, and it learns', async ({ page }) => {
  await page.goto('/');
  const upload = page.getByRole('region', { name: 'Start from your data' });
  await upload.getByLabel('File to upload').setInputFiles(csv(flowersCsv()));
  await expect(upload.getByText(/180 examples/)).toBeVisible();

  const editor = new EditorPage(page);
  await editor.create({ empty: 'Flowers' });
  await editor.addAt(120, 120, 'data set');
  await editor.chooseField('Data set', 'flowers');
  const data = editor.node('flowers');
  await expect(data).toBeVisible();

  await editor.pull(editor.port('flowers', 'output', 'Features'), 420, 130, 'dense');
  await editor.setField('Units', '16');
  await editor.chooseField('Activation', 'ReLU');
  // From here on with the keyboard: Enter goes to the ports, Tab with a wire in hand asks for a node.
  const grow = async (from: string, words: string) => {
    await editor.node(from).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await editor.choose(words);
  };
  await grow('Dense', 'fc');
  await editor.setField('Units', '3');
  await grow('Dense dense2', 'cross');
  await editor.wireByKeys(editor.port('flowers', 'output', 'kind'), editor.port('Cross-entropy', 'input', 'Labels'));
  await grow('Cross-entropy', 'adam');
  await editor.setField('Learning rate', '0.02');
  await grow('Adam', 'training');
  await editor.setField('Epochs', '30');
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const results = page.getByRole('region', { name: 'Results' });
  await results.waitFor({ timeout: 60_000 });
  const loss = await results.getByRole('row', { name: /^Loss, validation/ }).innerText();
  expect(Number(/[\d.]+(e-?\d+)?/.exec(loss.replace(/^\D+/, ''))?.[0])).toBeLessThan(0.2);
});

test('a table becomes a network that is ready to run', async ({ page }) => {
  await page.goto('/');
  const upload = page.getByRole('region', { name: 'Start from your data' });
  await upload.getByLabel('File to upload').setInputFiles(csv(flowersCsv()));
  await upload.getByRole('button', { name: 'Make a network for it' }).click();
  await page.waitForURL(/\/documents\/\w+/);
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
});

test('data that cannot be used are refused with the place and what to do', async ({ page }) => {
  await page.goto('/');
  const upload = page.getByRole('region', { name: 'Start from your data' });
  const file = upload.getByLabel('File to upload');
  const lines = flowersCsv().split('\n');
  lines[17] = 'wide,8.1,rose';
  await file.setInputFiles(csv(lines.join('\n')));
  await expect(upload.getByRole('alert')).toContainText('width');
  await expect(upload.getByRole('alert')).toContainText('wide');

  await upload.getByRole('button', { name: 'Try another file' }).click();
  const zip = Buffer.from('504b0304140000000000', 'hex');
  await file.setInputFiles({ name: 'photos.zip', mimeType: 'application/zip', buffer: zip });
  await expect(upload.getByRole('alert')).toContainText(/ZIP|archive/i);

  await file.setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('x') });
  await expect(upload.getByRole('alert')).toContainText('neither a table nor an archive');
});
