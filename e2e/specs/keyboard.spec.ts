import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('a network is built and trained with the keyboard alone', async ({ page }) => {
  test.setTimeout(180_000);
  const editor = new EditorPage(page);
  await editor.create({ empty: 'By keys' });
  await editor.focusCanvas();
  await page.keyboard.press('Tab');
  await editor.choose('data set');

  await test.step('the field of the selected node', async () => {
    const field = editor.inspector.getByLabel('Data set', { exact: true });
    await field.focus();
    await field.selectOption({ label: 'Iris' });
    await expect(editor.node('Iris')).toBeVisible();
  });

  /** Enter goes to a node's output, Enter takes the wire, Tab asks what comes at its end. */
  const follow = async (node: string, words: string) => {
    await editor.node(node).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await editor.choose(words);
  };
  await follow('Iris', 'dense');
  const units = editor.inspector.getByLabel('Units', { exact: true });
  await units.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await follow('Dense', 'cross');
  await editor.wireByKeys(editor.port('Iris', 'output', 'Kind'), editor.port('Cross-entropy', 'input', 'Labels'));
  await follow('Cross-entropy', 'adam');
  await follow('Adam', 'training');
  await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();

  await test.step('arrows walk the graph, F2 names, Ctrl and arrows nudge', async () => {
    await editor.node('Iris').focus();
    await page.keyboard.press('ArrowRight');
    await expect(editor.inspector.getByRole('heading', { name: 'Dense' })).toBeVisible();
    const before = await editor.boxOf('Dense');
    await page.keyboard.press('Control+ArrowDown');
    await expect.poll(async () => (await editor.boxOf('Dense')).y).toBeGreaterThan(before.y);
  });

  await test.step('the list says all of it, and changes what feeds a node', async () => {
    await editor.focusCanvas();
    await page.keyboard.press('Escape');
    await page.keyboard.press('l');
    const list = page.getByRole('region', { name: 'The graph as a list' });
    await expect(list.getByRole('row')).toHaveCount(6);
    const source = list.getByLabel('Cross-entropy, Scores', { exact: true });
    await source.focus();
    await source.selectOption({ label: 'nothing yet' });
    await expect(page.getByRole('button', { name: /^1 error/ })).toBeVisible();
    await source.selectOption({ label: 'dense' });
    await expect(page.getByRole('button', { name: 'No problems' })).toBeVisible();
    // Another source is one step, whatever fed it before.
    await source.selectOption({ label: 'dataset' });
    await expect(source.locator('option:checked')).toHaveText('dataset');
    await source.blur();
    await page.keyboard.press('Control+z');
    await expect(source.locator('option:checked')).toHaveText('dense');
    await source.focus();
    await page.keyboard.press('Escape');
    await list.getByRole('button', { name: 'To the canvas' }).press('Enter');
    await expect(list).toBeHidden();
  });

  await test.step('Ctrl Enter trains it', async () => {
    await editor.focusCanvas();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('Done', { exact: true }).first()).toBeVisible({ timeout: 120_000 });
  });
});

test('where motion is not wanted nothing moves by itself', async ({ browser, contextOptions, watch }) => {
  const context = await browser.newContext({ ...contextOptions, reducedMotion: 'reduce' });
  const page = await context.newPage();
  watch(page);
  const editor = new EditorPage(page);
  await editor.create({ gallery: 'linear-vs-nonlinear' });
  const moving = () =>
    page.evaluate(
      () => document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration ?? 0) > 0).length,
    );
  await editor.focusCanvas();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeVisible();
  expect(await moving()).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Try here' }).click();
  await expect(page.getByRole('complementary', { name: 'Preview' })).toBeVisible();
  await page.getByRole('toolbar', { name: 'Run' }).getByRole('button', { name: 'Pause' }).waitFor();
  expect(await moving()).toBe(0);
  await context.close();
});
