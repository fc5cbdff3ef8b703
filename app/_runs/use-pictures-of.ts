'use client';

import { useMemo } from 'react';
import { decodeBase64 } from '@/app/_pictures/decode-base64';
import type { PictureBytes } from '@/app/_pictures/picture-bytes';
import type { MetricTable, Sample } from './fold-run';

/** The pictures of a sample or a table, decoded once. */
export function usePicturesOf(sample: Sample | MetricTable | undefined): PictureBytes | null {
  return useMemo(
    () => (sample && 'pixels' in sample ? { bytes: decodeBase64(sample.pixels), shape: sample.shape } : null),
    [sample],
  );
}
