import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KerasLayer, Kind, KindExample, PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { portsOf } from '@/lib/nodes/ports';
import { NO_WORLD, prepare, runExample, tf } from '../../contract/kinds/example';
import { PEERS_TIMEOUT, preparePeers, runPython } from '../../helpers/venv';

interface Case {
  title: string;
  ours: { shape: number[]; data: number[]; carries: number[][] };
  layers: (Omit<KerasLayer, 'weights'> & { weights: object[] })[];
  inputs: object[];
  variadic: boolean;
  training: boolean;
}

const folder = mkdtempSync(path.join(tmpdir(), 'netloom-parity-'));
const cases: Case[] = [];
let theirs: { shape: number[]; data: number[]; weights: number[][] }[] = [];

const plain = (tensor: Tensor) => ({ dtype: tensor.dtype, shape: tensor.shape, data: [...tensor.dataSync()] });

/** Every example that Keras has layers for, with each choice of each field. Random layers are compared where they rest. */
function collect(): void {
  for (const [id, kind] of Object.entries(kinds)) {
    if (kind.face.role !== 'op') continue;
    for (const example of kind.face.examples) {
      for (const set of variations(kind)) add(id, kind, example, set);
    }
  }
}

function add(id: string, kind: Kind, example: KindExample, set: PlainParams): void {
  const training = kind.face.rng === undefined && kind.face.evaluation === 'own';
  const prepared = prepare(kind, example, set, training ? 'train' : 'evaluation');
  const emission = kind.emit?.keras({
    params: prepared.params,
    inputs: example.inputs,
    outputs: prepared.inference.outputs,
  });
  if (Array.isArray(emission) && !prepared.inference.problems?.some(({ severity }) => severity === 'error')) {
    tf.tidy(() => {
      const { variables, inputs } = prepared.context;
      const { outputs, writes = {} } = runExample(kind, prepared);
      const ports = portsOf(kind.face, prepared.params, NO_WORLD).inputs;
      cases.push({
        title: `${id}: ${example.title} ${JSON.stringify(set)}`,
        ours: {
          shape: outputs.y?.shape ?? [],
          data: [...(outputs.y?.dataSync() ?? [])],
          carries: Object.values(writes).map((tensor) => [...tensor.dataSync()]),
        },
        layers: emission.map((layer) => ({
          ...layer,
          weights: layer.weights.map((slot) => plain(variables[slot] as Tensor)),
        })),
        inputs: Object.values(inputs).flat().map(plain),
        variadic: ports
          .filter(({ type }) => type === 'tensor')
          .some(({ variadic, id: port }) => variadic || port === 'b'),
        training,
      });
    });
  }
  prepared.dispose();
}

function* variations({ face }: Kind): Generator<PlainParams> {
  yield {};
  for (const [key, field] of Object.entries(face.fields)) {
    if (field.type === 'choice' && !/init/i.test(key)) for (const { value } of field.choices) yield { [key]: value };
    if (field.type === 'switch') for (const value of [true, false]) yield { [key]: value };
  }
}

beforeAll(async () => {
  await tf.setBackend('cpu');
  await preparePeers();
  collect();
  const file = path.join(folder, 'cases.json');
  writeFileSync(file, JSON.stringify(cases));
  theirs = (await runPython(path.resolve('tests/parity/kinds/layers.py'), [file])) as typeof theirs;
}, PEERS_TIMEOUT);

afterAll(() => rmSync(folder, { recursive: true }));

describe('layers', () => {
  it('are compared for most kinds', () => {
    expect(new Set(cases.map(({ title }) => title.split(':')[0])).size).toBeGreaterThanOrEqual(15);
    expect(theirs.length).toBe(cases.length);
  });

  it('give the numbers of Keras', () => {
    cases.forEach(({ title, ours }, index) => {
      const expected = theirs[index];
      expect(ours.shape, title).toEqual(expected?.shape);
      const scale = Math.max(1, ...ours.data.map(Math.abs));
      const worst = Math.max(...ours.data.map((value, at) => Math.abs(value - (expected?.data[at] ?? Number.NaN))));
      expect(worst / scale, title).toBeLessThan(2e-6);
    });
  });

  it('move their statistics as Keras does', () => {
    const moving = cases.map((one, index) => ({ ...one, after: theirs[index]?.weights ?? [] }));
    const carrying = moving.filter(({ ours }) => ours.carries.length > 0);
    expect(carrying.length).toBeGreaterThan(0);
    for (const { title, ours, after } of carrying) {
      ours.carries.forEach((values, at) => {
        const expected = after[after.length - ours.carries.length + at] ?? [];
        for (const [index, value] of values.entries()) {
          expect(value, title).toBeCloseTo(expected[index] ?? Number.NaN, 5);
        }
      });
    }
  });
});
