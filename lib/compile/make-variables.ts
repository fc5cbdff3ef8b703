import type { Json } from '@/lib/base/json';
import type { VariableDecl } from '@/lib/nodes/kind';
import { type AssetCard, fitsAsset } from './asset-card';
import type { Flat, FlatNode } from './flat';
import type { Inferred } from './infer-specs';
import type { Init, Path, Variable, VariableId } from './program';
import type { Sharing } from './share-weights';
import { variablesIn } from './variables-in';

export interface Variables {
  /** In op order, by owner. */
  all: Map<VariableId, Variable>;
  /** Slots of every node with variables, shared or own. */
  uses: Map<Path, Record<string, VariableId>>;
  /** Variables of averages, each after the one that it follows. */
  averages: Map<VariableId, { of: VariableId; by: FlatNode; copied: boolean }>;
}

/** The variables that nodes own, and which ones each node uses. */
export function makeVariables(
  order: readonly FlatNode[],
  inferred: ReadonlyMap<Path, Inferred>,
  { owners, averages: averaged }: Sharing,
  flat: Flat,
  batch: number,
  assetOf: (id: string) => AssetCard | undefined,
): Variables {
  const all = new Map<VariableId, Variable>();
  const averages: Variables['averages'] = new Map();
  const uses = new Map<Path, Record<string, VariableId>>();
  for (const node of order) {
    const declared = inferred.get(node.path)?.inference.variables ?? [];
    if (declared.length === 0) continue;
    const owner = owners.get(node.path) ?? node.path;
    const slots: Record<string, VariableId> = {};
    for (const decl of declared) {
      const id = `${owner}#${decl.slot}`;
      slots[decl.slot] = id;
      if (owner === node.path) all.set(id, variableOf(node, decl, id, batch, assetOf));
      // What was fitted to the data stays as it is, and what is remembered of a batch says nothing of the next: there is
      // nothing to average.
      if (decl.role === 'fitted' || decl.perExample) continue;
      for (const { by, path, name } of (averaged.get(node.path) ?? []).toReversed()) {
        const of = slots[decl.slot] as VariableId;
        const mean = `${path}#${decl.slot}`;
        slots[decl.slot] = mean;
        averages.set(mean, { of, by, copied: decl.role === 'carry' });
        all.set(mean, {
          id: mean,
          name: `${name}/${decl.slot}`,
          shape: decl.shape,
          dtype: decl.dtype ?? 'float32',
          init: { by: 'copy', of },
          role: 'average',
          frozen: false,
        });
      }
    }
    uses.set(node.path, slots);
  }
  for (const [path, slots] of readers(order, flat, { all, uses })) uses.set(path, slots);
  return { all, uses, averages };
}

/** What nodes read that compute with the weights of others; by id, since they have no slots of their own. */
function readers(order: readonly FlatNode[], flat: Flat, { all, uses }: Pick<Variables, 'all' | 'uses'>) {
  return order.flatMap((node): [Path, Record<string, VariableId>][] => {
    if (!node.face?.readsWeights) return [];
    const scopes = (node.wires.get('weights') ?? []).map((wire) => wire.from);
    const trained = [...variablesIn(scopes, uses, flat)].filter((id) => {
      const variable = all.get(id);
      return variable?.role === 'trainable' && !variable.frozen;
    });
    return [[node.path, Object.fromEntries(trained.map((id) => [id, id]))]];
  });
}

function variableOf(
  node: FlatNode,
  decl: VariableDecl,
  id: VariableId,
  batch: number,
  assetOf: (id: string) => AssetCard | undefined,
): Variable {
  return {
    id,
    name: `${node.name}/${decl.slot}`,
    shape: decl.perExample ? [batch, ...decl.shape] : decl.shape,
    dtype: decl.dtype ?? 'float32',
    init: assetInit(node, decl, assetOf) ?? initOf(node, decl, id),
    role: decl.role,
    frozen: node.frozen,
    ...(decl.perExample && { resets: 'epoch' as const }),
  };
}

/** Undefined where no asset is wanted, or it has nothing that fits, as `checkAssets` says. */
function assetInit({ start }: FlatNode, decl: VariableDecl, assetOf: (id: string) => AssetCard | undefined) {
  if (!start || !('asset' in start) || decl.perExample) return undefined;
  const tensor = `${start.tensors}/${decl.slot}`;
  if (!fitsAsset(assetOf(start.asset)?.tensors[tensor], decl)) return undefined;
  return { by: 'asset', asset: start.asset, tensor } as const;
}

function initOf({ start }: FlatNode, { slot, init }: VariableDecl, id: VariableId): Init {
  if ('value' in init) return { by: 'value', value: init.value };
  const params: Record<string, Json> = init.params ?? {};
  return { by: 'random', law: init.law, key: start && 'key' in start ? `${start.key}#${slot}` : id, params };
}
