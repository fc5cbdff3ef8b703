import { classNamesOf } from '../common/class-names';
import { specOn, textProblem } from '../common/inference';
import { numberOf } from '../common/params';
import { countField, emitEveryField } from '../common/sink-fields';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { hostClasses } from './host-labels';

export const face: Face = {
  id: 'histogram',
  version: 1,
  title: 'Histogram',
  summary: 'Shows how the numbers of a wire are spread.',
  category: 'sinks',
  makes: 'metric',
  role: 'sink',
  aliases: ['distribution', 'probe', 'activations', 'weights', 'spread'],
  icon: 'chart-histogram',
  fields: {
    count: countField(256, 'How many validation examples are looked at.', 'Examples', 4096),
    every: emitEveryField(50),
    bins: { type: 'number', title: 'Bins', default: 40, min: 2, max: 200, integer: true },
  },
  inputs: [
    { id: 'x', title: 'Numbers', type: 'tensor' },
    { id: 'label', title: 'Labels', type: 'tensor', optional: true },
  ],
  outputs: [],
  body: { draw: 'histogram' },
  oftenNext: [],
};

export function infer({ inputs }: InferContext): Inference {
  return { outputs: {}, problems: specOn(inputs, 'x')?.dtype === 'string' ? [textProblem('Histogram', 'x')] : [] };
}

export const docs: KindDocs = {
  text: 'Counts how often numbers of each size occur on a wire: activations that die, weights that drift, codes that spread. With labels, each class has a histogram of its own.',
};

export const examples: KindExample[] = [
  { title: 'A layer', inputs: { x: [{ shape: ['batch', 8], dtype: 'float32', meaning: 'features' }] } },
  {
    title: 'By class',
    inputs: {
      x: [{ shape: ['batch', 2], dtype: 'float32', meaning: 'latent' }],
      label: [{ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }],
    },
  },
];

export const run: KindRun = {
  as: 'sink',
  sink: {
    pack(values, params, specs, card) {
      const x = values.x?.[0];
      const data = Float64Array.from(x?.data ?? []).filter(Number.isFinite);
      const bins = numberOf(params, 'bins');
      const [low, high] = rangeOf(data);
      const count = (numbers: Iterable<number>): number[] => {
        const counts = new Array<number>(bins).fill(0);
        for (const value of numbers) {
          const bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
          counts[bin] = (counts[bin] ?? 0) + 1;
        }
        return counts;
      };
      const examples = x?.shape[0] ?? 0;
      const labels = hostClasses(values.label?.[0], examples, 0.5);
      if (!labels || !x || examples === 0)
        return { sample: 'histogram', low, high, series: [{ name: '', counts: count(data) }] };
      const width = x.data.length / examples;
      const names = classNamesOf(specs.label?.[0]?.classes ?? Math.max(...labels) + 1, specs.label?.[0], card);
      const series = names.map((name, label) => ({
        name,
        counts: count(
          Array.from(x.data).filter((value, at) => labels[Math.floor(at / width)] === label && Number.isFinite(value)),
        ),
      }));
      return { sample: 'histogram', low, high, series };
    },
  },
};

/** Smallest and largest number; a little room where they are all the same. */
function rangeOf(data: Float64Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
