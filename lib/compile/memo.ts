import type { DatasetCard } from '@/lib/datasets/card';
import type { Block, PortId } from '@/lib/graph/document';
import type { Face, FaceEnv, Inference, PlainParams } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';

interface Remembered {
  inference: Inference;
  /** What was asked of the world, with the answer: it holds as long as they are the same. */
  asked: { datasets: Map<string, DatasetCard | undefined>; blocks: Map<string, Block | undefined> };
}

const MOST = 4_000;
const memos = new WeakMap<Face['infer'], Map<string, Remembered>>();

/**
 * `face.infer`, remembered by content: the same kind, params and input specs give the same answer (the same object, so
 * that what follows is remembered too). After an edit only the nodes that it reaches are inferred again.
 */
export function inferRemembered(
  face: Face,
  params: PlainParams,
  inputs: Record<PortId, Spec[]>,
  env: FaceEnv,
): Inference {
  let memo = memos.get(face.infer);
  if (!memo) {
    memo = new Map();
    memos.set(face.infer, memo);
  }
  // Parsed params have the order of their fields, so their text is exact.
  const key = `${JSON.stringify(params)} ${inputsText(inputs)}`;
  const known = memo.get(key);
  if (known && holds(known, env)) return known.inference;
  const asked: Remembered['asked'] = { datasets: new Map(), blocks: new Map() };
  const inference = face.infer({
    params,
    inputs,
    env: {
      dataset(id) {
        const card = env.dataset(id);
        asked.datasets.set(id, card);
        return card;
      },
      block(id) {
        const block = env.block(id);
        asked.blocks.set(id, block);
        return block;
      },
    },
  });
  if (memo.size >= MOST) memo.clear();
  memo.set(key, { inference, asked });
  return inference;
}

function holds({ asked }: Remembered, env: FaceEnv): boolean {
  for (const [id, card] of asked.datasets) if (env.dataset(id) !== card) return false;
  for (const [id, block] of asked.blocks) if (env.block(id) !== block) return false;
  return true;
}

const texts = new WeakMap<Spec, string>();

/** Text of a spec, by identity: remembered inferences hand out the same specs again and again. */
function textOf(value: Spec): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}

function inputsText(inputs: Record<PortId, Spec[]>): string {
  return Object.keys(inputs)
    .sort()
    .map((port) => `${port}:${(inputs[port] ?? []).map(textOf).join(',')}`)
    .join(';');
}
