import type { ReactNode } from 'react';
import { Overlays } from '@/app/_client/overlays';
import { SiteShell } from './_shell/site-shell';

export default function SiteLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SiteShell>{children}</SiteShell>
      <Overlays />
    </>
  );
}
