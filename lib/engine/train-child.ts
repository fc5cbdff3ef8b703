import type { AssetCard } from '@/lib/compile/asset-card';
import { compile } from '@/lib/compile/compile';
import type { Program } from '@/lib/compile/program';
import type { DatasetCard } from '@/lib/datasets/card';
import type { Document, Node } from '@/lib/graph/document';
import { parseDocument } from '@/lib/graph/parse-document';
import { variantDocument } from '@/lib/graph/variant-document';
import type { ChildRequest } from '@/lib/nodes/common/children';
import type { RunStatus } from '@/lib/protocol/run-event';
import type { EngineHost } from './host';
import type { Kinds } from './plan';
import type { runTraining, Wish } from './run-training';

export interface ChildTraining {
  kinds: Kinds;
  seed: number;
  wants(): Wish;
  /** `runTraining` itself, which children are trained in. */
  train: typeof runTraining;
}

/**
 * Trains a child here and answers its score; null where a wish came in between. Throws where the document is none; a
 * child that its choices make impossible has the score `otherwise`.
 */
export async function trainChild(
  host: EngineHost,
  request: ChildRequest,
  { kinds, seed, wants, train }: ChildTraining,
): Promise<number | null> {
  const made = await compileChild(host, request, kinds);
  if (!made) return request.otherwise;
  const items = train(made.program, host, { kinds, seed, control: { wants } });
  let score: number | null = null;
  for (;;) {
    const item = await items.next();
    if (item.done) return item.value === 'paused' || wants() === 'stop' ? null : (score ?? request.otherwise);
    if (item.value.kind === 'event' && item.value.event.type === 'finished') score = scoreOf(request, item.value.event);
  }
}

/** What a child is: its document with what the search chose, and the program to train. */
export interface CompiledChild {
  document: Document;
  program: Program;
  parameters: number;
}

/** Null where its choices make it impossible. Throws where the document is none. */
export async function compileChild(
  host: EngineHost,
  request: ChildRequest,
  kinds: Kinds,
): Promise<CompiledChild | null> {
  const { document, diagnostics } = parseDocument(request.document);
  if (!document) throw new Error(`The document of Child score cannot be read. ${diagnostics[0]?.message ?? ''}`.trim());
  const [datasets, assets] = [await cardsOf(document, host), await assetsOf(document, host)];
  const { program, totals } = compile(document, { kinds, datasets, assets, set: request.set, fixes: false });
  if (!program) return null;
  return {
    document: variantDocument(document, { id: '', title: '', set: request.set }),
    program: { ...program, run: { ...program.run, length: { iterations: request.budget } } },
    parameters: totals.parameters,
  };
}

/** The score of a child that has ended so. */
export const scoreOf = (
  { metric, otherwise }: ChildRequest,
  ended: { status: RunStatus; metrics: Readonly<Record<string, number | null>> },
): number => (ended.status === 'succeeded' ? (ended.metrics[metric] ?? otherwise) : otherwise);

/** Cards of the data sets that a document names. Rejects with a message for the user where files are missing. */
async function cardsOf(document: Document, { datasets }: EngineHost): Promise<Record<string, DatasetCard>> {
  const cards: Record<string, DatasetCard> = {};
  for (const { kind, params } of nodesOf(document)) {
    const id = kind === 'dataset' ? params.dataset : undefined;
    if (typeof id === 'string' && !cards[id]) cards[id] = (await datasets.open(id, {})).card;
  }
  return cards;
}

/** Cards of the trained weights that a document starts from, as far as they are here. */
async function assetsOf(document: Document, { assets }: EngineHost): Promise<Record<string, AssetCard>> {
  const cards: Record<string, AssetCard> = {};
  for (const { start } of nodesOf(document)) {
    const card = start && 'asset' in start ? await assets?.card(start.asset) : undefined;
    if (card) cards[card.id] = card;
  }
  return cards;
}

const nodesOf = ({ graph, blocks }: Document): Node[] =>
  [graph, ...Object.values(blocks).map((block) => block.graph)].flatMap(({ nodes }) => Object.values(nodes));
