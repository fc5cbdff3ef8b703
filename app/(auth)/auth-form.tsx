'use client';

import { Button, PasswordInput, TextInput } from '@mantine/core';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { authClient } from '@/app/_client/auth-client';
import { authProblem } from '@/app/_client/auth-problem';
import { readableError } from '@/app/_client/readable-error';
import classes from './auth.module.css';

const TEXTS = {
  'sign-in': {
    heading: 'Sign in',
    lead: 'What you made as a guest in this browser moves into your account.',
    action: 'Sign in',
  },
  'sign-up': {
    heading: 'Make an account',
    lead: 'Your documents and runs stay with you, in every browser. Nothing is sent to the e-mail address.',
    action: 'Make an account',
  },
};

/** Sign-in and sign-up. Afterwards the page starts afresh, so that sockets and caches are the new account's. */
export function AuthForm({ mode }: { mode: 'sign-in' | 'sign-up' }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const text = TEXTS[mode];
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [name, email, password] = ['name', 'email', 'password'].map((key) => String(fields.get(key) ?? ''));
    setBusy(true);
    setProblem(null);
    try {
      const answer =
        mode === 'sign-in'
          ? await authClient.signIn.email({ email: email ?? '', password: password ?? '' })
          : await authClient.signUp.email({ name: name ?? '', email: email ?? '', password: password ?? '' });
      if (!answer.error) {
        location.assign('/');
        return;
      }
      setProblem(authProblem(answer.error));
    } catch (error) {
      setProblem(readableError(error));
    }
    setBusy(false);
  };
  return (
    <>
      <h1>{text.heading}</h1>
      <p className={classes.lead}>{text.lead}</p>
      <form className={classes.form} onSubmit={submit}>
        {problem && (
          <div className={classes.error} role="alert">
            {problem}
          </div>
        )}
        {mode === 'sign-up' && (
          <TextInput
            name="name"
            label="Name"
            size="md"
            required
            withAsterisk={false}
            maxLength={80}
            autoComplete="name"
          />
        )}
        <TextInput
          name="email"
          type="email"
          label="E-mail"
          size="md"
          required
          withAsterisk={false}
          autoComplete="email"
        />
        <PasswordInput
          name="password"
          label="Password"
          size="md"
          required
          withAsterisk={false}
          minLength={mode === 'sign-up' ? 8 : 1}
          maxLength={200}
          {...(mode === 'sign-up' ? { description: 'At least 8 characters' } : {})}
          autoComplete={mode === 'sign-up' ? 'new-password' : 'current-password'}
        />
        <Button type="submit" variant="filled" size="md" loading={busy}>
          {text.action}
        </Button>
      </form>
      <p className={classes.other}>
        {mode === 'sign-in' ? (
          <>
            No account yet? <Link href="/sign-up">Make one</Link> or <Link href="/">go on as a guest</Link>.
          </>
        ) : (
          <>
            Already have one? <Link href="/sign-in">Sign in</Link>.
          </>
        )}
      </p>
    </>
  );
}
