'use client';

import { useMemo } from 'react';
import { decodeBase64 } from '@/app/_pictures/decode-base64';
import type { PictureBytes } from '@/app/_pictures/picture-bytes';
import type { DatasetCard } from '@/lib/datasets/card';
import { useDatasetPreview } from './use-dataset-preview';

/** The first pictures of a data set that has pictures. */
export function usePictures(card: DatasetCard): PictureBytes | null {
  const pictured = !card.missing && Object.values(card.fields).some(({ stored }) => stored === 'uint8');
  const images = useDatasetPreview(card.id, pictured).data?.images;
  return useMemo(() => (images ? { bytes: decodeBase64(images.pixels), shape: images.shape } : null), [images]);
}
