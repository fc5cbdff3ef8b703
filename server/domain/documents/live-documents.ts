import type { Command } from '@/lib/graph/command';
import type { Document } from '@/lib/graph/document';

/** The documents as they are being edited right now; `server/realtime` implements it. */
export interface LiveDocuments {
  /** The present content, also what is not stored yet. Throws `not-found`. */
  read(documentId: string): Promise<Document>;
  /** Does a command as everybody's editor would, and stores the result. */
  apply(documentId: string, command: Command): Promise<void>;
  /** Sends everybody out, after a document went to the bin. */
  close(documentId: string): void;
}
