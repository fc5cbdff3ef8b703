import { scalarSpec } from '../common/inference';
import { numberOf, numbersOf } from '../common/params';
import type { Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';
import { inIterations, progress, unitField } from './schedule';

export const face: Face = {
  id: 'stages',
  version: 1,
  title: 'Stages',
  summary: 'Counts through the stages of a training.',
  category: 'schedules',
  makes: 'number',
  role: 'clock',
  aliases: ['progressive growing', 'phases', 'curriculum', 'fade in', 'stage', 'alpha'],
  icon: 'stairs-up',
  fields: {
    lengths: {
      type: 'numbers',
      title: 'Lengths',
      default: [1000, 1000],
      essential: true,
      help: 'How long each stage lasts; the last one goes on to the end.',
    },
    fade: {
      type: 'number',
      title: 'Fade',
      default: 0.5,
      min: 0,
      max: 1,
      step: 0.05,
      essential: true,
      help: 'Over which part of a stage the share rises from 0 to 1. The first stage does not fade.',
    },
    unit: unitField(),
  },
  inputs: [],
  outputs: [
    { id: 'stage', title: 'Stage', type: 'number' },
    { id: 'alpha', title: 'Share', type: 'number' },
  ],
  oftenNext: ['switch', 'lerp'],
};

export function infer({ params }: InferContext): Inference {
  const lengths = numbersOf(params, 'lengths');
  const outputs = {
    stage: { ...scalarSpec('index'), classes: Math.max(1, lengths.length) },
    alpha: { ...scalarSpec(), range: [0, 1] as [number, number] },
  };
  if (lengths.length > 0 && lengths.every((length) => length > 0)) return { outputs };
  return {
    outputs,
    problems: [
      {
        code: 'param-range',
        severity: 'error',
        param: 'lengths',
        message: 'Stages needs at least one stage, and each must last longer than 0.',
        expected: 'lengths above 0',
        received: lengths.join(', ') || 'none',
        remedies: [{ title: 'Set lengths to 1000, 1000', set: { lengths: [1000, 1000] } }],
      },
    ],
  };
}

export const docs: KindDocs = {
  text: 'Stage is 0, then 1, then 2: wired into a switch, it opens one branch of a network after the other. Share rises from 0 to 1 at the beginning of each stage, to fade the new branch in.',
  formula: 'stage = number of stages that are over;  share = min(1, t / (fade · length))',
  source: 'Karras et al., Progressive growing of GANs, 2018',
};

export const examples: KindExample[] = [
  { title: 'Two stages', inputs: {} },
  { title: 'Three, in epochs', params: { lengths: [1, 2, 3], fade: 1, unit: 'epochs' }, inputs: {} },
];

export const run: KindRun = {
  as: 'clock',
  run(context) {
    const lengths = numbersOf(context.params, 'lengths').map((length) => inIterations(context, length));
    let start = 0;
    let stage = 0;
    while (stage < lengths.length - 1 && context.iteration >= start + (lengths[stage] as number)) {
      start += lengths[stage] as number;
      stage++;
    }
    const fade = numberOf(context.params, 'fade') * (lengths[stage] ?? 0);
    return { stage, alpha: stage === 0 ? 1 : progress(context.iteration, start, fade) };
  },
};
