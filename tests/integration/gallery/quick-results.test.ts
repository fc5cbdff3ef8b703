import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '@/lib/base/json';
import { compile } from '@/lib/compile/compile';
import type { Program } from '@/lib/compile/program';
import { callFunction, weightsOf } from '@/lib/engine/call-function';
import type { Checkpoint } from '@/lib/engine/checkpoint';
import type { History } from '@/lib/engine/expectations';
import type { EngineHost } from '@/lib/engine/host';
import { initialValues } from '@/lib/engine/initial-values';
import { runTraining } from '@/lib/engine/run-training';
import { checkVariantExpectations } from '@/lib/engine/variant-expectations';
import { gallery } from '@/lib/gallery/gallery.generated';
import type { Expectation } from '@/lib/graph/document';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openNodeHost } from '@/server/engine/node-host';

/** Every entry reaches its stated result with its quick settings; the slowest one only in the full run. */
const SLOW = new Set([
  'autoencoder',
  'adversarial',
  'batch-size',
  'cartpole',
  'cycle-gan',
  'debiasing-vae',
  'fcn-segmentation',
  'gan-2d',
  'mc-dropout',
  'mnist-cnn',
  'multi-task',
  'overfitting',
  'random-labels',
  'rcnn-detection',
  'rnn-text',
  'universal-approximation',
  'vae',
]);
const datasets = nodeDatasets();
const full = process.env.NETLOOM_FULL === '1';
let host: EngineHost;

beforeAll(async () => {
  host = await openNodeHost({ engine: 'auto', threads: 2, datasets });
});
afterAll(() => {
  expect(host.tf.memory().numTensors).toBe(0);
});

function programOf(id: string, set: Record<string, Json> = {}): { program: Program; expected: Expectation[] } {
  const entry = gallery[id];
  if (!entry) throw new Error(id);
  const { document } = entry;
  const quick = document.presets.quick ? { preset: 'quick' } : {};
  const { program, diagnostics } = compile(document, { kinds, datasets: datasets.cards(), ...quick, set });
  if (!program) throw new Error(diagnostics.map((one) => one.message).join('\n'));
  return { program, expected: document.expected.filter((one) => one.preset === quick.preset) };
}

async function train(program: Program, expected: Expectation[]) {
  let last: Checkpoint | undefined;
  const history: History = {};
  const items = runTraining(program, host, { kinds, seed: program.seed, expected });
  for await (const item of items) {
    if (item.kind === 'checkpoint') last = item.checkpoint;
    if (item.kind !== 'event') continue;
    if (item.event.type === 'sweep')
      for (const [key, value] of Object.entries(item.event.values)) history[key] = [...(history[key] ?? []), value];
    if (item.event.type === 'finished' && last) return { finished: item.event, last, history };
  }
  throw new Error('the run did not finish');
}

const trained = Object.values(gallery).filter(({ id, document }) => document.presets.quick && !(SLOW.has(id) && !full));

describe.each(trained.map((entry) => [entry.id, entry] as const))('%s', (id, { document }) => {
  const variants: [string, Record<string, Json>][] = document.variants.map((one) => [one.id, one.set]);
  const runs: [string | undefined, Record<string, Json>][] = variants.length > 0 ? variants : [[undefined, {}]];

  if (document.expected.some(({ than }) => than?.variant !== undefined)) {
    it('reaches its results, which compare variants', { timeout: 400_000 }, async () => {
      const histories: Record<string, History> = {};
      for (const [variant = '', set] of runs) {
        const { finished, history } = await train(programOf(id, set).program, []);
        expect(finished.status).toBe('succeeded');
        histories[variant] = history;
      }
      const { expected } = programOf(id);
      expect(expected.length).toBeGreaterThan(0);
      for (const result of checkVariantExpectations(expected, histories)) expect(result).toMatchObject({ met: true });
    });
    return;
  }

  it.each(runs)(
    'reaches its result (variant %s)',
    async (variant, set) => {
      const { program, expected } = programOf(id, set);
      const own = expected
        .filter((one) => one.variant === variant)
        .map(({ variant: _, ...expectation }) => expectation);
      expect(own.length).toBeGreaterThan(0);
      const { finished } = await train(program, own);
      expect(finished.status).toBe('succeeded');
      expect(finished.expected).toHaveLength(own.length);
      for (const result of finished.expected) expect(result).toMatchObject({ met: true });
    },
    400_000,
  );
});

it('perceptron: z is −6 and its sigmoid 0.00247', () => {
  const { program } = programOf('perceptron');
  const weights = Object.fromEntries(initialValues(program.variables, program.seed));
  expect(callFunction(program, weights, host, 'z', {}).z?.data[0]).toBe(-6);
  expect(callFunction(program, weights, host, 'answer', {}).answer?.data[0]).toBeCloseTo(0.00247262, 7);
});

it('will-i-pass: training mends a wildly wrong first answer for [4, 5]', async () => {
  const { program } = programOf('will-i-pass');
  const chance = (weights: ReturnType<typeof weightsOf>) =>
    callFunction(program, weights, host, 'my-chance', {})['my-chance']?.data[0];
  expect(chance(Object.fromEntries(initialValues(program.variables, program.seed)))).toBeLessThan(0.1);
  const { last } = await train(program, []);
  // Of pupils with these numbers 94 % pass in the data.
  expect(Math.abs((chance(weightsOf(last)) ?? 0) - 0.944)).toBeLessThan(0.08);
});
