'use client';

import { IconBooks, IconChartLine, IconDatabase, IconFileText, IconHome } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Brand } from '@/app/_ui/brand';
import { AccountMenu } from './account-menu';
import { SearchBox } from './search-box';
import classes from './site-shell.module.css';

const PLACES = [
  { href: '/', title: 'Home', icon: IconHome },
  { href: '/gallery', title: 'Gallery', icon: IconBooks },
  { href: '/documents', title: 'My documents', icon: IconFileText },
  { href: '/runs', title: 'Runs', icon: IconChartLine },
  { href: '/data', title: 'Data', icon: IconDatabase },
];

/** Navigation on the left (below on a phone), the page beside it. */
export function SiteShell({ children }: { children: ReactNode }) {
  const path = usePathname();
  return (
    <div className={classes.shell}>
      <aside className={classes.side}>
        <Link href="/" className={classes.brand} aria-label="Netloom, home">
          <Brand />
          Netloom
        </Link>
        <nav className={classes.nav} aria-label="Pages">
          {PLACES.map(({ href, title, icon: Icon }) => (
            <Link
              key={href}
              href={href}
              className={classes.link}
              {...(path === href ? { 'aria-current': 'page' as const } : {})}
            >
              <Icon size={18} stroke={1.75} />
              {title}
            </Link>
          ))}
        </nav>
        <div className={classes.space} />
        <AccountMenu />
      </aside>
      <div className={classes.main}>{children}</div>
      <SearchBox />
    </div>
  );
}
