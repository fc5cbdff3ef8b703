import { beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '@/lib/compile/program';
import type { EngineHost, StepCompiler, StepSession } from '@/lib/engine/host';
import type { Document } from '@/lib/graph/document';
import type { RunEvent } from '@/lib/protocol/run-event';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { ensureEngine } from '@/server/engine/install-engine';
import { openNodeHost } from '@/server/engine/node-host';
import {
  architectureSearch,
  captioning,
  everyStep,
  monteCarlo,
  nested,
  reinforce,
  stateful,
  writing,
} from '@/tests/helpers/caller-documents';
import { collectRun, timeless } from '@/tests/helpers/collect-run';
import { augmentedDocument, imageCaptioning } from '@/tests/helpers/data-documents';
import { explodingFamily } from '@/tests/helpers/family-documents';
import { averageDocument, carriesDocument, growingDocument, heldDocument } from '@/tests/helpers/fold-documents';
import { adversarial, kernelGradient, penalised, spectralCritic, wganGp } from '@/tests/helpers/gradient-documents';
import {
  batchNormDocument,
  cnnDocument,
  documentOf,
  ganDocument,
  mlpDocument,
  programOf,
} from '@/tests/helpers/programs';
import { tensorTraining } from '@/tests/helpers/tensor-documents';

let host: EngineHost & { compiler: StepCompiler };
let compiled = 0;
let refused: string[] = [];

beforeAll(async () => {
  await ensureEngine();
  const native = await openNodeHost({ threads: 2, datasets: nodeDatasets() });
  const { compiler } = native;
  if (!compiler) throw new Error('the native engine compiles steps');
  const open: StepCompiler['open'] = (options) => {
    const session = compiler.open(options);
    const compile: StepSession['compile'] = (step, example) => {
      try {
        const made = session.compile(step, example);
        compiled++;
        return made;
      } catch (error) {
        refused.push(String(error));
        throw error;
      }
    };
    return new Proxy(session, { get: (of, name) => (name === 'compile' ? compile : Reflect.get(of, name).bind(of)) });
  };
  host = { ...native, compiler: { ...compiler, open } };
}, 300_000);

const averages = averageDocument();
for (const node of Object.values(averages.graph.nodes)) if (node.kind === 'sgd') delete node.params.accumulate;
const gathered = batchNormDocument();
const plain = batchNormDocument();
for (const node of Object.values(plain.graph.nodes)) if (node.kind === 'momentum') delete node.params.accumulate;

/**
 * `graphs`: of steps and sweeps, one for each size of batch. `early`: how near the first three losses are; behind batch norm
 * a critic's gradients nearly vanish, and Adam divides them by their own size, rounding errors included. `late`: the others,
 * where rounding errors grow.
 */
const programs: Record<string, { program: () => Program; graphs: number; early?: number; late?: number }> = {
  'dense layers, dropout, Adam': {
    program: () => programOf(mlpDocument('digits', 'image', [16, 10], { batch: 300, epochs: 3, dropout: 0.3 })),
    graphs: 2 + 2,
  },
  'convolution, pooling, a confusion matrix': {
    program: () => programOf(cnnDocument('digits', 1, 256)),
    graphs: 2 + 2,
  },
  'batch norm, a schedule, clipping': { program: () => programOf(plain), graphs: 1 + 2 },
  'batch norm, gathered gradients': { program: () => programOf(gathered), graphs: 3 + 2 },
  'two optimizers in order': { program: () => programOf(ganDocument()), graphs: 2, early: 1e-4 },
  'averages of averages': { program: () => programOf(averages), graphs: 1 + 2 },
  'a history and a baseline': { program: () => programOf(carriesDocument()), graphs: 2 },
  'held values, fitted variables': { program: () => programOf(heldDocument()), graphs: 2 + 4 * 2 },
  'a network that grows: a graph for each stage': {
    program: () => programOf(growingDocument()),
    graphs: 3,
    late: 5e-3,
  },
  'augmented pictures under labels that are partly wrong': {
    program: () => programOf(augmentedDocument()),
    graphs: 2 + 2,
  },
  'pictures described in words of a fitted vocabulary': {
    program: () => programOf(imageCaptioning()),
    graphs: 1 + 2 * 1,
  },
  'a gradient penalty': { program: () => programOf(wganGp()), graphs: 2, early: 1e-4 },
  'a gradient penalty on a critic with spectral norm': {
    program: () => programOf(spectralCritic()),
    graphs: 2,
    early: 1e-4,
  },
  'adversarial examples, watched under an attack in steps': { program: () => programOf(adversarial()), graphs: 2 },
  'penalties on the gradients of a shared kernel and through a block': {
    program: () => programOf(kernelGradient()),
    graphs: 2,
  },
  'a block on every step of a sequence': { program: () => programOf(everyStep()), graphs: 1 + 2 },
  'styles that are mixed, and a penalty on the weights behind one': {
    program: () => programOf(penalised()),
    graphs: 2,
  },
  'tensors taken apart and put together': { program: () => programOf(tensorTraining()), graphs: 2 },
  'states that go on from batch to batch': { program: () => programOf(stateful()), graphs: 2 + 2 },
  'Monte-Carlo passes of a block': { program: () => programOf(monteCarlo()), graphs: 1 },
  'a block that calls a block': { program: () => programOf(nested()), graphs: 1 },
  'text that is written step by step': { program: () => programOf(writing()), graphs: 1 + 1 },
  'captions that are written step by step': { program: () => programOf(captioning()), graphs: 1 + 1 },
  'episodes that the policy plays itself': { program: () => programOf(reinforce()), graphs: 1 + 1 },
  'a search for networks': { program: () => programOf(architectureSearch()), graphs: 1 },
  'two optimizers together': { program: () => programOf(ganDocument('together')), graphs: 2, early: 1e-4 },
};

/** The logarithm of what a layer gives, which is below zero for some examples. */
const logarithm = (): Document =>
  documentOf(
    {
      data: { kind: 'dataset', params: { dataset: 'iris' } },
      first: { kind: 'dense', params: { units: 3 } },
      log: { kind: 'log' },
      last: { kind: 'dense', params: { units: 3 } },
      loss: { kind: 'cross-entropy' },
      adam: { kind: 'adam' },
      training: { kind: 'training', params: { lengthBy: 'iterations', iterations: 4 } },
    },
    [
      ['data.features', 'first.x'],
      ['first.y', 'log.x'],
      ['log.y', 'last.x'],
      ['last.y', 'loss.logits'],
      ['data.label', 'loss.labels'],
      ['loss.loss', 'adam.loss'],
      ['adam.step', 'training.steps'],
    ],
  );

const lossesOf = (events: readonly RunEvent[]): number[] =>
  events.flatMap((event) => (event.type === 'metrics' ? [event.values['train.loss'] ?? Number.NaN] : []));

/** Metrics of all sweeps over held-out data. */
const sweptIn = (events: readonly RunEvent[]): Map<string, number> =>
  new Map(
    events.flatMap((event) =>
      event.type === 'sweep' && event.split !== 'train'
        ? Object.entries(event.values).map(
            ([key, value]) => [`${key} after ${event.iteration}`, value ?? Number.NaN] as const,
          )
        : [],
    ),
  );

describe('compiled steps', () => {
  it.each(Object.keys(programs))('give what eager ones give: %s', async (name) => {
    const { program: make, graphs, early = 1e-5, late = 1e-3 } = programs[name] as (typeof programs)[string];
    const program = make();
    [compiled, refused] = [0, []];
    const fast = await collectRun(program, host);
    expect(refused).toEqual([]);
    expect(compiled).toBeGreaterThanOrEqual(graphs);
    const { compiler: _, ...eagerHost } = host;
    const eager = await collectRun(program, eagerHost);
    const [a, b] = [lossesOf(fast.events), lossesOf(eager.events)];
    expect(a.length).toBeGreaterThan(3);
    // A critic's loss is a small difference of larger means: relative to at least a hundredth.
    for (const [i, loss] of a.entries()) {
      const other = b[i] ?? Number.NaN;
      const difference = Math.abs(loss - other) / Math.max(Math.abs(other), 0.01);
      expect(difference).toBeLessThan(i < 3 ? early : late);
    }
    expect(fast.events.map((event) => event.type)).toEqual(eager.events.map((event) => event.type));
    const others = sweptIn(eager.events);
    for (const [key, value] of sweptIn(fast.events)) {
      const other = others.get(key) ?? Number.NaN;
      expect(Math.abs(value - other) / Math.max(Math.abs(other), 0.1), key).toBeLessThan(0.05);
    }
  });

  it('leave no tensor behind, and go on bit for bit after a pause', async () => {
    const program = programOf(mlpDocument('digits', 'image', [16, 10], { batch: 400, epochs: 2, dropout: 0.3 }));
    const before = host.tf.memory().numTensors;
    const whole = await collectRun(program, host);
    for (const moment of [1, 4]) {
      const first = await collectRun(program, host, { pauseAfter: moment });
      const rest = await collectRun(program, host, first.last ? { resume: first.last } : {});
      const joined = [...first.events, ...rest.events.slice(first.events.length)];
      expect(joined.map(timeless)).toEqual(whole.events.map(timeless));
      expect(rest.last?.tensors).toEqual(whole.last?.tensors);
    }
    expect(host.tf.memory().numTensors).toBe(before);
  });

  it.each([
    { what: 'an op that gives no number', document: logarithm, node: 'log' },
    { what: 'an error that explodes', document: explodingFamily, node: 'L' },
  ])('name the node where numbers stop being finite, as eager ones do: $what', async ({ document, node }) => {
    const program = programOf(document());
    [compiled, refused] = [0, []];
    const fast = await collectRun(program, host);
    expect([compiled > 0, refused]).toEqual([true, []]);
    const { compiler: _, ...eagerHost } = host;
    const eager = await collectRun(program, eagerHost);
    for (const { events } of [fast, eager]) {
      expect(events.at(-1)).toMatchObject({ type: 'finished', status: 'diverged' });
      expect(events.at(-2)).toMatchObject({ type: 'message', code: 'not-finite', node });
    }
    expect(fast.events.at(-2)).toEqual(eager.events.at(-2));
  });

  it('a number that changes between iterations is not baked in, nor a value read back', () => {
    const { tf, compiler } = host;
    const session = compiler.open({ flops: 0 });
    const example = () => ({ data: Float32Array.of(1), shape: [1] });
    let call = 0;
    const baked = () => session.compile((input) => ({ outputs: { y: tf.mul(input('x'), ++call) } }), example);
    const read = () =>
      session.compile((input) => ({ outputs: { y: tf.scalar(input('x').dataSync()[0] ?? 0) } }), example);
    for (const [attempt, reason] of [
      [baked, 'would be fixed'],
      [read, 'reads a value back'],
    ] as const) {
      let thrown: unknown;
      try {
        attempt();
      } catch (error) {
        thrown = error;
      }
      expect(compiler.reason(thrown)).toContain(reason);
    }
    expect(compiler.reason(new Error('another'))).toBeNull();
    session.dispose();
  });
});
