import type { Json } from '@/lib/base/json';
import type { DatasetCard } from '@/lib/datasets/card';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import type { FaceEnv, Kind } from '@/lib/nodes/kind';
import type { AssetCard } from './asset-card';

/** What a document is compiled against. The editor passes faces and inference; engine hosts pass whole kinds. */
export interface CompileContext {
  kinds: Record<string, Pick<Kind, 'face' | 'infer'>>;
  datasets: Record<string, DatasetCard>;
  /** Files of trained weights, by the id that `start.asset` names; absent: there are none. */
  assets?: Readonly<Record<string, AssetCard>>;
  /** Name of a preset whose values replace the defaults of the document's params. */
  preset?: string;
  /** Values of document params, over the preset's. */
  set?: Record<string, Json>;
  /** Overrides the document's batch size. */
  batch?: number;
  limits?: Partial<CompileLimits>;
  /** Without fixes, a compile costs less: for hosts that only want the program. Default true. */
  fixes?: boolean;
  /** False leaves the program out, and with it a third of the cost: for editors, which show what the rest says. */
  program?: false;
}

/** Beyond these a document is refused before it takes time or memory. */
export interface CompileLimits {
  /** Nodes and instances after flattening. */
  nodes: number;
  /** Blocks within blocks. */
  nesting: number;
  /** Chained copies of one instance. */
  copies: number;
  /** All variables together. */
  parameters: number;
  /** Activations of one batch, forward. */
  activationBytes: number;
  /** Above this, weights, gradients, what the optimizer keeps, and activations give a warning. */
  tightBytes: number;
}

const GIB = 2 ** 30;

export const COMPILE_LIMITS: CompileLimits = {
  nodes: 20_000,
  nesting: 32,
  copies: 1_000,
  parameters: 2_000_000_000,
  activationBytes: 256 * GIB,
  tightBytes: 12 * GIB,
};

export const limitsOf = (context: CompileContext): CompileLimits => ({ ...COMPILE_LIMITS, ...context.limits });

/** A pass answers its form and what it has to say. */
export type Passed<T> = T & { diagnostics: Diagnostic[] };

/** The world around a node, for ports and inference. */
export const faceEnv = (document: Document, context: Pick<CompileContext, 'datasets'>): FaceEnv => ({
  dataset: (id) => (Object.hasOwn(context.datasets, id) ? context.datasets[id] : undefined),
  block: (id) => (Object.hasOwn(document.blocks, id) ? document.blocks[id] : undefined),
});

export const assetOf = (context: Pick<CompileContext, 'assets'>, id: string): AssetCard | undefined =>
  context.assets && Object.hasOwn(context.assets, id) ? context.assets[id] : undefined;

export const kindOf = (context: Pick<CompileContext, 'kinds'>, kind: string) =>
  Object.hasOwn(context.kinds, kind) ? context.kinds[kind] : undefined;
