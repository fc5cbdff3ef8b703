import { classNamesOf } from '../common/class-names';
import { specOn } from '../common/inference';
import { keyField } from '../common/metric-key';
import { floatOn } from '../common/operands';
import { tokenProblems } from '../common/token-problems';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { isTune } from './abc-notation';

export const face: Face = {
  id: 'abc-valid',
  version: 1,
  title: 'Valid ABC',
  summary: 'The share of written tunes that can be played.',
  category: 'metrics',
  makes: 'metric',
  role: 'fold',
  better: 'higher',
  aliases: ['abc notation', 'music', 'tunes', 'parses', 'playable', 'folk music'],
  icon: 'music-check',
  fields: { key: keyField('abc-valid') },
  inputs: [
    { id: 'tokens', title: 'Tokens', type: 'tensor' },
    { id: 'names', title: 'Named as', type: 'tensor', optional: true },
  ],
  outputs: [{ id: 'metric', title: 'Valid ABC', type: 'metric' }],
  oftenNext: ['training'],
};

export const infer: Infer = ({ inputs }) => ({
  outputs: {},
  problems: tokenProblems('Valid ABC', 'tokens', specOn(inputs, 'tokens')),
});

export const docs: KindDocs = {
  text: 'Reads each row of tokens as the characters of a tune in ABC, the notation of folk music, and looks whether it is one: a header from X: to K:, then notes, rests, chords and bars, with nothing that a player would stumble over. Wire the data set’s tokens to “Named as” where the written ones come out of nothing, so that it is known which characters they are.',
  source: 'Walshaw, The ABC music standard 2.1, 2011',
};

export const examples: KindExample[] = [
  {
    title: 'Tunes',
    inputs: { tokens: [{ shape: ['batch', 8], dtype: 'int32', meaning: 'tokens', classes: 6 }] },
  },
];

export const run: KindRun = {
  as: 'fold',
  fold: {
    combine: 'concat',
    measure: (tf, { inputs }) => ({ tokens: tf.clone(tf.reshape(floatOn(tf, inputs, 'tokens'), [-1])) }),
    result({ tokens = [] }, _, specs, card) {
      const [spec, named] = [specs.tokens?.[0], specs.names?.[0]];
      const names = classNamesOf(spec?.classes ?? named?.classes ?? 0, named ?? spec, card);
      const length = Number(spec?.shape?.[1] ?? 1);
      const rows = Math.floor(tokens.length / length);
      let valid = 0;
      for (let row = 0; row < rows; row++) {
        const own = Array.from(tokens.slice(row * length, (row + 1) * length));
        if (isTune(own.map((token) => names[token] ?? '').join(''))) valid++;
      }
      return rows === 0 ? 0 : valid / rows;
    },
  },
};
