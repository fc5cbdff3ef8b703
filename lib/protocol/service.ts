import type { DatasetCard, Split } from '@/lib/datasets/card';
import type { LiveNumber } from '@/lib/engine/live-numbers';
import type { GalleryEntry } from '@/lib/gallery/gallery-entry';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { BlockPort } from '@/lib/graph/document';
import type { Length } from '@/lib/graph/set-length';
import type { LoggedEvent, RunProgress, RunStatus } from './run-event';

/** What the procedures of `server/api` answer; dates are ISO strings in UTC. */

export type Role = 'owner' | 'editor' | 'viewer';

export interface SessionInfo {
  user: { id: string; name: string; email: string | null; guest: boolean; color: string };
  workspaces: { id: string; title: string; role: Role; personal: boolean }[];
}

export interface DocumentSummary {
  id: string;
  workspaceId: string;
  title: string;
  /** Gallery entry it was made from. */
  origin: string | null;
  nodes: number;
  updatedAt: string;
  lastRun: { id: string; status: RunStatus; series: number[] } | null;
}

/** Answer of `documents.get`; the content itself comes through `/ws/collab`. */
export interface DocumentDetail extends DocumentSummary {
  role: Role;
}

/** A named state of a document; its content comes with `versions.get`. */
export interface VersionSummary {
  id: string;
  documentId: string;
  name: string;
  nodes: number;
  createdAt: string;
  /** Who kept it; null where that person is gone. */
  author: string | null;
}

/** One card of the gallery; the document itself comes with `documents.create`. */
export interface GallerySummary extends Omit<GalleryEntry, 'document' | 'lesson'> {
  nodes: number;
  /** Names of its shorter settings, such as `quick`. */
  presets: string[];
}

export interface RunSummary {
  id: string;
  workspaceId: string;
  documentId: string;
  /** Per document, from 1. */
  number: number;
  title: string;
  preset: string | null;
  seed: number;
  status: RunStatus;
  /** One sentence where it failed, diverged or waits for something. */
  reason: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  progress: RunProgress | null;
  /** Latest value by metric key. */
  metrics: Record<string, number | null>;
  /** Functions of the program that can be exported. */
  functions: string[];
  /** The run that this one branched off, and where; `id` null: that run is removed. */
  parent: { id: string | null; number: number; iteration: number } | null;
}

/** Answer of `runs.settings`: what a person may set of a run, or of a branch of it. */
export interface RunSettings {
  /** Checkpoints to branch off or export, oldest first; `iteration`: iterations done. */
  checkpoints: { iteration: number; best: boolean; name: string | null; createdAt: string }[];
  length: Length;
  iterationsPerEpoch: number | null;
  /** With what people have set since it began. */
  numbers: LiveNumber[];
  optimizers: { path: string; name: string }[];
}

export type StartRunResult = { runId: string } | { diagnostics: Diagnostic[] };

/** Items of the `runs.watch` subscription: the log itself, and the state beside it. */
export type RunUpdate =
  /** `now`: what of the state has changed with them. */
  | { kind: 'events'; events: LoggedEvent[]; now?: Pick<RunSummary, 'progress' | 'metrics'> }
  | { kind: 'state'; run: RunSummary };

/** A block that a workspace shares. */
export interface LibraryBlockSummary {
  id: string;
  title: string;
  /** Of its content: a document that holds another one can be updated. */
  hash: string;
  /** With those of the blocks in it. */
  nodes: number;
  inputs: BlockPort[];
  outputs: BlockPort[];
  author: string | null;
  publishedAt: string;
}

export interface EngineStatus {
  engine: 'tensorflow' | 'webgpu' | 'wasm' | 'cpu';
  device: string;
  /** What a training can have at most: of the GPU, else of the machine; null where it is not known. */
  memoryBytes: number | null;
  versions: { node: string; tfjs: string; tensorflow: string | null };
  workers: number;
  problems: { code: string; message: string; fix: string }[];
}

export const EXPORT_FORMATS = ['keras', 'onnx', 'tfjs', 'keras-code', 'torch-code', 'safetensors', 'html'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Answer of `datasets.read`: the first rows of every split. Numbers are base64 of their little-endian bytes. */
export interface DatasetRows {
  /** With the counts of these rows. */
  card: DatasetCard;
  columns: Record<Split, Record<string, { shape: number[]; data: string | string[] }>>;
}

/** Answer of `datasets.preview`: a few rows of a split, ready to draw. */
export interface DatasetPreview {
  rows: number;
  images?: { shape: [number, number, number, number]; pixels: string; labels: string[] };
  table?: { columns: string[]; rows: (string | number)[][] };
  points?: { x: number[]; y: number[]; label: number[]; classes: string[] };
}
