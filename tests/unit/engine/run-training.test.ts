import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '@/lib/compile/program';
import { BadCall, callFunction, weightsOf } from '@/lib/engine/call-function';
import { evaluateProgram } from '@/lib/engine/evaluate';
import type { EngineHost } from '@/lib/engine/host';
import { initialValues } from '@/lib/engine/initial-values';
import { runTraining } from '@/lib/engine/run-training';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { RunEvent } from '@/lib/protocol/run-event';
import { runEvent } from '@/lib/protocol/run-event';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { openCpuHost } from '@/server/engine/cpu-host';
import { collectRun } from '@/tests/helpers/collect-run';
import { plateauDocument } from '@/tests/helpers/fold-documents';
import { documentOf, ganDocument, mlpDocument, programOf } from '@/tests/helpers/programs';

let host: EngineHost;
let before: number;
beforeAll(async () => {
  host = await openCpuHost(nodeDatasets());
  before = host.tf.memory().numTensors;
});
afterAll(() => {
  expect(host.tf.memory().numTensors).toBe(before);
});

const finished = (events: RunEvent[]) => events.at(-1) as Extract<RunEvent, { type: 'finished' }>;

/** Two rates, one of which is far too large. */
const raceDocument = (nonFinite: 'stop' | 'retire') =>
  documentOf(
    {
      data: { kind: 'dataset', params: { dataset: 'iris' } },
      calm: { kind: 'dense', params: { units: 3 } },
      calmLoss: { kind: 'mse' },
      wild: { kind: 'dense', params: { units: 3 } },
      wildLoss: { kind: 'mse' },
      target: { kind: 'one-hot', params: { depth: 3 } },
      slow: { kind: 'sgd', params: { rate: 0.001, nonFinite } },
      fast: { kind: 'sgd', params: { rate: 1000, nonFinite } },
      training: { kind: 'training', params: { lengthBy: 'iterations', iterations: 40 } },
    },
    [
      ['data.features', 'calm.x'],
      ['data.features', 'wild.x'],
      ['data.label', 'target.x'],
      ['calm.y', 'calmLoss.x'],
      ['target.y', 'calmLoss.target'],
      ['wild.y', 'wildLoss.x'],
      ['target.y', 'wildLoss.target'],
      ['calmLoss.loss', 'slow.loss'],
      ['wildLoss.loss', 'fast.loss'],
      ['slow.step', 'training.steps'],
      ['fast.step', 'training.steps'],
    ],
    32,
  );

describe('a number that is not finite', () => {
  it('ends the run as diverged and names the node where it arose', async () => {
    const { events } = await collectRun(programOf(raceDocument('stop')), host);
    expect(finished(events).status).toBe('diverged');
    const message = events.at(-2);
    expect(message).toMatchObject({ type: 'message', level: 'error', code: 'not-finite' });
    expect(message?.type === 'message' && message.node).toMatch(/^wild/);
    for (const event of events) if (event.type === 'metrics') expect(Object.values(event.values)).not.toContain(null);
  });

  it('retires its optimizer where asked to, and the others go on', async () => {
    const { events } = await collectRun(programOf(raceDocument('retire')), host);
    expect(finished(events)).toMatchObject({ status: 'succeeded', iteration: 39 });
    const retired = events.filter((event) => event.type === 'message' && event.code === 'retired');
    expect(retired).toHaveLength(1);
    expect(retired[0]).toMatchObject({ node: 'fast' });
    expect(finished(events).metrics['train.loss']).toBeLessThan(2);
  });
});

