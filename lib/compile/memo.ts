import type { DatasetCard } from '@/lib/datasets/card';
import type { Block, PortId } from '@/lib/graph/document';
import type { FaceEnv, Infer, Inference, PlainParams } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';

interface Remembered {
  inference: Inference;
  /** What was asked of the world, with the answer: it holds as long as they are the same. */
  asked: { datasets: Map<string, DatasetCard | undefined>; blocks: Map<string, Block | undefined> };
}

const MOST = 4_000;
const memos = new WeakMap<Infer, Map<string, Remembered>>();

/**
 * A kind's `infer`, remembered by content: the same function, params and input specs give the same answer (the same object, so
 * that what follows is remembered too). After an edit only the nodes that it reaches are inferred again.
 */
export function inferRemembered(
  infer: Infer,
  params: PlainParams,
  inputs: Record<PortId, Spec[]>,
  env: FaceEnv,
): Inference {
  const last = latest.get(params);
  if (last && last.infer === infer && sameInputs(last.inputs, inputs) && holds(last.known, env))
    return last.known.inference;
  const known = recallOrInfer(infer, params, inputs, env);
  latest.set(params, { infer, inputs, known });
  return known.inference;
}

/** The last answer for params that are the same object: no text has to be made. */
const latest = new WeakMap<PlainParams, { infer: Infer; inputs: Record<PortId, Spec[]>; known: Remembered }>();

function sameInputs(a: Record<PortId, Spec[]>, b: Record<PortId, Spec[]>): boolean {
  for (const port in a) {
    const [left, right] = [a[port] ?? [], b[port] ?? []];
    if (left.length !== right.length || left.some((spec, index) => spec !== right[index])) return false;
  }
  return Object.keys(a).length === Object.keys(b).length;
}

function recallOrInfer(infer: Infer, params: PlainParams, inputs: Record<PortId, Spec[]>, env: FaceEnv): Remembered {
  let memo = memos.get(infer);
  if (!memo) {
    memo = new Map();
    memos.set(infer, memo);
  }
  // Parsed params have the order of their fields, so their text is exact.
  const key = `${JSON.stringify(params)} ${inputsText(inputs)}`;
  const known = memo.get(key);
  if (known && holds(known, env)) return known;
  const asked: Remembered['asked'] = { datasets: new Map(), blocks: new Map() };
  const inference = infer({
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
  const remembered = { inference, asked };
  memo.set(key, remembered);
  return remembered;
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
