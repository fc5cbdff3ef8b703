import { TRPCClientError } from '@trpc/client';

/** What an error carries of the service's answer: its code, where there was an answer at all. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof TRPCClientError)) return null;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('code' in data)) return null;
  return typeof data.code === 'string' ? data.code : null;
}

/**
 * One or two sentences for the reader. The service's own messages are written for people and pass unchanged; what came
 * from the browser or from a parser is said in our words.
 */
export function readableError(error: unknown): string {
  const code = errorCode(error);
  if (code === null && (error instanceof TypeError || error instanceof TRPCClientError))
    return 'The server does not answer. Check that Netloom is still running and that you are online, then try again.';
  if (code === 'NOT_FOUND')
    return 'This does not exist, or it is not yours to see. Check the address or ask its owner to share it.';
  if (code === 'UNAUTHORIZED') return 'Your session has ended. Reload the page to go on.';
  if (code === 'TOO_MANY_REQUESTS') return 'That was a lot at once. Wait a moment and try again.';
  const message = error instanceof Error ? error.message : '';
  if (message === '' || message.startsWith('[') || message.startsWith('{'))
    return 'Netloom did not understand this request. Reload the page and try again.';
  return message;
}
