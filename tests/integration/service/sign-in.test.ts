import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieOf, homeOf, type TestService, testService, type Visitor } from '@/tests/helpers/service';

let service: TestService;
beforeAll(async () => {
  service = await testService();
});
afterAll(() => service.stop());

const post = (visitor: Visitor, path: string, body: object, headers: Record<string, string> = {}) =>
  visitor.fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const ada = { name: 'Ada', email: 'ada@example.org', password: 'correct horse' };

async function entered(visitor: Visitor, path: string, body: object): Promise<Visitor> {
  const answer = await post(visitor, path, body);
  expect(answer.status).toBe(200);
  const { user } = (await answer.json()) as { user: { id: string } };
  return service.as(user.id, cookieOf(answer));
}

test('what a guest made belongs to the account after signing up', async () => {
  const guest = await service.guest();
  const workspaceId = await homeOf(guest);
  const { id } = await guest.client.documents.create.mutate({ workspaceId, from: { gallery: 'perceptron' } });

  const account = await entered(guest, 'sign-up/email', ada);
  const session = await account.client.session.get.query();
  expect(session.user).toMatchObject({ name: 'Ada', email: 'ada@example.org', guest: false });
  expect(session.workspaces).toEqual([{ id: workspaceId, title: 'My workspace', role: 'owner', personal: true }]);
  expect(await account.client.documents.get.query({ id })).toMatchObject({ id, role: 'owner' });
  await expect(guest.client.session.get.query()).rejects.toMatchObject({ data: { code: 'UNAUTHORIZED' } });
});

test('signing in from a guest visit keeps both workspaces', async () => {
  const guest = await service.guest();
  const brought = await homeOf(guest);
  await guest.client.documents.create.mutate({ workspaceId: brought, from: { empty: 'Brought along' } });
  const account = await entered(guest, 'sign-in/email', { email: ada.email, password: ada.password });
  const { workspaces } = await account.client.session.get.query();
  expect(workspaces).toHaveLength(2);
  expect(workspaces[1]).toMatchObject({ id: brought, title: 'From a guest visit', role: 'owner', personal: false });
});

test('the session cookie cannot be read by scripts nor sent by other sites', async () => {
  const answer = await post(service.stranger(), 'sign-in/email', { email: ada.email, password: ada.password });
  const [cookie = ''] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/^netloom\.session_token=/);
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
});

test('a wrong password and a foreign page get nowhere', async () => {
  const stranger = service.stranger();
  expect((await post(stranger, 'sign-in/email', { email: ada.email, password: 'not the one' })).status).toBe(401);
  const foreign = await post(stranger, 'sign-in/anonymous', {}, { origin: 'http://elsewhere.example' });
  expect(foreign.status).toBe(400);
  const change = await (await service.guest()).fetch('/api/trpc/workspaces.create', {
    method: 'POST',
    headers: { origin: 'http://elsewhere.example', 'content-type': 'application/json' },
    body: JSON.stringify({ json: { title: 'Forged' } }),
  });
  expect(change.status).toBe(400);
});

test('signing out ends the session', async () => {
  const account = await entered(service.stranger(), 'sign-in/email', { email: ada.email, password: ada.password });
  expect((await post(account, 'sign-out', {})).status).toBe(200);
  await expect(account.client.session.get.query()).rejects.toMatchObject({ data: { code: 'UNAUTHORIZED' } });
});

test('guessing passwords is slowed down', async () => {
  const statuses: number[] = [];
  // Counted before anything else is looked at, so that these need not be whole.
  for (let attempt = 0; attempt < 70; attempt++)
    statuses.push((await post(service.stranger(), 'sign-in/email', {})).status);
  expect(statuses).toContain(429);
});

test('answers carry their protections and errors carry nothing inside', async () => {
  const health = await service.stranger().fetch('/healthz');
  expect(health.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await (await service.stranger().fetch('/readyz')).json()).toEqual({ ready: true });
  const missing = await service.stranger().fetch('/api/none');
  expect(missing.status).toBe(404);
  expect(missing.headers.get('content-security-policy')).toContain("default-src 'none'");
  const broken = await (await service.guest()).fetch('/api/trpc/documents.get?input=%7Bbroken');
  expect(broken.status).toBe(400);
  expect(await broken.text()).not.toMatch(/node_modules|\.ts:|\n\s+at /);
});
