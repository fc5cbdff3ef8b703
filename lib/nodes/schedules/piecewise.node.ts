import { numbersOf } from '../common/params';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun, PlainParams, Problem } from '../kind';
import { CLOCK_OUTPUTS, inferClock, inIterations, unitField } from './schedule';

export const face: Face = {
  id: 'piecewise',
  version: 1,
  title: 'Piecewise',
  summary: 'Another value from each of these times on.',
  category: 'schedules',
  makes: 'number',
  role: 'clock',
  aliases: ['piecewise constant', 'multistep', 'milestones', 'learning rate schedule', 'boundaries'],
  icon: 'stairs',
  fields: {
    values: {
      type: 'numbers',
      title: 'Values',
      default: [0.01, 0.001, 0.0001],
      essential: true,
      help: 'One more than there are times.',
    },
    boundaries: {
      type: 'numbers',
      title: 'Until',
      default: [1000, 2000],
      essential: true,
      help: 'The last iteration of each value but the last.',
    },
    unit: unitField(),
  },
  inputs: [],
  outputs: CLOCK_OUTPUTS,
  body: { draw: 'curve', fn: 'piecewise' },
  oftenNext: ['sgd', 'momentum', 'adam'],
};

export function infer({ params }: InferContext): Inference {
  return { ...inferClock(), problems: problemsOf(params) };
}

export const docs: KindDocs = {
  text: 'Keeps each value until its time is over, then takes the next: drops wherever you want them.',
  formula: 'v = values[number of boundaries below i]',
  source: 'Keras 3 PiecewiseConstantDecay',
};

export const examples: KindExample[] = [
  { title: 'Two drops', inputs: {} },
  { title: 'After five epochs', params: { values: [0.1, 0.01], boundaries: [5], unit: 'epochs' }, inputs: {} },
];

function problemsOf(params: PlainParams): Problem[] {
  const [values, boundaries] = [numbersOf(params, 'values'), numbersOf(params, 'boundaries')];
  const rising = boundaries.every((boundary, i) => i === 0 || boundary > (boundaries[i - 1] ?? 0));
  if (rising && values.length === boundaries.length + 1) return [];
  return [
    {
      code: 'param-range',
      severity: 'error',
      param: rising ? 'values' : 'boundaries',
      message: rising
        ? `There are ${boundaries.length} times, so there must be ${boundaries.length + 1} values, not ${values.length}.`
        : 'The times must rise from one to the next.',
      expected: rising ? `${boundaries.length + 1} values` : 'rising times',
      received: rising ? String(values.length) : boundaries.join(', '),
    },
  ];
}

export const run: KindRun = {
  as: 'clock',
  run(context) {
    const values = numbersOf(context.params, 'values');
    const boundaries = numbersOf(context.params, 'boundaries').map((boundary) => inIterations(context, boundary));
    const passed = boundaries.filter((boundary) => context.iteration > boundary).length;
    return { value: values[Math.min(passed, values.length - 1)] ?? 0 };
  },
};
