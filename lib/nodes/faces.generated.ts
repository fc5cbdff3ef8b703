// Made by `npm run generate` from file names. Do not edit.
import type { Face } from './kind';

export const faces: Record<string, Face> = {};
