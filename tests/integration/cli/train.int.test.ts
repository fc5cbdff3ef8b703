import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '@/lib/graph/document';
import { ensureEngine } from '@/server/engine/install-engine';
import { mlpDocument } from '@/tests/helpers/programs';
import { netloom } from './run-netloom';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'netloom-train-'));
  await ensureEngine();
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const train = (...args: string[]) => netloom(['train', ...args, '--json', '--threads', '2']);

describe('netloom train', () => {
  it('ends with one line of the documented form, and its stderr says nothing', async () => {
    const { status, stderr, lines } = await train('gallery:will-i-pass', '--quick', '--seed', '7');
    expect(status, JSON.stringify(lines.at(-1))).toBe(0);
    expect(stderr).toBe('');
    expect(lines[0]).toMatchObject({ type: 'started', engine: 'tensorflow', seed: 7, threads: 2 });
    expect(lines.at(-1)).toMatchObject({
      type: 'finished',
      status: 'succeeded',
      engine: 'tensorflow',
      metrics: { 'train.loss': expect.any(Number), 'val.accuracy': expect.any(Number) },
      expected: [{ metric: 'val.accuracy', op: '>=', value: 0.9, got: expect.any(Number), met: true }],
    });
  });

  it('gives the same numbers for the same seed, and none expected where the length was changed', async () => {
    const runs = await Promise.all([1, 2].map(() => train('gallery:mnist-mlp', '--iterations', '40', '--seed', '7')));
    const [first, second] = runs.map(({ lines }) => lines.at(-1));
    expect(first?.metrics).toEqual(second?.metrics);
    expect(first?.expected).toEqual([]);
    expect(first?.examplesSeen).toBe(40 * 128);
  });

  it('calculates a document without Training', async () => {
    const { status, lines } = await train('gallery:perceptron');
    expect(status).toBe(0);
    const last = lines.at(-1) as { metrics: Record<string, number>; expected: { met: boolean }[] };
    expect(last.metrics.z).toBe(-6);
    expect(last.metrics.answer).toBeCloseTo(1 / (1 + Math.exp(6)), 7);
    expect(last.expected.every(({ met }) => met)).toBe(true);
  });

  it('keeps a run in its folder, refuses to overwrite it, and goes on as if it had never stopped', async () => {
    const out = path.join(folder, 'run');
    const args = ['gallery:mnist-mlp', '--seed', '3', '--batch', '600', '--epochs', '2', '--out', out];
    const whole = await train(...args);
    expect(whole.status).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      'artifacts',
      'checkpoints',
      'document.json',
      'events.jsonl',
      'program.json',
      'run.json',
    ]);
    expect(await train(...args)).toMatchObject({ status: 1, stderr: expect.stringContaining('--resume') });

    // As a crash in the second epoch would leave it: the first epoch's checkpoint, and a line that was cut off.
    const log = path.join(out, 'events.jsonl');
    const written = readFileSync(log, 'utf8');
    const checkpoints = readdirSync(path.join(out, 'checkpoints')).sort();
    expect(checkpoints).toEqual(['00000090', '00000180']);
    rmSync(path.join(out, 'checkpoints', '00000180'), { recursive: true });
    writeFileSync(log, written.slice(0, written.length * 0.75));

    const resumed = await train('--resume', out);
    expect(resumed.status).toBe(0);
    expect(resumed.lines.at(-1)?.metrics).toEqual(whole.lines.at(-1)?.metrics);
    const withoutTimes = (text: string) => text.replace(/"(seconds|examplesPerSecond)":[^,}]+/g, '');
    expect(withoutTimes(readFileSync(log, 'utf8'))).toBe(withoutTimes(written));
    expect(readdirSync(path.join(out, 'checkpoints')).sort()).toEqual(checkpoints);

    const file = path.join(folder, 'model.keras');
    const exported = await netloom(['export', out, '--format', 'keras', '--out', file, '--json']);
    expect(exported).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
  });

  it('branches off a run: unchanged it repeats the rest, longer or of another document it goes its own way', async () => {
    const parent = path.join(folder, 'parent');
    const args = ['gallery:mnist-mlp', '--seed', '3', '--batch', '1800', '--epochs', '2', '--threads', '1'];
    const whole = await train(...args, '--out', parent);
    expect(whole.status).toBe(0);
    const metricsFrom = ({ lines }: typeof whole, iteration: number) =>
      lines.filter((line) => line.type === 'metrics' && Number(line.iteration) >= iteration);

    const out = path.join(folder, 'branch');
    const same = await train('--branch', `${parent}@30`, '--out', out);
    expect(same.status).toBe(0);
    expect(metricsFrom(same, 0)).toEqual(metricsFrom(whole, 30));
    expect(same.lines.at(-1)?.metrics).toEqual(whole.lines.at(-1)?.metrics);
    const report = { run: 'parent', from: 30, variables: { matched: expect.any(Array), fresh: [], dropped: [] } };
    expect(same.lines[1]).toMatchObject({ type: 'branched', ...report });
    expect(same.lines.at(-1)?.branch).toMatchObject(report);

    // Before it has a checkpoint of its own, a branch goes on from where it began.
    for (const name of readdirSync(path.join(out, 'checkpoints')))
      rmSync(path.join(out, 'checkpoints', name), { recursive: true });
    expect((await train('--resume', out)).lines.at(-1)?.metrics).toEqual(same.lines.at(-1)?.metrics);

    const changed = path.join(folder, 'changed.json');
    const document = JSON.parse(readFileSync(path.join(parent, 'document.json'), 'utf8')) as Document;
    for (const node of Object.values(document.graph.nodes))
      if (node.kind === 'dense' && node.params.units !== 10) node.params.units = 20;
    writeFileSync(changed, JSON.stringify(document));
    const other = await train(changed, '--branch', parent, '--batch', '1800', '--epochs', '3');
    expect(other.status).toBe(0);
    expect(other.lines[1]).toMatchObject({ type: 'branched', from: 60, variables: { fresh: expect.any(Array) } });
    expect((other.lines[1] as { variables: { fresh: string[] } }).variables.fresh.length).toBeGreaterThan(0);

    expect(await train('--branch', `${parent}@31`)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('There is one at 30, 60.'),
    });
    expect(await train('--branch', parent)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('this training ends after 60'),
    });
  }, 240_000);

  it('starts from the exported weights of another run', async () => {
    const parent = path.join(folder, 'pretrained');
    const weights = path.join(folder, 'pretrained.safetensors');
    const file = path.join(folder, 'transfer.json');
    const document = mlpDocument('iris', 'features', [6, 3], { batch: 40, epochs: 4 });
    writeFileSync(file, JSON.stringify(document));
    const first = await train(file, '--out', parent);
    expect(first.status).toBe(0);
    expect(await netloom(['export', parent, '--format', 'safetensors', '--out', weights])).toMatchObject({ status: 0 });

    for (const id of ['dense0', 'dense1']) Object.assign(document.graph.nodes[id] ?? {}, { start: { asset: 'iris' } });
    Object.assign(document.graph.nodes.adam?.params ?? {}, { rate: 0 });
    writeFileSync(file, JSON.stringify(document));
    const check = (...more: string[]) => netloom(['check', file, '--json', ...more]);
    const refused = await check();
    expect(refused).toMatchObject({ status: 1, lines: [{ diagnostics: [{ code: 'asset-mismatch' }, {}] }] });
    expect((await check('--asset', `iris=${weights}`)).lines).toMatchObject([{ ok: true, diagnostics: [] }]);
    const notOne = await train(file, '--asset', `iris=${file}`);
    expect(notOne).toMatchObject({ status: 1, stderr: expect.stringContaining('safetensors') });

    const out = path.join(folder, 'transferred');
    const second = await train(file, '--asset', `iris=${weights}`, '--seed', '5', '--out', out);
    expect(second.status, second.stderr).toBe(0);
    const metrics = (run: typeof first) => run.lines.at(-1)?.metrics as Record<string, number>;
    for (const key of ['val.loss', 'test.loss', 'test.accuracy'])
      expect(metrics(second)[key]).toBe(metrics(first)[key]);

    // Its checkpoints hold the weights: it goes on without the file.
    rmSync(weights);
    rmSync(path.join(out, 'checkpoints', readdirSync(path.join(out, 'checkpoints')).sort().at(-1) ?? ''), {
      recursive: true,
    });
    const resumed = await train('--resume', out);
    expect(metrics(resumed)).toEqual(metrics(second));
  });

  it('runs every variant and compares them', async () => {
    const { status, lines } = await train('gallery:linear-vs-nonlinear', '--quick', '--seed', '1');
    expect(status).toBe(0);
    const last = lines.at(-1) as { expected: { metric: string; met: boolean }[]; variants: { variant: string }[] };
    expect(last.variants.map(({ variant }) => variant)).toEqual(['linear', 'relu']);
    expect(last.expected).toHaveLength(2);
    expect(last.expected.every(({ met }) => met)).toBe(true);
  });

  it('trains on WebAssembly and in JavaScript by name, from the same first weights', async () => {
    const args = ['gallery:will-i-pass', '--iterations', '20', '--seed', '5', '--engine'];
    const losses = await Promise.all(
      ['tensorflow', 'wasm', 'cpu'].map(async (engine) => {
        const { lines } = await train(...args, engine);
        expect(lines.at(-1)).toMatchObject({ status: 'succeeded', engine });
        return (lines.at(-1) as { metrics: Record<string, number> }).metrics['val.loss'];
      }),
    );
    const [native = Number.NaN, wasm = Number.NaN, cpu = Number.NaN] = losses;
    expect(wasm).toBeCloseTo(native, 5);
    expect(cpu).toBeCloseTo(native, 5);
  });
});
