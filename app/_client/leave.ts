'use client';

import { authClient } from './auth-client';

/** Signs out and starts afresh: nothing of the account stays in the page. */
export async function leave(): Promise<void> {
  await authClient.signOut();
  location.assign('/');
}
