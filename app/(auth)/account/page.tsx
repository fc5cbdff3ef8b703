import type { Metadata } from 'next';
import { SessionGate } from '@/app/_client/session-gate';
import { AccountCard } from '../account-card';

export const metadata: Metadata = { title: 'Account' };

export default function Page() {
  return (
    <SessionGate>
      <AccountCard />
    </SessionGate>
  );
}
