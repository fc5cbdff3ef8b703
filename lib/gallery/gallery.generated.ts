// Made by `npm run generate` from file names. Do not edit.
export const gallery: Record<string, never> = {};
