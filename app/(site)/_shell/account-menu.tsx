'use client';

import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconMoon, IconSettings, IconSun, IconUserPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { leave } from '@/app/_client/leave';
import { useSession } from '@/app/_client/session';
import classes from './site-shell.module.css';

/** Who is here, with light and dark, and the way to an account. */
export function AccountMenu() {
  const session = useSession();
  const { toggleColorScheme } = useMantineColorScheme();
  const user = session.data?.user;
  const name = user?.name ?? '…';
  return (
    <Menu position="top-start" width={216}>
      <Menu.Target>
        <button type="button" className={classes.account} aria-label={`Account of ${name}`}>
          <span className={classes.avatar} style={{ background: user?.color ?? 'var(--nl-raised)' }} aria-hidden>
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span className={classes.who}>
            <div>{name}</div>
            <div className={classes.role}>{user ? (user.guest ? 'Guest' : user.email) : ' '}</div>
          </span>
          <IconSettings size={16} stroke={1.75} color="var(--nl-text-3)" className={classes.gear} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={
            <>
              <IconSun size={14} stroke={1.75} className="mantine-light-hidden" />
              <IconMoon size={14} stroke={1.75} className="mantine-dark-hidden" />
            </>
          }
          onClick={() => toggleColorScheme()}
        >
          Light or dark
        </Menu.Item>
        {user?.guest ? (
          <>
            <Menu.Item component={Link} href="/sign-up" leftSection={<IconUserPlus size={14} stroke={1.75} />}>
              Keep my work: make an account
            </Menu.Item>
            <Menu.Item component={Link} href="/sign-in">
              Sign in
            </Menu.Item>
          </>
        ) : (
          <>
            <Menu.Item component={Link} href="/account">
              Account
            </Menu.Item>
            <Menu.Item leftSection={<IconLogout size={14} stroke={1.75} />} onClick={() => void leave()}>
              Sign out
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
