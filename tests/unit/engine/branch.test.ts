import { beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '@/lib/compile/program';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import type { EngineHost } from '@/lib/engine/host';
import { type Branch, branchObstacle } from '@/lib/engine/start-branch';
import type { Document } from '@/lib/graph/document';
import type { RunEvent } from '@/lib/protocol/run-event';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openCpuHost } from '@/server/engine/cpu-host';
import { type Collected, collectRun } from '@/tests/helpers/collect-run';
import { programOf } from '@/tests/helpers/compile-context';
import { ganFamily, mlpFamily } from '@/tests/helpers/family-documents';
import { heldDocument } from '@/tests/helpers/fold-documents';

let host: EngineHost;
beforeAll(async () => {
  host = await openCpuHost(nodeDatasets());
});

const branchAt = (program: Program, checkpoint: Checkpoint): Branch => ({
  run: 'first',
  checkpoint,
  names: Object.fromEntries(program.variables.map(({ id, name }) => [id, name])),
});

function changed(document: Document, change: (nodes: Document['graph']['nodes']) => void): Program {
  const copy = structuredClone(document);
  change(copy.graph.nodes);
  return programOf(copy);
}

function set(nodes: Document['graph']['nodes'], id: string, params: Record<string, never> | object): void {
  const node = nodes[id];
  if (!node) throw new Error(`no node ${id}`);
  nodes[id] = { ...node, params: { ...node.params, ...params } };
}

const tale = ({ events }: Collected, from: number): RunEvent[] =>
  events.filter((event) => (event.type === 'metrics' || event.type === 'sweep') && event.iteration >= from);

const reportOf = ({ events }: Collected) => {
  const [started, branched] = events;
  expect(started?.type).toBe('started');
  if (branched?.type !== 'branched') throw new Error('the second event says where the run comes from');
  const last = events.at(-1);
  const { type: _, iteration: __, epoch: ___, ...report } = branched;
  expect(last?.type === 'finished' && last.branch).toEqual(report);
  return report;
};

describe('a branch of an unchanged program', () => {
  it.each([
    ['a perceptron that gathers gradients', mlpFamily],
    ['a GAN with a history and an average', ganFamily],
    ['held values and fitted variables', heldDocument],
  ])('repeats the rest of the run: %s', async (_, document) => {
    const program = programOf(document());
    const whole = await collectRun(program, host, { checkpointEvery: 1 });
    const stops = whole.checkpoints.filter(({ iteration }) => iteration > 0);
    for (const checkpoint of [stops[0], stops[Math.floor(stops.length / 2)]]) {
      if (!checkpoint) throw new Error('the run leaves checkpoints');
      const branch = await collectRun(program, host, { branch: branchAt(program, checkpoint) });
      const { iteration } = checkpoint;
      expect(tale(branch, iteration)).toEqual(tale(whole, iteration));
      expect(branch.last?.tensors).toEqual(whole.last?.tensors);
      const report = reportOf(branch);
      expect(report).toMatchObject({ run: 'first', from: iteration });
      expect(report.variables.matched.length).toBe(program.variables.length);
      expect([report.variables.fresh, report.variables.dropped, report.slots.dropped]).toEqual([[], [], []]);
    }
  });

  it('goes on exactly from its own checkpoints', async () => {
    const program = programOf(mlpFamily());
    const { checkpoints } = await collectRun(program, host, { pauseAfter: 5 });
    const [checkpoint] = checkpoints;
    if (!checkpoint) throw new Error('a pause leaves a checkpoint');
    const branch = branchAt(program, checkpoint);
    const whole = await collectRun(program, host, { branch });
    // Asked before iterations 5 to 8.
    const first = await collectRun(program, host, { branch, pauseAfter: 4 });
    expect(first.last?.iteration).toBe(9);
    const rest = await collectRun(program, host, { branch, ...(first.last ? { resume: first.last } : {}) });
    expect([...first.events, ...rest.events.slice(first.events.length)].map(({ type }) => type)).toEqual(
      whole.events.map(({ type }) => type),
    );
    expect(rest.last?.tensors).toEqual(whole.last?.tensors);
    expect(reportOf(whole).from).toBe(5);
  });
});

