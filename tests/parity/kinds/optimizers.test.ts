import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { liveNumbers } from '@/lib/nodes/common/ports';
import type { PlainParams, Tensor } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { normal, seedOf } from '@/lib/tensor/philox';
import { engine, tf } from '../../contract/kinds/example';
import { PEERS_TIMEOUT, preparePeers, runPython } from '../../helpers/venv';

/** Our params and Keras' for the same optimizer. */
type Pair = [id: string, params: PlainParams, className: string, config: Record<string, number | boolean>];

const PAIRS: Pair[] = [
  ['sgd', { rate: 0.1 }, 'SGD', { learning_rate: 0.1 }],
  ['momentum', { rate: 0.1, momentum: 0.8 }, 'SGD', { learning_rate: 0.1, momentum: 0.8 }],
  [
    'momentum',
    { rate: 0.1, momentum: 0.8, nesterov: true },
    'SGD',
    { learning_rate: 0.1, momentum: 0.8, nesterov: true },
  ],
  ['adam', {}, 'Adam', {}],
  [
    'adam',
    { rate: 0.05, beta1: 0.7, beta2: 0.9, amsgrad: true },
    'Adam',
    { learning_rate: 0.05, beta_1: 0.7, beta_2: 0.9, amsgrad: true },
  ],
  ['rmsprop', {}, 'RMSprop', {}],
  [
    'rmsprop',
    { rate: 0.02, momentum: 0.5, centered: true },
    'RMSprop',
    { learning_rate: 0.02, momentum: 0.5, centered: true },
  ],
  ['adamw', { rate: 0.05, decay: 0.1 }, 'AdamW', { learning_rate: 0.05, weight_decay: 0.1 }],
  ['adagrad', { rate: 0.1 }, 'Adagrad', { learning_rate: 0.1 }],
  ['adadelta', { rate: 0.5 }, 'Adadelta', { learning_rate: 0.5 }],
  ['adamax', { rate: 0.05 }, 'Adamax', { learning_rate: 0.05 }],
  ['nadam', {}, 'Nadam', {}],
  ['nadam', { rate: 0.05, beta1: 0.7, beta2: 0.9 }, 'Nadam', { learning_rate: 0.05, beta_1: 0.7, beta_2: 0.9 }],
  ['lion', { rate: 0.03, beta1: 0.8 }, 'Lion', { learning_rate: 0.03, beta_1: 0.8 }],
  ['lamb', { rate: 0.05 }, 'Lamb', { learning_rate: 0.05 }],
  ['rmsprop', { rate: 0.02, centered: true }, 'RMSprop', { learning_rate: 0.02, centered: true }],
  ['adagrad', { rate: 0.1, first: 0.5 }, 'Adagrad', { learning_rate: 0.1, initial_accumulator_value: 0.5 }],
  ['adamax', { rate: 0.05, beta1: 0.5 }, 'Adamax', { learning_rate: 0.05, beta_1: 0.5 }],
  // Every optimizer takes weight decay as Keras' do.
  ...[
    'sgd:SGD',
    'adam:Adam',
    'rmsprop:RMSprop',
    'adagrad:Adagrad',
    'adadelta:Adadelta',
    'adamax:Adamax',
    'nadam:Nadam',
    'lion:Lion',
    'lamb:Lamb',
  ].map((pair): Pair => {
    const [id = '', className = ''] = pair.split(':');
    return [id, { rate: 0.1, decay: 0.2 }, className, { learning_rate: 0.1, weight_decay: 0.2 }];
  }),
  [
    'momentum',
    { rate: 0.1, momentum: 0.8, decay: 0.2 },
    'SGD',
    { learning_rate: 0.1, momentum: 0.8, weight_decay: 0.2 },
  ],
];

const STEPS = 12;
const START = [1, -2, 0.5, 0];
const GRADIENTS = Array.from({ length: STEPS }, (_, step) => [...normal(seedOf('gradient', step), 4)]);

const folder = mkdtempSync(path.join(tmpdir(), 'netloom-parity-'));
let theirs: number[][][] = [];

beforeAll(async () => {
  await tf.setBackend('cpu');
  await preparePeers();
  const file = path.join(folder, 'cases.json');
  const cases = PAIRS.map(([, , className, config]) => ({ className, config, start: START, gradients: GRADIENTS }));
  writeFileSync(file, JSON.stringify(cases));
  theirs = (await runPython(path.resolve('tests/parity/kinds/optimizers.py'), [file])) as typeof theirs;
}, PEERS_TIMEOUT);

afterAll(() => rmSync(folder, { recursive: true }));

it('compares all optimizers', () => {
  const all = Object.values(kinds).filter(({ face }) => face.role === 'optimizer');
  expect(new Set(PAIRS.map(([id]) => id))).toEqual(new Set(all.map(({ face }) => face.id)));
});

it.each(PAIRS.map((pair, index) => ({ id: pair[0], params: pair[1], index })))(
  '$id $params steps as Keras does',
  ({ id, params, index }) => {
    tf.tidy(() => {
      const kind = kinds[id];
      if (kind?.run?.as !== 'optimizer') throw new Error(`${id} is no optimizer`);
      const plain = parseParams(kind.face, params).params;
      let variable: Tensor = tf.tensor1d(START);
      let slots: Record<string, Tensor> = {};
      for (const [name, first] of Object.entries(kind.run.optimizer.slots)) {
        const filled = first(plain);
        if (filled !== null) slots[name] = tf.fill([START.length], filled);
      }
      for (let step = 0; step < STEPS; step++) {
        ({ variable, slots } = kind.run.optimizer.update(engine, {
          variable,
          gradient: tf.tensor1d(GRADIENTS[step] ?? []),
          slots,
          params: plain,
          numbers: liveNumbers(kind.face, plain),
          t: step + 1,
        }));
        variable.dataSync().forEach((value, at) => {
          expect(value, `step ${step + 1}`).toBeCloseTo(theirs[index]?.[step]?.[at] ?? Number.NaN, 5);
        });
      }
    });
  },
);
