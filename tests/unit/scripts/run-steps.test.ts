import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runSteps } from '@/scripts/check/run-steps';

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(line);
  });
});
afterEach(() => vi.restoreAllMocks());

describe('runSteps', () => {
  it('fails a step that found nothing to check, one with findings and one that broke, and runs the others', async () => {
    const count = await runSteps([
      { name: 'empty', run: async () => ({ checked: 0, unit: 'modules', problems: [] }) },
      { name: 'broken', run: () => Promise.reject(new Error('no such tool')) },
      { name: 'found', run: async () => ({ checked: 3, unit: 'files', problems: ['a.ts is unused'] }) },
      { name: 'good', run: async () => ({ checked: 3, unit: 'files', problems: [] }) },
    ]);
    expect(count).toEqual({ passed: 1, failed: 3 });
    expect(lines).toEqual([
      '✗ empty (0 modules)',
      '    nothing was checked',
      '✗ broken (0 things)',
      '    no such tool',
      '✗ found (3 files)',
      '    a.ts is unused',
      '✓ good (3 files)',
    ]);
  });
});
