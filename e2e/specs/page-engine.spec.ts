import { gallery } from '@/lib/gallery/gallery.generated';
import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

/** Documents that need the hard parts of training; the ordinary run tries the first ones. */
const HARD = [
  'gan-2d',
  'mc-dropout',
  'cartpole',
  'rnn-text',
  'wgan-gp',
  'vae',
  'adversarial',
  'cycle-gan',
  'debiasing-vae',
  'multi-task',
];
const there = HARD.filter((id) => gallery[id]);
const tried = process.env.NETLOOM_FULL === '1' ? there : there.slice(0, 3);

for (const id of tried) {
  test(`${id} trains in a worker of the page, on WebAssembly`, async ({ page }) => {
    test.setTimeout(240_000);
    const editor = new EditorPage(page);
    await editor.create({ gallery: id });
    await page.getByRole('button', { name: 'Try here' }).click();
    const panel = page.getByRole('complementary', { name: 'Preview' });
    await expect(panel.getByText('WebAssembly')).toBeVisible({ timeout: 120_000 });
    // Some steps are done where the slider that looks back on them is there.
    await expect(panel.getByRole('slider', { name: 'Step' })).toBeVisible({ timeout: 120_000 });
    await page.getByRole('toolbar', { name: 'Run' }).getByRole('button', { name: 'Stop' }).click();
    await expect(panel.getByText(/^(Stopped|Done)$/)).toBeVisible({ timeout: 60_000 });
  });
}
