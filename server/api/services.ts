import type { DatasetCard, Split } from '@/lib/datasets/card';
import type { Document } from '@/lib/graph/document';
import type { DatasetPreview, DatasetRows, EngineStatus, GallerySummary } from '@/lib/protocol/service';
import type { Database } from '@/server/db/database';
import type { LiveDocuments } from '@/server/domain/documents/live-documents';
import type { ExportedRun, ExportRun } from '@/server/domain/runs/export-run';
import type { RunQueue } from '@/server/domain/runs/run-queue';
import type { RunNewsHub } from '@/server/events/run-news';
import type { BlobStore } from '@/server/storage/blob-store';

/** What the procedures work with; the composition root `server/web` puts it together. */
export interface Services {
  database: Database;
  news: RunNewsHub;
  queue: RunQueue;
  blobs: BlobStore;
  live: LiveDocuments;
  /** Data sets that come with Netloom, by id. */
  builtIn(): Record<string, DatasetCard>;
  /** Rows of a data set that is there. */
  preview(id: string, split: Split): Promise<DatasetPreview>;
  /** The first rows of every split, for training in a page. */
  rows(id: string): Promise<DatasetRows>;
  /** Removes the file of an upload. */
  removeUpload(ref: string): Promise<void>;
  gallery: { list(): GallerySummary[]; document(id: string): Document | null };
  engine(): Promise<EngineStatus>;
  exportRun(asked: ExportRun): Promise<ExportedRun>;
  log: Log;
}

/** The part of a pino logger that is used here. */
export interface Log {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
}
