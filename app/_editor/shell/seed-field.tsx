'use client';
import { NumberInput } from '@mantine/core';

/** The seed of the next run; left empty, that of the Training node. */
export const SeedField = (props: { id: string; value: number | string; onChange(value: number | string): void }) => (
  <NumberInput
    {...props}
    size="xs"
    min={0}
    max={2 ** 31 - 1}
    allowDecimal={false}
    placeholder="from Training"
    hideControls
  />
);
