import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { ExportFormat } from '@/lib/protocol/service';

/** Where the service hands out an exported model: of a checkpoint, or of the newest. */
const exportAddress = (runId: string, format: ExportFormat, iteration: number | undefined): string =>
  `/api/runs/${encodeURIComponent(runId)}/export/${format}${iteration === undefined ? '' : `?checkpoint=${iteration}`}`;

/** Downloads an export, of a checkpoint or of the newest; answers a sentence where the format cannot say what the model does. */
export async function exportRun(runId: string, format: ExportFormat, iteration?: number): Promise<string | null> {
  let response: Response;
  try {
    response = await fetch(exportAddress(runId, format, iteration));
  } catch {
    return 'The server does not answer. Check that Netloom is still running and try again.';
  }
  if (!response.ok) return refusal(response);
  const named = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = named ?? `model.${format}`;
  link.click();
  // The browser has taken its own hold of the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
  return null;
}

async function refusal(response: Response): Promise<string> {
  const otherwise = 'The model could not be exported. Try again in a moment.';
  try {
    const body = (await response.json()) as Partial<{ diagnostics: Diagnostic[]; error: { message: string } }>;
    return body.diagnostics?.[0]?.message ?? body.error?.message ?? otherwise;
  } catch {
    return otherwise;
  }
}