describe('a branch of a changed program', () => {
  let checkpoint: Checkpoint;
  let branch: Branch;
  beforeAll(async () => {
    const program = programOf(mlpFamily());
    const { last } = await collectRun(program, host, { pauseAfter: 13 });
    if (!last) throw new Error('a pause leaves a checkpoint');
    checkpoint = last;
    branch = branchAt(program, checkpoint);
  });

  it('another learning rate: everything is taken over, and the iteration counts on', async () => {
    const program = changed(mlpFamily(), (nodes) => set(nodes, 'opt', { rate: 0.0001 }));
    const run = await collectRun(program, host, { branch });
    const report = reportOf(run);
    expect(report.variables).toEqual({
      matched: ['h/kernel', 'h/bias', 'o/kernel', 'o/bias'],
      fresh: [],
      dropped: [],
    });
    expect(report.slots.matched).toHaveLength(8);
    expect(report.slots.fresh).toEqual([]);
    const metrics = run.events.filter((event) => event.type === 'metrics');
    expect(metrics[0]?.iteration).toBe(checkpoint.iteration);
    // So small steps keep the weights near those of the checkpoint.
    const [kernel, before] = [run.last?.tensors, checkpoint.tensors].map((all) => all?.['variable:o#kernel']?.data);
    expect(kernel).not.toEqual(before);
    for (const [i, value] of (before ?? []).entries()) expect(kernel?.[i]).toBeCloseTo(value, 2);
  });

  it('another network: what fits by id and shape is taken over, the rest begins anew', async () => {
    const program = changed(mlpFamily(), (nodes) => {
      set(nodes, 'o', { bias: false });
      set(nodes, 'h', { units: 9 });
      set(nodes, 'T', { epochs: 2 });
    });
    const run = await collectRun(program, host, { branch });
    expect(reportOf(run).variables).toEqual({
      matched: [],
      fresh: ['h/kernel', 'h/bias', 'o/kernel'],
      dropped: ['h/kernel', 'h/bias', 'o/kernel', 'o/bias'],
    });
    const fresh = await collectRun(program, host, { pauseAfter: 0 });
    const first = await collectRun(program, host, { branch, pauseAfter: 0 });
    expect(first.last?.tensors['variable:h#kernel']).toEqual(fresh.last?.tensors['variable:h#kernel']);
  });

  it('another optimizer keeps the weights and leaves the slots', async () => {
    const program = changed(mlpFamily(), (nodes) => {
      if (nodes.opt) nodes.opt = { ...nodes.opt, kind: 'nadam', params: { rate: 0.001 } };
    });
    const report = reportOf(await collectRun(program, host, { branch }));
    expect(report.variables.matched).toHaveLength(4);
    expect(report.slots.matched).toEqual([]);
    expect(report.slots.fresh).toContain('opt: momentum of h/kernel');
    expect(report.slots.dropped).toHaveLength(8);
  });

  it('what is carried from batch to batch is taken over together or not at all', async () => {
    const program = programOf(ganFamily());
    const { last } = await collectRun(program, host, { pauseAfter: 6 });
    if (!last) throw new Error('a pause leaves a checkpoint');
    const longer = changed(ganFamily(), (nodes) => set(nodes, 'past', { size: 400 }));
    const { variables } = reportOf(await collectRun(longer, host, { branch: branchAt(program, last) }));
    expect(variables.fresh).toEqual(['past/pool', 'past/count']);
    expect(variables.dropped).toEqual(['past/pool', 'past/count']);
  });

  it('held values are measured again before it trains', async () => {
    const program = programOf(heldDocument());
    const { checkpoints } = await collectRun(program, host, { checkpointEvery: 1 });
    const within = checkpoints.find(({ iteration }) => iteration === 2);
    if (!within) throw new Error('the run leaves checkpoints');
    const longer = changed(heldDocument(), (nodes) => {
      for (const node of Object.values(nodes)) if (node.kind === 'training') node.params.epochs = 5;
    });
    expect(longer.hash).not.toBe(program.hash);
    const run = await collectRun(longer, host, { branch: branchAt(program, within) });
    expect(run.events.at(-1)).toMatchObject({ type: 'finished', status: 'succeeded' });
  });

  it('must train further than where it leaves', () => {
    const cards = nodeDatasets().cards();
    const short = changed(mlpFamily(), (nodes) => set(nodes, 'T', { epochs: 1 }));
    expect(branchObstacle(programOf(mlpFamily()), cards, checkpoint.iteration)).toBeNull();
    expect(branchObstacle(short, cards, checkpoint.iteration)).toMatch(
      /at iteration 11.*ends after 9\. Train for more/,
    );
  });
});
