import { classNamesOf } from '../common/class-names';
import { rankProblem, specOn, textProblem } from '../common/inference';
import { countField, emitEveryField } from '../common/sink-fields';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';
import { hostClasses } from './host-labels';

export const face: Face = {
  id: 'scatter',
  version: 1,
  title: 'Scatter',
  summary: 'Shows where examples lie: two numbers each, as points.',
  category: 'sinks',
  makes: 'metric',
  role: 'sink',
  aliases: ['latent map', 'points', 'scatter plot', 'embedding', 'latent space', 'codes'],
  icon: 'chart-dots',
  fields: {
    count: countField(256, 'How many validation examples are shown.', 'Examples', 4096),
    every: emitEveryField(50),
  },
  inputs: [
    { id: 'x', title: 'Points', type: 'tensor', variadic: true },
    { id: 'label', title: 'Labels', type: 'tensor', optional: true },
  ],
  outputs: [],
  oftenNext: [],
};

export function infer({ inputs }: InferContext): Inference {
  const problems: Problem[] = [];
  inputs.x?.forEach((spec, wire) => {
    if (spec.dtype === 'string') problems.push({ ...textProblem('Scatter', 'x'), wire });
    else if (spec.shape && (spec.shape.length !== 2 || (spec.shape[1] !== 2 && spec.shape[1] !== null)))
      problems.push({ ...rankProblem('Scatter', 'x', spec, [2]), wire, expected: 'batch × 2' });
  });
  if (specOn(inputs, 'label')?.dtype === 'string') problems.push(textProblem('Scatter', 'label'));
  return { outputs: {}, problems };
}

export const docs: KindDocs = {
  text: 'Draws examples as points of the plane: codes of a network with two latent numbers, or points that a generator makes beside real ones. Several wires are several colours; with labels, the first wire is coloured by class.',
};

export const examples: KindExample[] = [
  {
    title: 'Made and real',
    inputs: {
      x: [
        { shape: ['batch', 2], dtype: 'float32', meaning: 'features' },
        { shape: ['batch', 2], dtype: 'float32', meaning: 'features' },
      ],
    },
  },
  {
    title: 'Codes by class',
    inputs: {
      x: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'latent' }],
      label: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 10 }],
    },
  },
];

export const run: KindRun = {
  as: 'sink',
  sink: {
    pack(values, _, specs, card) {
      const [first] = values.x ?? [];
      const rows = first?.shape[0] ?? 0;
      const labels = hostClasses(values.label?.[0], rows, 0.5);
      const series = (values.x ?? []).map((points, wire) => {
        const place = (axis: number) =>
          Array.from({ length: points.shape[0] ?? 0 }, (_, row) => round(points.data[2 * row + axis] ?? 0));
        return { x: place(0), y: place(1), ...(wire === 0 && labels ? { label: [...labels] } : {}) };
      });
      const classes = labels
        ? classNamesOf(specs.label?.[0]?.classes ?? Math.max(0, ...labels) + 1, specs.label?.[0], card)
        : [];
      return { sample: 'scatter', series, classes };
    },
  },
};

/** Five digits are more than can be seen. */
const round = (value: number): number => Number(value.toPrecision(5));
