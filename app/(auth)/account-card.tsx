'use client';

import { Button, Group, useMantineColorScheme } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import Link from 'next/link';
import { leave } from '@/app/_client/leave';
import { useKnownSession } from '@/app/_client/session-gate';
import { Segmented } from '@/app/_ui/segmented';
import classes from './auth.module.css';

/** Who is here and how the pages look; a guest is told how to keep the work. */
export function AccountCard() {
  const { user, workspaces } = useKnownSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <h1>{user.guest ? 'You are a guest' : 'Account'}</h1>
      {user.guest && (
        <p className={classes.lead}>
          Your work is kept in this browser only. With an account it is yours in every browser.
        </p>
      )}
      <dl className={classes.list}>
        <dt>Name</dt>
        <dd>{user.name}</dd>
        <dt>E-mail</dt>
        <dd>{user.email ?? '–'}</dd>
        <dt>Workspaces</dt>
        <dd>{workspaces.map(({ title }) => title).join(', ')}</dd>
        <dt>Look</dt>
        <dd>
          <Segmented
            label="Look"
            value={colorScheme}
            onChange={setColorScheme}
            options={[
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
              { value: 'auto', label: 'As the system' },
            ]}
          />
        </dd>
      </dl>
      <Group gap={8}>
        {user.guest ? (
          <>
            <Button component={Link} href="/sign-up" variant="filled">
              Make an account
            </Button>
            <Button component={Link} href="/sign-in">
              Sign in
            </Button>
          </>
        ) : (
          <Button leftSection={<IconLogout size={14} stroke={1.75} />} onClick={() => void leave()}>
            Sign out
          </Button>
        )}
        <Button component={Link} href="/" variant="subtle" color="gray">
          Home
        </Button>
      </Group>
    </>
  );
}
