import type { Role } from '@/lib/protocol/service';

const READ = ['viewer', 'editor', 'owner'] as const satisfies Role[];
const WRITE = ['editor', 'owner'] as const satisfies Role[];

/**
 * The one table of who may do what. `anyone`: also without a session. `signed-in`: any session, guests too, and no
 * resource is involved. A list: the roles in the workspace to which the resource belongs.
 */
export const PERMISSIONS = {
  'session.read': 'signed-in',
  'gallery.read': 'signed-in',
  'engine.read': 'signed-in',
  'workspace.list': 'signed-in',
  'workspace.create': 'signed-in',
  'document.list': READ,
  'document.create': WRITE,
  'document.read': READ,
  'document.edit': WRITE,
  'document.remove': WRITE,
  'document.restore': WRITE,
  'version.list': READ,
  'version.read': READ,
  'version.save': WRITE,
  'version.remove': WRITE,
  'library.list': READ,
  'library.read': READ,
  'library.publish': WRITE,
  'library.remove': WRITE,
  'run.list': READ,
  'run.start': WRITE,
  'run.read': READ,
  'run.watch': READ,
  'run.control': WRITE,
  'run.rename': WRITE,
  'run.remove': WRITE,
  'run.export': READ,
  'dataset.list': READ,
  'dataset.create': WRITE,
  'dataset.read': READ,
  'dataset.remove': WRITE,
  'asset.list': READ,
  'asset.create': WRITE,
  'asset.remove': WRITE,
} as const satisfies Record<string, 'signed-in' | readonly Role[]>;

export type Action = keyof typeof PERMISSIONS;

/** Whether a role allows an action on a resource of its workspace. */
export function roleMay(role: Role, action: Action): boolean {
  const allowed: 'signed-in' | readonly Role[] = PERMISSIONS[action];
  return allowed === 'signed-in' || allowed.includes(role);
}
