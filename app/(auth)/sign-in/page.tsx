import type { Metadata } from 'next';
import { AuthForm } from '../auth-form';

export const metadata: Metadata = { title: 'Sign in' };

export default function Page() {
  return <AuthForm mode="sign-in" />;
}