describe('the log', () => {
  it('is made of events that the protocol allows, numbered without gaps', async () => {
    const { events } = await collectRun(
      programOf(mlpDocument('digits', 'image', [8, 10], { batch: 256, sample: { every: 3 } })),
      host,
    );
    expect(events.length).toBeGreaterThan(10);
    for (const event of events) expect(runEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
    const sample = events.find((event) => event.type === 'sample');
    expect(sample).toMatchObject({ sink: 'wall', name: 'wall', value: { sample: 'images', shape: [16, 8, 8, 1] } });
  });

  it('is thinned in long runs, but begins with every iteration', async () => {
    const program = programOf(
      mlpDocument('iris', 'features', [3], {
        batch: 60,
        training: { lengthBy: 'iterations', iterations: 400, validate: 200 },
      }),
    );
    const { events } = await collectRun(program, host, { metricsEvery: 50 });
    const logged = events.flatMap((event) => (event.type === 'metrics' ? [event.iteration] : []));
    expect(logged).toEqual([...Array(20).keys(), 49, 99, 149, 199, 249, 299, 349, 399]);
  });

  it('is the same for the same seed and another for another', async () => {
    const program = programOf(ganDocument());
    const losses = async (seed: number) =>
      (await collectRun(program, host, { seed })).events.flatMap((event) =>
        event.type === 'metrics' ? [event.values] : [],
      );
    expect(await losses(3)).toEqual(await losses(3));
    expect(await losses(4)).not.toEqual(await losses(3));
  });
});

it('stops before the next iteration when asked', async () => {
  const program = programOf(mlpDocument('digits', 'image', [64, 10], { batch: 16, epochs: 100 }));
  let asked = false;
  const generator = runTraining(program, host, {
    kinds,
    seed: 1,
    control: { wants: () => (asked ? 'stop' : 'go') },
  });
  const events: RunEvent[] = [];
  for await (const item of generator) {
    if (item.kind !== 'event') continue;
    events.push(item.event);
    if (item.event.type === 'metrics' && item.event.iteration === 10) asked = true;
  }
  expect(finished(events).status).toBe('cancelled');
  expect(finished(events).iteration).toBe(10);
});

it('says whether the stated results were reached', async () => {
  const program = programOf(mlpDocument('digits', 'image', [32, 10], { batch: 64, epochs: 3 }));
  const { events } = await collectRun(program, host, {
    expected: [
      { metric: 'test.accuracy', op: '>=', value: 0.5 },
      { metric: 'val.loss', over: 'last', op: '<', than: { metric: 'val.loss', over: 'first' }, times: 0.9 },
      { metric: 'test.accuracy', op: '>', value: 1 },
      { metric: 'val.nothing', op: '>', value: 0 },
    ],
  });
  const { expected } = finished(events);
  expect(expected.map(({ met }) => met)).toEqual([true, true, false, false]);
  expect(expected[3]).toMatchObject({ got: null });
});

it('steps a rate down where a metric stands still, from the iteration after its validation on', async () => {
  const { events } = await collectRun(programOf(plateauDocument()), host);
  const rates = events.flatMap((event) => (event.type === 'metrics' ? [event.values['rate.slow'] ?? Number.NaN] : []));
  const seen = events.flatMap((event) => (event.type === 'sweep' && event.split === 'validation' ? [event] : []));
  let [rate, best] = [0.3, Number.NEGATIVE_INFINITY];
  const wanted = rates.map((_, i) => {
    const now = seen.find(({ iteration }) => iteration === i - 1)?.values['val.accuracy'];
    if (typeof now !== 'number') return rate;
    if (now > best + 0.03) best = now;
    else rate /= 2;
    return rate;
  });
  expect(rates).toEqual(wanted);
  expect(rates.at(-1)).toBeLessThan(0.3);
});

it('trains without the examples that are held out, and validates with them', async () => {
  const document = mlpDocument('iris', 'features', [3], { batch: 20, epochs: 2 });
  Object.assign(document.graph.nodes.data?.params ?? {}, { holdOut: 0.2 });
  const program = programOf(document);
  const { last, events } = await collectRun(program, host);
  expect(finished(events).examplesSeen).toBe(2 * 96);
  const request = { fetch: ['data.features'], mode: 'evaluation' as const, split: 'validation', index: [15, 38] };
  const { values } = await evaluateProgram(program, weightsOf(last ?? { tensors: {} }), host, request);
  const iris = await host.datasets.open('iris', {});
  const { features } = iris.read('train', [96, 119], ['features']);
  expect(values['data.features']).toEqual(features);
});

describe('a trained program', () => {
  let program: Program;
  let weights: ReturnType<typeof weightsOf>;
  beforeAll(async () => {
    program = programOf(mlpDocument('digits', 'image', [24, 10], { batch: 64, epochs: 8, dropout: 0.1 }));
    const { last } = await collectRun(program, host);
    weights = weightsOf(last ?? { tensors: {} });
  });

  it('answers calls of its function, by bytes or by floats', async () => {
    const digits = await host.datasets.open('digits', {});
    const rows = digits.read('test', [...Array(100).keys()], ['image', 'label']);
    const [name = ''] = program.functions.map((fn) => fn.name);
    const input = program.functions[0]?.inputs[0]?.name ?? '';
    const picture = rows.image as { data: Uint8Array; shape: number[] };
    const outputs = callFunction(program, weights, host, name, { [input]: picture });
    const [scores] = Object.values(outputs);
    expect(scores?.shape).toEqual([100, 10]);
    const right = [...Array(100).keys()].filter((row) => {
      const own = Array.from(scores?.data.subarray(row * 10, row * 10 + 10) ?? []);
      return own.indexOf(Math.max(...own)) === rows.label?.data[row];
    });
    expect(right.length).toBeGreaterThan(70);
    const floats = { data: Float32Array.from(picture.data, (byte) => byte / 255), shape: picture.shape };
    expect(callFunction(program, weights, host, name, { [input]: floats })).toEqual(outputs);
    expect(() => callFunction(program, weights, host, 'nothing', {})).toThrow(BadCall);
    expect(() => callFunction(program, weights, host, name, {})).toThrow(/input “/);
  });

  it('can be inspected: values on wires, and gradients that finite differences confirm', async () => {
    const kernel = 'dense1#bias';
    const request = {
      fetch: ['loss.loss', 'dense1.y'],
      gradients: { of: 'loss.loss', wrt: [kernel] },
      mode: 'evaluation' as const,
      split: 'validation',
      index: [0, 1, 2],
    };
    const { values, gradients } = await evaluateProgram(program, weights, host, request);
    expect(values['dense1.y']?.shape).toEqual([3, 10]);
    const step = 1e-2;
    const by = [1, ...Array(9).fill(0)];
    const moved = await Promise.all(
      [step, -step].map(async (times) => {
        const shifted = await evaluateProgram(program, weights, host, {
          ...request,
          shift: [{ variable: kernel, by, times }],
        });
        return shifted.values['loss.loss']?.data[0] ?? 0;
      }),
    );
    expect(gradients[kernel]?.data[0]).toBeCloseTo(((moved[0] ?? 0) - (moved[1] ?? 0)) / (2 * step), 3);
    await expect(evaluateProgram(program, weights, host, { ...request, fetch: ['nowhere.y'] })).rejects.toThrow(
      BadCall,
    );
  });
});

it('starts from weights that only the seed decides', () => {
  const program = programOf(mlpDocument('digits', 'image', [8, 10]));
  expect(initialValues(program.variables, 1)).toEqual(initialValues(program.variables, 1));
  expect(initialValues(program.variables, 2)).not.toEqual(initialValues(program.variables, 1));
});

describe('the noise of a gradient', () => {
  /** Its variance among the batches of the validation set, at weights that hardly move. */
  const noise = async (batch: number): Promise<number> => {
    const document = documentOf(
      {
        data: { kind: 'dataset', params: { dataset: 'circle' } },
        scores: { kind: 'dense', params: { units: 2 } },
        loss: { kind: 'cross-entropy' },
        slope: { kind: 'gradient' },
        noise: { kind: 'variance', params: { among: 'batches' } },
        sgd: { kind: 'sgd', params: { rate: 1e-9 } },
        training: { kind: 'training', params: { epochs: 1 } },
      },
      [
        ['data.point', 'scores.x'],
        ['scores.y', 'loss.logits'],
        ['data.label', 'loss.labels'],
        ['loss.loss', 'slope.of'],
        ['scores.kernel', 'slope.wrt'],
        ['slope.y', 'noise.x'],
        ['loss.loss', 'sgd.loss'],
        ['sgd.step', 'training.steps'],
      ],
      batch,
    );
    const { events } = await collectRun(programOf(document), host);
    return finished(events).metrics['val.variance'] as number;
  };

  it('is about in inverse proportion to the size of the batch', async () => {
    const ratio = (await noise(5)) / (await noise(20));
    expect(ratio).toBeGreaterThan(3);
    expect(ratio).toBeLessThan(8);
  });
});
