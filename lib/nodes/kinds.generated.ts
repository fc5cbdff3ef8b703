// Made by `npm run generate` from file names. Do not edit.
import type { Kind } from './kind';

export const kinds: Record<string, Kind> = {};
