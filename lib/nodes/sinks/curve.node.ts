import type { Spec } from '@/lib/tensor/spec';
import { rankProblem, specOn, textProblem } from '../common/inference';
import { numberOf } from '../common/params';
import { emitEveryField } from '../common/sink-fields';
import type {
  Face,
  HostTensor,
  InferContext,
  Inference,
  KindDocs,
  KindExample,
  KindRun,
  PlainParams,
  Problem,
  Sample,
} from '../kind';

export const face: Face = {
  id: 'curve',
  version: 1,
  title: 'Curve',
  summary: 'Draws the function of one number that the network has learned.',
  category: 'sinks',
  makes: 'metric',
  role: 'sink',
  aliases: ['plot', 'function', 'regression line', 'uncertainty band', 'confidence', '1d'],
  icon: 'chart-line',
  fields: {
    every: emitEveryField(50),
    margin: {
      type: 'number',
      title: 'Margin',
      default: 0,
      min: 0,
      max: 10,
      step: 0.1,
      help: 'How far beyond the data it is drawn on either side, as a share of their range.',
    },
    count: {
      type: 'number',
      title: 'Points',
      default: 200,
      min: 0,
      max: 2000,
      integer: true,
      help: 'How many validation points are drawn, where their values are wired.',
    },
  },
  inputs: [
    { id: 'x', title: 'Places', type: 'tensor' },
    { id: 'y', title: 'Values', type: 'tensor' },
    { id: 'variance', title: 'Variance', type: 'tensor', optional: true },
    { id: 'target', title: 'True values', type: 'tensor', optional: true },
  ],
  outputs: [],
  body: { draw: 'thumbnails' },
  oftenNext: [],
};

export function infer({ inputs }: InferContext): Inference {
  const problems: Problem[] = [];
  for (const port of ['x', 'y', 'variance', 'target']) {
    const spec = specOn(inputs, port);
    if (spec?.dtype === 'string') problems.push(textProblem('Curve', port));
    else if (spec?.shape && !isColumn(spec)) problems.push(columnProblem(port, spec));
  }
  return { outputs: {}, problems };
}

export const docs: KindDocs = {
  text: 'Asks the network for its value at 200 places along the line, also beyond the data if you want, and draws the curve. With a variance wired, a band of two standard deviations shows how sure it is.',
  formula: 'y(x) ± 2·√variance(x)',
};

export const examples: KindExample[] = [
  {
    title: 'A line through points',
    inputs: {
      x: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features', range: [-1, 1] }],
      y: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features' }],
      variance: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'features', range: [0, 1] }],
      target: [{ shape: ['batch', 1], dtype: 'float32', meaning: 'score' }],
    },
  },
];

const isColumn = ({ shape }: Spec): boolean =>
  shape?.length === 1 || (shape?.length === 2 && (shape[1] === 1 || typeof shape[1] !== 'number'));

const columnProblem = (port: string, spec: Spec): Problem => ({
  ...rankProblem('Curve', port, spec, [2]),
  message: `A curve has one number at each place, but this has ${String(spec.shape?.slice(1).join('×') || 'several')}.`,
  expected: 'batch×1',
});

const PLACES = 200;

/** Where the data's range is not known, the curve is drawn from -1 to 1. */
function rangeOf(x: Spec | undefined, params: PlainParams): [number, number] {
  const [low, high] = x?.range ?? [-1, 1];
  const more = numberOf(params, 'margin') * (high - low);
  return [low - more, high + more];
}

export const run: KindRun = {
  as: 'sink',
  sink: {
    feed(params, specs) {
      const [low, high] = rangeOf(specs.x?.[0], params);
      const data = Float32Array.from({ length: PLACES }, (_, i) => low + ((high - low) * i) / (PLACES - 1));
      return { x: { data, shape: specs.x?.[0]?.shape?.length === 1 ? [PLACES] : [PLACES, 1] } };
    },
    pack(values, params) {
      const [x, y] = [numbersOn(values.x?.[0]), numbersOn(values.y?.[0])];
      const spread = values.variance?.[0] && numbersOn(values.variance[0]).map((v) => 2 * Math.sqrt(Math.max(0, v)));
      const series: Extract<Sample, { sample: 'curves' }>['series'] = [{ name: 'network', x, y }];
      if (spread) series[0] = { name: 'network', x, y, spread };
      const points = pointsOf(values['rows:x']?.[0], values.target?.[0], numberOf(params, 'count'));
      return { sample: 'curves', series, ...(points && { points }) };
    },
  },
};

/** Finer steps cannot be seen, and a log of many curves stays small. */
const numbersOn = (tensor: HostTensor | undefined): number[] =>
  Array.from(tensor?.data ?? [], (value) => Number(value.toPrecision(5)));

function pointsOf(x: HostTensor | undefined, y: HostTensor | undefined, most: number) {
  const count = Math.min(most, x?.shape[0] ?? 0, y?.shape[0] ?? 0);
  if (count === 0) return undefined;
  return { x: numbersOn(x).slice(0, count), y: numbersOn(y).slice(0, count) };
}
