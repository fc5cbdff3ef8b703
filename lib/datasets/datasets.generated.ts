// Made by `npm run generate` from file names. Do not edit.
export const datasets: Record<string, never> = {};
