import type { DatasetField } from './card';

/** The usual fields of cards, so that equal things have equal specs. */

/** Grey or colour pictures kept as bytes. */
export const imageField = (height: number, width: number, channels: number): DatasetField => ({
  title: 'Image',
  spec: { shape: ['batch', height, width, channels], dtype: 'float32', meaning: 'image', range: [0, 1] },
  stored: 'uint8',
});

/** Class indices from 0. */
export const labelField = (classes: string[], title = 'Label'): DatasetField => ({
  title,
  spec: { shape: ['batch'], dtype: 'int32', meaning: 'class', classes: classes.length, range: [0, classes.length - 1] },
  classes,
  stored: 'int32',
});

/** The numbers of a table row. `range`: smallest and largest number in any column. */
export const featuresField = (columns: string[], range: [number, number], title = 'Features'): DatasetField => ({
  title,
  spec: { shape: ['batch', columns.length], dtype: 'float32', meaning: 'features', range },
  columns,
  stored: 'float32',
});

/** Points of a plane. */
export const pointField = (range: [number, number]): DatasetField => ({
  title: 'Point',
  spec: { shape: ['batch', 2], dtype: 'float32', meaning: 'features', range },
  columns: ['x', 'y'],
  stored: 'float32',
});
