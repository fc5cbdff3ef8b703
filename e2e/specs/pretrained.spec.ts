import { writeSafetensors } from '@/lib/export/safetensors/write-safetensors';
import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('a block starts from a file of trained weights: uploaded in the inspector, refused where it does not fit', async ({
  page,
}) => {
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'will-i-pass' });
  await editor.select('One neuron network');
  const file = (bytes: Uint8Array) => ({
    name: 'neuron.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  });
  const starts = editor.inspector.getByLabel('Starts from', { exact: true });
  const upload = editor.inspector.getByLabel('Weights file');

  await test.step('what is no such file is told', async () => {
    await upload.setInputFiles(file(Buffer.from('nothing of the kind')));
    await expect(page.getByText('This is no whole safetensors file')).toBeVisible();
    await expect(starts).toHaveValue('');
  });

  await test.step('it lies under another name there, which one click tells', async () => {
    const kernel = { data: Float32Array.of(0.5, 0.25), shape: [2, 1] };
    const bias = { data: Float32Array.of(-3), shape: [1] };
    await upload.setInputFiles(file(writeSafetensors({ 'old/dense/kernel': kernel, 'old/dense/bias': bias }, {})));
    await expect(starts.locator('option:checked')).toHaveText('neuron.safetensors');
    await page.getByRole('button', { name: '1 error' }).click();
    await expect(editor.problems).toContainText('dense/kernel should be 2×1');
    await editor.problems.getByRole('button', { name: 'Take the weights of old' }).click();
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  });

  await test.step('it stays with the workspace, and undo takes the choice back', async () => {
    await page.reload();
    await editor.select('One neuron network');
    await expect(starts.locator('option:checked')).toHaveText('neuron.safetensors');
    await editor.chooseField('Starts from', 'Random weights');
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
  });

  await test.step('the page of data lists it, and deletes it', async () => {
    await page.goto('/data');
    const tile = page.getByRole('article', { name: 'neuron.safetensors' });
    await expect(tile).toContainText('3 in 2 tensors');
    await tile.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(tile).toBeHidden();
  });
});
