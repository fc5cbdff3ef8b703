'use client';
import { useMemo } from 'react';
import { type DocumentDiff, diffDocuments } from '@/lib/graph/diff-documents';
import { useDocument, useUi } from '../state/editor-context';

/** What changed since the version that the canvas is compared with; null where it is compared with none. */
export function useComparison(): DocumentDiff | null {
  const compare = useUi((state) => state.compare);
  const document = useDocument((state) => (compare ? state.document : null));
  return useMemo(() => (compare && document ? diffDocuments(compare.document, document) : null), [compare, document]);
}
