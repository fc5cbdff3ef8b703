import type { ServerResponse } from 'node:http';
import { HTTP_STATUS, toAppError } from '@/server/errors/app-error';

/** Answers JSON and ends. */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}

/** Answers an error as `{ error: { code, message } }`; never more than its sentence. */
export function answerError(response: ServerResponse, error: unknown): void {
  const { code, message } = toAppError(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  answerJson(response, HTTP_STATUS[code], { error: { code, message } });
}
