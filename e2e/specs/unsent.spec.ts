import { expect, test } from '../fixtures/test';
import { EditorPage } from '../pages/editor-page';

test('edits made while the service was away survive a closed window', async ({ page }) => {
  let away = false;
  const lines = new Set<{ close(): Promise<void> }>();
  await page.routeWebSocket(/\/ws\/collab/, (line) => {
    if (away) return void line.close();
    line.connectToServer();
    lines.add(line);
  });
  const editor = new EditorPage(page);
  const id = await editor.create({ empty: 'Away' });
  await editor.addAt(200, 200, 'dense');
  await expect(page.getByText(/^Saved/)).toBeVisible();

  away = true;
  for (const line of lines) await line.close();
  await expect(page.getByText('Offline: your edits are kept and merged later')).toBeVisible();
  await editor.addAt(500, 200, 'dropout');
  await expect(editor.nodes).toHaveCount(2);
  await page.goto('about:blank');

  away = false;
  await editor.open(id);
  await expect(page.getByText('kept in this browser; they are back')).toBeVisible();
  await expect(editor.node('Dropout')).toBeVisible();
  await expect(page.getByText(/^Saved/)).toBeVisible();
  // They are the service's now: another visit finds them there, and nothing is brought back a second time.
  await page.reload();
  await expect(editor.node('Dropout')).toBeVisible();
  await expect(page.getByText('kept in this browser; they are back')).toBeHidden();
});
