'use client';

import { useState } from 'react';
import { readableError } from '@/app/_client/readable-error';
import { showToast } from '@/app/_ui/toast';
import type { DatasetCard } from '@/lib/datasets/card';
import { useCreateDocument } from '../_documents/use-create-document';

/** Opens a document that is ready to run on a data set; what builds it is loaded when it is needed. */
export function useDocumentFor() {
  const create = useCreateDocument();
  const [building, setBuilding] = useState(false);
  const start = async (card: DatasetCard) => {
    setBuilding(true);
    try {
      const { documentForDataset } = await import('@/app/_data/document-for-dataset');
      const document = documentForDataset(card);
      if (document) create.mutate({ document });
      else
        showToast({
          tone: 'error',
          text: `${card.title} has no field to learn from. Make a document and wire its fields yourself.`,
        });
    } catch (error) {
      showToast({ tone: 'error', text: readableError(error) });
    } finally {
      setBuilding(false);
    }
  };
  return { start, isPending: building || create.isPending };
}
