/** What better-auth answers, in our words; what it says itself where that is a sentence for people. */
const SENTENCES: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: 'E-mail and password do not belong together. Check both and try again.',
  USER_ALREADY_EXISTS: 'There is an account with this e-mail already. Sign in instead.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'There is an account with this e-mail already. Sign in instead.',
  INVALID_EMAIL: 'This is not an e-mail address. One like name@school.org is expected.',
  PASSWORD_TOO_SHORT: 'The password is too short. At least 8 characters are expected.',
  PASSWORD_TOO_LONG: 'The password is too long. At most 200 characters are expected.',
};

/** A sentence for a failed sign-in or sign-up. */
export function authProblem(error: {
  code?: string | undefined;
  message?: string | undefined;
  status?: number;
}): string {
  if (error.status === 429) return 'Too many tries. Wait a minute and try again.';
  const known = error.code === undefined ? undefined : SENTENCES[error.code];
  return known ?? error.message ?? 'The server does not answer. Check that Netloom is still running and try again.';
}
