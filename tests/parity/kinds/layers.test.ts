import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mendAveragePoolGradient } from '@/lib/engine/wasm/mend-average-pool';
import { isMerge } from '@/lib/export/keras/keras-config';
import { evaluationOf } from '@/lib/nodes/common/evaluation-of';
import { gradientInputs } from '@/lib/nodes/common/gradient-inputs';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { portsOf } from '@/lib/nodes/common/ports';
import type { KerasLayer, Kind, KindExample, PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { normal, seedOf } from '@/lib/tensor/philox';
import { examplesOf } from '@/tests/helpers/examples-of';
import { engine, NO_WORLD, type Prepared, prepare, runExample, tf } from '../../contract/kinds/example';
import { PEERS_TIMEOUT, preparePeers, runPython } from '../../helpers/venv';

interface Numbers {
  shape: number[];
  data: number[];
}

interface Case {
  title: string;
  ours: {
    outputs: Numbers[];
    /** New values of carries, and where they stand among the layers' weights. */
    carries: { at: number; values: number[] }[];
    gradients: { inputs: (number[] | null)[]; weights: (number[] | null)[] };
  };
  layers: object[];
  inputs: object[];
  objective: object[];
  /** Names of what is compared; null: what the last layer gives. */
  answers: string[] | null;
  training: boolean;
}

interface Answer {
  error?: string;
  outputs: Numbers[];
  weights: number[][];
  gradients: { inputs: number[][]; weights: number[][] };
}

const folder = mkdtempSync(path.join(tmpdir(), 'netloom-parity-'));
const cases: Case[] = [];
let theirs: Answer[] = [];

const plain = (tensor: Tensor) => ({ dtype: tensor.dtype, shape: tensor.shape, data: [...tensor.dataSync()] });

/** `NETLOOM_KINDS=lstm,gru` compares these alone. */
const chosen = process.env.NETLOOM_KINDS?.split(',');

/** Every example that Keras has layers for, with each choice of each field. Random layers are compared where they rest. */
function collect(): void {
  for (const [id, kind] of Object.entries(kinds)) {
    if (kind.face.role !== 'op' || chosen?.includes(id) === false) continue;
    for (const example of examplesOf(kind)) for (const set of variations(kind, example)) add(id, kind, example, set);
  }
}

function add(id: string, kind: Kind, example: KindExample, set: PlainParams): void {
  const { params: own } = parseParams(kind.face, { ...example.params, ...set });
  const training = kind.face.rng === undefined && evaluationOf(kind.face, own) === 'own';
  const prepared = prepare(kind, example, set, training ? 'train' : 'evaluation');
  const { params, inference } = prepared;
  const emission = kind.emit?.keras({ params, inputs: example.inputs, outputs: inference.outputs });
  if (Array.isArray(emission) && !inference.problems?.some(({ severity }) => severity === 'error')) {
    const title = `${id}: ${example.title} ${JSON.stringify(set)}`;
    tf.tidy(() => cases.push({ title, training, ...caseOf(kind, prepared, emission) }));
  }
  prepared.dispose();
}

function caseOf(kind: Kind, prepared: Prepared, layers: KerasLayer[]): Omit<Case, 'title' | 'training'> {
  const { variables, inputs } = prepared.context;
  const ports = portsOf(kind.face, prepared.params, NO_WORLD).inputs.map(({ id }) => id);
  const tensors = ports.flatMap((port) => (inputs[port] ?? []).map((tensor) => ({ port, tensor })));
  const given = givenBy(layers, Object.keys(prepared.inference.outputs));
  /** What an earlier layer gives is known by its name. */
  const placesOf = (port: string, at: number): (number | string)[] =>
    layers.slice(0, at).some(({ outputs = [] }) => outputs.includes(port))
      ? [port]
      : tensors.flatMap((one, place) => (one.port === port ? [place] : []));
  const { outputs, writes = {} } = runExample(kind, prepared);
  const weightsOf = (port: string): Tensor => {
    const output = outputs[port] as Tensor;
    return tf.tensor(normal(seedOf('objective', port), output.size), output.shape);
  };
  const slots = layers.flatMap(({ weights }) => weights);
  const trainables = slots.filter((slot) =>
    prepared.inference.variables?.some((one) => one.slot === slot && one.role === 'trainable'),
  );
  const floats = tensors.filter(({ tensor }) => tensor.dtype === 'float32');
  const differentiable = gradientInputs(kind.face, prepared.params) ?? ports;
  const moving = floats.filter(({ port }) => differentiable.includes(port)).map(({ tensor }) => tensor);
  const leaves = [...moving, ...trainables.map((slot) => variables[slot] as Tensor)];
  const gradients = gradientsOf(
    kind,
    prepared,
    leaves,
    given.map((port) => [port, weightsOf(port)]),
  );
  return {
    ours: {
      outputs: given.map((port) => {
        const output = outputs[port] as Tensor;
        return { shape: output.shape, data: [...output.dataSync()] };
      }),
      carries: Object.entries(writes).map(([slot, tensor]) => ({
        at: slots.indexOf(slot),
        values: [...tensor.dataSync()],
      })),
      gradients: {
        inputs: floats.map(({ tensor }) => gradients[moving.indexOf(tensor)] ?? null),
        // Where Keras holds another number than our variable, its gradient is another one too.
        weights: trainables.map((slot, at) =>
          layers.some(({ make }) => make?.[slot]) ? null : (gradients[moving.length + at] ?? null),
        ),
      },
    },
    layers: layers.map((layer, at) => ({
      className: layer.className,
      operation: layer.operation ?? null,
      outputs: layer.outputs ?? null,
      config: layer.config,
      listed: isMerge(layer),
      weights: layer.weights.map((slot) => weightOf(layer, slot, variables)),
      ...(layer.call && {
        call: {
          args: layer.call.args.flatMap((port) =>
            Array.isArray(port) ? [port.flatMap((one) => placesOf(one, at))] : placesOf(port, at),
          ),
          named: Object.fromEntries(
            Object.entries(layer.call.named ?? {}).flatMap(([name, port]) => {
              const places = [port].flat().flatMap((one) => placesOf(one, at));
              return places.length === 0 ? [] : [[name, Array.isArray(port) ? places : places[0]]];
            }),
          ),
          set: layer.call.set ?? {},
        },
      }),
    })),
    inputs: tensors.map(({ tensor }) => plain(tensor)),
    objective: given.map((port) => plain(weightsOf(port))),
    answers: layers.some(({ outputs }) => outputs) ? given : null,
  };
}

/** A variable as Keras is to have it. */
function weightOf({ make }: KerasLayer, slot: string, variables: Record<string, Tensor>) {
  const own = Object.fromEntries(
    Object.entries(variables).map(([name, tensor]) => [
      name,
      { data: Float32Array.from(tensor.dataSync()), shape: tensor.shape },
    ]),
  );
  const made = make?.[slot]?.(own);
  return made ? { dtype: 'float32', shape: made.shape, data: [...made.data] } : plain(variables[slot] as Tensor);
}

/** The ports that layers give. */
function givenBy(layers: KerasLayer[], ports: string[]): string[] {
  const named = layers.flatMap(({ outputs = [] }) => outputs);
  return named.length > 0 ? ports.filter((port) => named.includes(port)) : ['y'];
}

/** Of the sum of these outputs, each times fixed random numbers. */
function gradientsOf(kind: Kind, prepared: Prepared, leaves: Tensor[], objective: [string, Tensor][]): number[][] {
  if (leaves.length === 0) return [];
  const total = (...moved: Tensor[]): Tensor => {
    const swap = (tensor: Tensor): Tensor => moved[leaves.indexOf(tensor)] ?? tensor;
    const { inputs, variables } = prepared.context;
    const { outputs } = runExample(kind, {
      ...prepared,
      context: {
        ...prepared.context,
        inputs: Object.fromEntries(Object.entries(inputs).map(([port, all]) => [port, all.map(swap)])),
        variables: Object.fromEntries(Object.entries(variables).map(([slot, tensor]) => [slot, swap(tensor)])),
      },
    });
    const parts = objective.map(([port, weights]) =>
      tf.sum(tf.mul(tf.cast(outputs[port] as Tensor, 'float32'), weights)),
    );
    // Nothing of an input need reach the outputs: zeros then, as Keras is asked for.
    return tf.add(tf.addN(parts), tf.mul(0, tf.addN(moved.map((leaf) => tf.sum(leaf)))));
  };
  return tf
    .grads(total as never)(leaves as never)
    .map((gradient) => [...(gradient as Tensor).dataSync()]);
}

/** Built-in activations, of which there are many, are tried in a kind's first example. */
function* variations({ face }: Kind, example: KindExample): Generator<PlainParams> {
  yield {};
  for (const [key, field] of Object.entries(face.fields)) {
    if (key === 'activation' && example !== examplesOf({ face })[0]) continue;
    if (field.type === 'choice' && !/init/i.test(key)) for (const { value } of field.choices) yield { [key]: value };
    if (field.type === 'switch') for (const value of [true, false]) yield { [key]: value };
  }
}

beforeAll(async () => {
  await tf.setBackend('cpu');
  mendAveragePoolGradient(engine, 'cpu'); // as the host of this engine does
  await preparePeers();
  collect();
  const file = path.join(folder, 'cases.json');
  writeFileSync(file, JSON.stringify(cases));
  theirs = (await runPython(path.resolve('tests/parity/kinds/layers.py'), [file])) as typeof theirs;
}, PEERS_TIMEOUT);

afterAll(() => rmSync(folder, { recursive: true }));

/** The largest difference in parts of the largest number (or of one). */
function difference(ours: number[], expected: number[] | undefined): number {
  if (ours.length !== expected?.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(1, ...expected.map(Math.abs));
  return Math.max(0, ...ours.map((value, at) => Math.abs(value - (expected[at] ?? Number.NaN)))) / scale;
}

describe('layers', () => {
  it('are compared for every kind, save those that say why Keras has none', () => {
    const compared = new Set(cases.map(({ title }) => title.split(':')[0]));
    for (const [id, { face, infer, emit }] of Object.entries(kinds)) {
      if (face.role !== 'op' || chosen?.includes(id) === false || compared.has(id)) continue;
      for (const { params: own, inputs } of examplesOf({ face })) {
        const { params } = parseParams(face, own ?? {});
        const { outputs } = infer({ params, inputs, env: NO_WORLD });
        expect(emit?.keras({ params, inputs, outputs }), id).toEqual({
          unsupported: expect.stringMatching(/^\S.{10,}/),
        });
      }
    }
    expect(compared.size).toBeGreaterThan(chosen ? 0 : 100);
    expect(theirs.length).toBe(cases.length);
  });

  it('are accepted by Keras', () => {
    const refused = cases.flatMap(({ title }, at) => (theirs[at]?.error ? [`${title}: ${theirs[at]?.error}`] : []));
    expect(refused).toEqual([]);
  });

  it('give the numbers of Keras', () => {
    const wrong = cases.flatMap(({ title, ours }, index) =>
      ours.outputs.flatMap(({ shape, data }, at) => {
        const expected = theirs[index]?.outputs?.[at];
        if (shape.join() !== expected?.shape.join()) return [`${title}: ${shape} is not ${expected?.shape}`];
        const worst = difference(data, expected?.data);
        return worst < 2e-6 ? [] : [`${title}: output ${at} differs by ${worst}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('have the gradients of Keras', () => {
    const wrong = cases.flatMap(({ title, ours }, index) => {
      const expected = theirs[index]?.gradients;
      return (['inputs', 'weights'] as const).flatMap((which) =>
        ours.gradients[which].flatMap((gradient, at) => {
          if (gradient === null) return [];
          const worst = difference(gradient, expected?.[which][at]);
          return worst < 1e-5 ? [] : [`${title}: gradient ${at} of ${which} differs by ${worst}`];
        }),
      );
    });
    expect(wrong).toEqual([]);
  });

  it('move their statistics as Keras does', () => {
    const moving = cases.map((one, index) => ({ ...one, after: theirs[index]?.weights ?? [] }));
    const carrying = moving.filter(({ ours }) => ours.carries.length > 0);
    if (!chosen) expect(carrying.length).toBeGreaterThan(0);
    for (const { title, ours, after } of carrying) {
      for (const { at, values } of ours.carries) {
        const expected = after[at] ?? [];
        for (const [index, value] of values.entries())
          expect(value, title).toBeCloseTo(expected[index] ?? Number.NaN, 5);
      }
    }
  });
});
