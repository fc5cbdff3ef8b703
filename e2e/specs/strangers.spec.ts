import { becomeGuest, callService, makeDocument, startRun } from '../fixtures/call-service';
import { expect, test } from '../fixtures/test';

test('a stranger sees nothing of somebody else’s work', async ({ page, stranger }) => {
  const documentId = await makeDocument(page, 'will-i-pass');
  const runId = await startRun(page, documentId);
  await page.goto(`/runs/${runId}`);
  await page.getByRole('region', { name: 'Loss' }).waitFor();
  await becomeGuest(stranger);

  await stranger.goto(`/documents/${documentId}`);
  await expect(stranger.getByText(/does not exist, or /)).toBeVisible();
  await expect(stranger.getByText('Will I pass?')).toHaveCount(0);

  // The run's page asks by subscription only.
  await stranger.goto(`/runs/${runId}`);
  await expect(stranger.getByText(/does not exist, or /)).toBeVisible();
  await expect(stranger.getByRole('region', { name: 'Loss' })).toHaveCount(0);

  const asked = await Promise.all([
    callService(stranger, 'documents.get', { id: documentId }, 'query'),
    callService(stranger, 'documents.rename', { id: documentId, title: 'mine' }, 'mutation'),
    callService(stranger, 'documents.remove', { id: documentId }, 'mutation'),
    callService(stranger, 'runs.start', { documentId }, 'mutation'),
    callService(stranger, 'runs.get', { id: runId }, 'query'),
    callService(stranger, 'runs.cancel', { id: runId }, 'mutation'),
  ]);
  expect(asked).toEqual(asked.map(() => ({ code: 'NOT_FOUND' })));
  const exported = await stranger.request.get(`/api/runs/${runId}/export/keras`);
  expect(exported.status()).toBe(404);

  // Who has no session at all is not even told that.
  const nobody = await stranger.context().browser()?.newContext();
  const answer = await nobody?.request.get(new URL(`/api/runs/${runId}/export/keras`, stranger.url()).href);
  expect(answer?.status()).toBe(401);
  await nobody?.close();

  const own = await callService(page, 'documents.get', { id: documentId }, 'query');
  expect(own).toMatchObject({ value: { title: 'Will I pass?' } });
});
