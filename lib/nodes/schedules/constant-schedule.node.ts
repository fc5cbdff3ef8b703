import { numberOf } from '../common/params';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';
import { CLOCK_OUTPUTS, inferClock, valueField } from './schedule';

export const face: Face = {
  id: 'constant-schedule',
  version: 1,
  title: 'Constant',
  summary: 'One number for several inputs.',
  category: 'schedules',
  makes: 'number',
  role: 'clock',
  aliases: ['fixed', 'number', 'learning rate schedule', 'same value'],
  icon: 'minus',
  fields: { value: valueField('Value', 1e-3, 'The value, from the first iteration to the last.') },
  inputs: [],
  outputs: CLOCK_OUTPUTS,
  body: { draw: 'curve', fn: 'constant-schedule' },
  oftenNext: ['adam', 'sgd', 'warm-up'],
};

export const infer: Infer = inferClock;

export const docs: KindDocs = {
  text: 'The same number all the time. Wire it to several optimizers or weights to change them in one place.',
  formula: 'v = value',
};

export const examples: KindExample[] = [{ title: 'Defaults', inputs: {} }];

export const run: KindRun = { as: 'clock', run: ({ params }) => ({ value: numberOf(params, 'value') }) };
