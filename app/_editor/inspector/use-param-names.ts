import { useMemo } from 'react';
import type { Json } from '@/lib/base/json';
import { scopeOf } from '../model/ports-of';
import { useDocument, useUi } from '../state/editor-context';

/** Params that a formula may name here, with their defaults: the document's, or the block's. */
export function useParamNames(): Readonly<Record<string, Json>> {
  const graph = useUi((state) => state.graph);
  const document = useDocument((state) => state.document);
  const params = graph === 'main' ? document.params : document.blocks[graph]?.params;
  // biome-ignore lint/correctness/useExhaustiveDependencies: nothing else of the document counts
  return useMemo(() => scopeOf(document, graph), [params, graph]);
}
