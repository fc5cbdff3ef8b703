import Link from 'next/link';
import type { ReactNode } from 'react';
import { Overlays } from '@/app/_client/overlays';
import { Brand } from '@/app/_ui/brand';
import classes from './auth.module.css';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className={classes.page}>
      <Link href="/" className={classes.brand} aria-label="Netloom, home">
        <Brand size={24} />
        Netloom
      </Link>
      <div className={classes.card}>{children}</div>
      <Overlays />
    </main>
  );
}
