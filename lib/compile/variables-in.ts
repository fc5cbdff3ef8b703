import type { Flat } from './flat';
import type { Path, VariableId } from './program';

/** Variables that nodes below the wired paths use. A path without copy number covers all copies. */
export function variablesIn(
  scopes: readonly Path[],
  uses: ReadonlyMap<Path, Record<string, VariableId>>,
  flat: Flat,
): Set<VariableId> {
  const wanted = new Set(scopes);
  const found = new Set<VariableId>();
  for (const [path, slots] of uses) {
    const node = flat.nodes.get(path);
    if (!wanted.has(path) && !node?.scopes.some((scope) => wanted.has(scope))) continue;
    for (const id of Object.values(slots)) found.add(id);
  }
  return found;
}
