import type { DatasetCard } from '@/lib/datasets/card';
import type { Diagnostic } from '@/lib/graph/diagnostic';

/** What became of an upload: a card, with notes on what was left out, or why the file cannot be used. */
export type UploadOutcome = { card: DatasetCard; notes: Diagnostic[] } | { diagnostics: Diagnostic[] };

const problem = (message: string): UploadOutcome => ({
  diagnostics: [{ code: 'data-invalid', severity: 'error', message, at: {} }],
});

/** Tables are told by their end; everything else must be an archive. */
export const isTable = (filename: string): boolean => /\.(csv|tsv|txt)$/i.test(filename);

/**
 * Sends a CSV, or a ZIP of one folder of pictures a class. `onProgress`: share of the file that has left, 0 to 1; after
 * that the server reads it. XMLHttpRequest, since fetch does not tell how much of a body has left.
 */
export function uploadDataset(options: {
  workspaceId: string;
  file: File;
  onProgress(share: number): void;
  signal: AbortSignal;
}): Promise<UploadOutcome> {
  const { workspaceId, file, onProgress, signal } = options;
  if (!isTable(file.name) && !/\.zip$/i.test(file.name)) {
    const text = `${file.name} is neither a table nor an archive. A CSV file, or a ZIP with a folder of pictures for each class, is expected.`;
    return Promise.resolve(problem(text));
  }
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/datasets?workspaceId=${encodeURIComponent(workspaceId)}`);
    request.setRequestHeader('x-filename', encodeURIComponent(file.name));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(readAnswer(request.status, request.responseText));
    request.onerror = () =>
      resolve(
        problem('The connection was lost while the file was on its way. Check that you are online and try again.'),
      );
    request.onabort = () => resolve(problem('The upload was stopped.'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function readAnswer(status: number, text: string): UploadOutcome {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return problem('The server did not understand this file. Try again, or try a smaller part of it.');
  }
  const answer = body as Partial<{
    card: DatasetCard;
    notes: Diagnostic[];
    diagnostics: Diagnostic[];
    error: { message: string };
  }>;
  if (status === 200 && answer.card) return { card: answer.card, notes: answer.notes ?? [] };
  if (answer.diagnostics && answer.diagnostics.length > 0) return { diagnostics: answer.diagnostics };
  return problem(answer.error?.message ?? 'The server refused this file. Try again in a moment.');
}
