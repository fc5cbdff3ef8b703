import type { IncomingMessage } from 'node:http';
import { AppError } from '@/server/errors/app-error';

/** Name of an uploaded file, as the browser gave it in the header `x-filename`. */
export function filenameOf(request: IncomingMessage): string {
  const header = request.headers['x-filename'];
  try {
    return decodeURIComponent(typeof header === 'string' ? header : 'upload');
  } catch {
    throw new AppError('invalid', 'The file name in the header x-filename is not percent-encoded UTF-8.');
  }
}
