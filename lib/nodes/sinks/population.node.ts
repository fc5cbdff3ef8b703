import { emitEveryField } from '../common/sink-fields';
import type { Face, Infer, KindDocs, KindExample, KindRun } from '../kind';

export const face: Face = {
  id: 'population',
  version: 1,
  title: 'Population',
  summary: 'Shows the networks that a search has tried, by score and by size.',
  category: 'sinks',
  makes: 'metric',
  role: 'sink',
  shows: 'children',
  aliases: ['architectures', 'search', 'candidates', 'pareto front', 'nas', 'automl', 'children'],
  icon: 'sitemap',
  fields: { every: emitEveryField(10) },
  inputs: [{ id: 'scores', title: 'Scores', type: 'tensor' }],
  outputs: [],
  oftenNext: [],
};

/** That the scores are those of a search is seen where its op is known (`lib/compile/check-use.ts`). */
export const infer: Infer = () => ({ outputs: {} });

export const docs: KindDocs = {
  text: 'Every network that a search has trained so far is a point: its score against its number of parameters. Those that no smaller one beats are the front. Wire the scores of Child score here.',
};

export const examples: KindExample[] = [
  { title: 'Of a search', inputs: { scores: [{ shape: ['batch'], dtype: 'float32', meaning: 'reward' }] } },
];

export const run: KindRun = {
  as: 'sink',
  sink: {
    pack(_values, _params, _specs, _card, children = []) {
      const scored = children.filter(({ score }) => Number.isFinite(score));
      return {
        sample: 'population',
        children: scored.map(({ set, score, parameters, iteration }) => ({ set, score, parameters, iteration })),
      };
    },
  },
};
