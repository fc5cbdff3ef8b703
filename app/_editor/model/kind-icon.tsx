import { IconHelpHexagon } from '@tabler/icons-react';
import { kindIcons } from './kind-icons.generated';

/** The icon that a kind names; a question mark for kinds that are not installed. */
export function KindIcon({ name, size = 14 }: { name: string; size?: number }) {
  const Icon = kindIcons[name] ?? IconHelpHexagon;
  return <Icon size={size} stroke={2} aria-hidden="true" />;
}
