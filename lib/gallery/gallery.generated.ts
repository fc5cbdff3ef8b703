// Made by `npm run generate` from file names. Do not edit.
import { entry as linearVsNonlinearEntry } from './linear-vs-nonlinear/entry';
import { entry as mnistCnnEntry } from './mnist-cnn/entry';
import { entry as mnistMlpEntry } from './mnist-mlp/entry';
import type { GalleryEntry } from './gallery-entry';

export const gallery: Record<string, GalleryEntry> = {
  'linear-vs-nonlinear': linearVsNonlinearEntry,
  'mnist-cnn': mnistCnnEntry,
  'mnist-mlp': mnistMlpEntry,
};
