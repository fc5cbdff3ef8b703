import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { invariant, required } from '@/lib/base/invariant';
import { isRecord, type Json } from '@/lib/base/json';
import type { KerasLayer, KindExample, PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import type { Spec } from '@/lib/tensor/spec';
import { prepare, runExample, tf } from '../../contract/kinds/example';
import { PEERS_TIMEOUT, preparePeers, runPython } from '../../helpers/venv';

const PIECES = 3;
const features = (shape: Spec['shape']): Spec => ({ shape, dtype: 'float32', meaning: 'features' });
const mask: Spec = { shape: ['batch', 6], dtype: 'int32', meaning: 'mask', classes: 2 };
const rows = features(['batch', 6, 2]);
const film = features(['batch', 6, 4, 3, 1]);

/** Kinds, their params and what they read, in three pieces. */
const readers: [title: string, kind: string, params: PlainParams, inputs: KindExample['inputs']][] = [
  ['simple-rnn', 'simple-rnn', { units: 3 }, { x: [rows] }],
  ['lstm', 'lstm', { units: 3, gives: 'every' }, { x: [rows] }],
  ['gru, backwards', 'gru', { units: 3, gives: 'every', backwards: true }, { x: [rows] }],
  ['lstm, masked', 'lstm', { units: 3 }, { x: [rows], mask: [mask] }],
  ['conv-lstm-2d', 'conv-lstm-2d', { filters: 2, kernel: [2, 2] }, { x: [film] }],
  ...['simple-rnn', 'lstm', 'gru', 'conv-lstm-2d'].flatMap((cell) =>
    ['last', 'every'].map((gives): (typeof readers)[number] => {
      const read = cell === 'conv-lstm-2d' ? { x: [film] } : { x: [rows] };
      return [`both ways, ${cell}, ${gives}`, 'bidirectional', { cell, gives, units: 2, merge: 'concat' }, read];
    }),
  ),
  ['both ways, masked', 'bidirectional', { cell: 'gru', gives: 'every', units: 2 }, { x: [rows], mask: [mask] }],
];

const folder = mkdtempSync(path.join(tmpdir(), 'netloom-parity-'));
const ours = new Map<string, number[][]>();
let theirs: { error?: string; outputs?: number[][] }[] = [];

const plain = (tensor: Tensor) => ({ dtype: tensor.dtype, shape: tensor.shape, data: [...tensor.dataSync()] });

const piecesOf = (tensor: Tensor): Tensor[] => tf.split(tensor as tf.Tensor, PIECES, 1);

/** Keras' config of the layer, told to go on; of a layer that wraps another, that other. */
function goingOn(config: Record<string, Json>): Record<string, Json> {
  const { layer } = config;
  if (!isRecord(layer)) return { ...config, stateful: true };
  const inner = layer.config;
  invariant(isRecord(inner), 'the config of the layer inside');
  return { ...config, layer: { ...layer, config: goingOn(inner as Record<string, Json>) } };
}

/** Trains through the pieces: each begins with what the one before wrote. */
function read([title, id, params, inputs]: (typeof readers)[number]) {
  const kind = required(kinds[id], id);
  const prepared = prepare(kind, { title, params, inputs }, { stateful: true });
  const { context, inference } = prepared;
  const slots = (inference.variables ?? []).filter(({ perExample }) => perExample).map(({ slot }) => slot);
  expect(slots.length, title).toBeGreaterThan(0);
  let states = Object.fromEntries(slots.map((slot) => [slot, tf.zerosLike(context.variables[slot] as tf.Tensor)]));
  const x = piecesOf(required(context.inputs.x?.[0], 'x'));
  const masks = context.inputs.mask?.[0] ? piecesOf(context.inputs.mask[0]) : [];
  const answers = x.map((piece, at) => {
    const { outputs, writes } = runExample(kind, {
      ...prepared,
      context: {
        ...context,
        inputs: { x: [piece], ...(masks[at] && { mask: [masks[at]] }) },
        variables: { ...context.variables, ...states },
      },
    });
    states = required(writes, 'writes') as typeof states;
    return [...required(outputs.y, 'y').dataSync()];
  });
  ours.set(title, answers);
  const emission = kind.emit?.keras({ params: prepared.params, inputs, outputs: inference.outputs });
  invariant(Array.isArray(emission), `layers of ${title}`);
  const layer = required((emission as KerasLayer[])[0], title);
  return {
    className: layer.className,
    config: goingOn(layer.config),
    pieces: x.map(plain),
    masks: masks.map(plain),
    weights: layer.weights.map((slot) => plain(required(context.variables[slot], slot))),
  };
}

beforeAll(async () => {
  await tf.setBackend('cpu');
  await preparePeers();
  const cases = tf.tidy(() => readers.map(read) as never) as unknown as object[];
  const file = path.join(folder, 'cases.json');
  writeFileSync(file, JSON.stringify(cases));
  theirs = (await runPython(path.resolve('tests/parity/kinds/stateful.py'), [file])) as typeof theirs;
}, PEERS_TIMEOUT);

afterAll(() => rmSync(folder, { recursive: true }));

it.each(readers.map(([title], at) => [title, at] as const))(
  '%s goes on from piece to piece as in Keras',
  (title, at) => {
    const answer = required(theirs[at], title);
    expect(answer.error).toBeUndefined();
    const own = required(ours.get(title), title);
    expect(own).toHaveLength(PIECES);
    for (const [piece, numbers] of own.entries()) {
      const expected = required(answer.outputs?.[piece], 'a piece');
      expect(numbers).toHaveLength(expected.length);
      for (const [index, value] of numbers.entries())
        expect(Math.abs(value - required(expected[index], 'a number')), `piece ${piece}`).toBeLessThan(2e-6);
    }
  },
);
