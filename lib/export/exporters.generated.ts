// Made by `npm run generate` from file names. Do not edit.
export const exporters: Record<string, never> = {};
