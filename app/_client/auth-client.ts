'use client';

import { anonymousClient } from 'better-auth/client/plugins';
import { createAuthClient } from 'better-auth/react';

/** Talks to `/api/auth` of this origin. */
export const authClient = createAuthClient({ plugins: [anonymousClient()] });
