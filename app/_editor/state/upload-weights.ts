import type { AssetCard } from '@/lib/compile/asset-card';
import type { Diagnostic } from '@/lib/graph/diagnostic';

type Answer = Partial<{ card: AssetCard; diagnostics: Diagnostic[]; error: { message: string } }>;

/** Sends a file of trained weights to a workspace. Rejects with a sentence for the reader. */
export async function uploadWeights(workspaceId: string, file: File): Promise<AssetCard> {
  const response = await fetch(`/api/assets?workspaceId=${encodeURIComponent(workspaceId)}`, {
    method: 'POST',
    headers: { 'x-filename': encodeURIComponent(file.name), 'content-type': 'application/octet-stream' },
    body: file,
  });
  const answer: Answer = await response.json().catch(() => ({}));
  if (response.ok && answer.card) return answer.card;
  const said = answer.diagnostics?.[0]?.message ?? answer.error?.message;
  throw new Error(said ?? 'The server refused this file. Try again in a moment.');
}
