import { beforeAll, expect, it } from 'vitest';
import type { EngineHost } from '@/lib/engine/host';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openCpuHost } from '@/server/engine/cpu-host';
import { collectRun } from '@/tests/helpers/collect-run';
import { growingDocument } from '@/tests/helpers/fold-documents';
import { programOf } from '@/tests/helpers/programs';

let host: EngineHost;
beforeAll(async () => {
  host = await openCpuHost(nodeDatasets());
});

it('what is behind a dead branch keeps its values, slots and count of updates', { timeout: 60_000 }, async () => {
  const { checkpoints } = await collectRun(programOf(growingDocument()), host, { checkpointEvery: 1 });
  const at = (iteration: number) => checkpoints.find((one) => one.iteration === iteration);
  const value = (iteration: number, name: string) => at(iteration)?.tensors[name]?.data;
  const updates = (iteration: number) => {
    const state = at(iteration)?.state as unknown as { optimizers: { opt: { t: Record<string, number> } } } | undefined;
    return state?.optimizers.opt.t;
  };
  // Before its stage begins, a branch is as it was drawn, and no optimizer knows it.
  const later = ['G/second#kernel', 'G/bn#gamma', 'G/bn#moving_mean', 'ema/second#kernel', 'ema/bn#moving_mean'];
  for (const id of later) expect(value(3, `variable:${id}`), id).toEqual(value(1, `variable:${id}`));
  expect(updates(3)).not.toHaveProperty('G/second#kernel');
  expect(value(3, 'slot:opt:G/second#kernel:momentum')).toBeUndefined();
  // While it fades, both branches learn.
  for (const id of later) expect(value(6, `variable:${id}`), id).not.toEqual(value(3, `variable:${id}`));
  expect(updates(6)).toMatchObject({ 'G/second#kernel': 3, 'G/first#kernel': 6 });
  // Afterwards the old one rests.
  for (const name of ['variable:G/first#kernel', 'variable:ema/first#kernel', 'slot:opt:G/first#kernel:momentum']) {
    expect(value(9, name), name).toBeDefined();
    expect(value(9, name), name).toEqual(value(6, name));
  }
  expect(updates(9)).toMatchObject({ 'G/second#kernel': 6, 'G/first#kernel': 6, 'G/base#kernel': 9 });
});
