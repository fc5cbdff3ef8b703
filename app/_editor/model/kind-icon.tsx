import { IconHelpHexagon, IconLogin2, IconLogout2 } from '@tabler/icons-react';
import { kindIcons } from './kind-icons.generated';

/** Not of a kind: what stands at the borders inside a block. */
const ENDS: Readonly<Record<string, typeof IconLogin2>> = { 'login-2': IconLogin2, 'logout-2': IconLogout2 };

/** The icon that a kind names; a question mark for kinds that are not installed. */
export function KindIcon({ name, size = 14 }: { name: string; size?: number }) {
  const Icon = kindIcons[name] ?? ENDS[name] ?? IconHelpHexagon;
  return <Icon size={size} stroke={2} aria-hidden="true" />;
}
