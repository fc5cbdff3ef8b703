import { invariant } from '@/lib/base/invariant';
import type { Queryable } from '@/server/db/database';
import { AppError, notFound } from '@/server/errors/app-error';
import { type Access, findAccess, type Target } from './access.queries';
import { type Action, PERMISSIONS, roleMay } from './permissions';

/** Who asks. */
export interface Actor {
  id: string;
  name: string;
  email: string | null;
  guest: boolean;
}

/**
 * Lets an action on a resource through, or throws: `unauthenticated` without a session, `not-found` where the resource
 * is missing, in the bin, or not the actor's to touch; the three cannot be told apart.
 */
export async function authorise(db: Queryable, actor: Actor | null, action: Action, target: Target): Promise<Access> {
  invariant(PERMISSIONS[action] !== 'signed-in', `${action} is not about a resource`);
  const { id } = requireActor(actor);
  const access = await findAccess(db, id, target);
  const hidden = access?.removed === true && action !== 'document.restore';
  if (!access || hidden || !roleMay(access.role, action)) throw notFound(Object.keys(target)[0] ?? 'thing');
  return access;
}

/** Lets through whoever has a session. */
export function requireActor(actor: Actor | null): Actor {
  if (!actor) throw new AppError('unauthenticated', 'You are not signed in. Reload the page to go on.');
  return actor;
}
