'use client';

/** Signs out and starts afresh: nothing of the account stays in the page. */
export async function leave(): Promise<void> {
  const { authClient } = await import('./auth-client');
  await authClient.signOut();
  location.assign('/');
}
