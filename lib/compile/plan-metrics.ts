import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type FlatNode, heldPort, isFold, placeOf, titleOf } from './flat';
import { producerOf, valueId, valuesInto } from './make-ops';
import type { Fold, ValueId } from './program';
import { structuralParams } from './share-weights';

/** Metrics, and the losses, which fold themselves: their mean over the examples. */
export function planFolds(
  order: readonly FlatNode[],
  firstLoss: ValueId | undefined,
): { folds: Fold[]; diagnostics: Diagnostic[] } {
  const folds: Fold[] = [];
  const diagnostics: Diagnostic[] = [];
  const taken = new Map<string, FlatNode>();
  const lossPath = firstLoss === undefined ? undefined : producerOf(firstLoss);
  for (const node of order) {
    if (!isFold(node) || heldPort(node) !== undefined) continue;
    const key = keyOf(node);
    const other = taken.get(key);
    if (other) diagnostics.push(clash(node, other, key, taken));
    else taken.set(key, node);
    folds.push({
      id: node.path,
      kind: node.node.kind,
      params: structuralParams(node),
      in: valuesInto(node),
      gives: { metric: key },
    });
  }
  const keys = new Set(taken.keys());
  if (lossPath !== undefined) keys.add('loss');
  for (const node of order) {
    if (node.face?.makes !== 'loss' || node.face.role !== 'op') continue;
    const output = node.outputs.find((port) => port.type === 'loss');
    if (!output) continue;
    const metric = node.path === lossPath ? 'loss' : free(keyOf(node), keys);
    keys.add(metric);
    folds.push({
      id: node.path,
      kind: node.node.kind,
      params: {},
      in: { loss: [valueId(node.path, output.id)] },
      gives: { metric },
    });
  }
  const place = new Map(order.map((node, index) => [node.path, index]));
  folds.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  return { folds, diagnostics };
}

/** The `key` param of metrics and outputs; by default the kind's id. */
export function keyOf(node: FlatNode): string {
  const { key } = node.params;
  return typeof key === 'string' && key.trim() !== '' ? key.trim() : node.node.kind;
}

/** `key`, `key-2`, `key-3` …: the first that is not taken. */
export function free(key: string, taken: { has(key: string): boolean }): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? key : `${key}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Two metrics or outputs of one key. */
export function clash(node: FlatNode, other: FlatNode, key: string, taken: { has(key: string): boolean }): Diagnostic {
  const inBlock = node.graph !== 'main';
  const value = free(key, taken);
  return {
    code: 'name-clash',
    severity: 'error',
    message: inBlock
      ? `${titleOf(node)} stands in a block that is used more than once, so two results would be called ${key}. Move it out of the block.`
      : `${titleOf(node)} and ${titleOf(other)} are both called ${key}, so their results could not be told apart. Give one another key.`,
    at: placeOf(node, { param: 'key' }),
    expected: 'a key of its own',
    received: key,
    ...(inBlock
      ? {}
      : {
          fix: {
            title: `Call it ${value}`,
            command: { do: 'set-param', graph: node.graph, id: node.id, param: 'key', value },
          },
        }),
  };
}

/** All values that a fold reads. */
export const foldReads = (fold: Fold): ValueId[] => Object.values(fold.in).flat();
