import { boxCount, boxProblems } from '../common/box-ports';
import { type Box, boxAt, corrected, DETECTION, isBox, overlapOf } from '../common/boxes';
import { specOn } from '../common/inference';
import { floatOn } from '../common/operands';
import { numberOf, textOf } from '../common/params';
import { scoresField } from '../common/scores';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'nms',
  version: 1,
  title: 'Non-maximum suppression',
  summary: 'Of boxes on one object keeps the one with the best score.',
  category: 'detection',
  makes: 'op',
  role: 'op',
  host: true,
  grad: [],
  aliases: ['nms', 'detections', 'r-cnn', 'object detection', 'suppress duplicates'],
  icon: 'filter',
  fields: {
    max: {
      type: 'number',
      title: 'Detections',
      default: 10,
      min: 1,
      max: 1000,
      integer: true,
      essential: true,
      help: 'How many each picture has at most; unused rows are zero.',
    },
    overlap: {
      type: 'number',
      title: 'Overlap',
      default: 0.4,
      min: 0,
      max: 1,
      step: 0.05,
      essential: true,
      help: 'Of two boxes of a class that overlap more, the one with the lower score goes.',
    },
    least: {
      type: 'number',
      title: 'Least score',
      default: 0.05,
      min: 0,
      max: 1,
      step: 0.01,
      help: 'Boxes that are less sure are dropped at once.',
    },
    from: scoresField(),
  },
  inputs: [
    { id: 'boxes', title: 'Boxes', type: 'tensor' },
    { id: 'scores', title: 'Scores', type: 'tensor' },
    { id: 'delta', title: 'Corrections', type: 'tensor', optional: true },
  ],
  outputs: [{ id: 'detections', title: 'Detections', type: 'tensor' }],
  oftenNext: ['mean-ap', 'boxes', 'output'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const [boxes, scores, delta] = [specOn(inputs, 'boxes'), specOn(inputs, 'scores'), specOn(inputs, 'delta')];
  const problems: Problem[] = boxProblems('Non-maximum suppression', 'boxes', boxes);
  const classes = scores?.shape?.at(-1);
  if (scores?.shape && (scores.shape.length < 2 || (typeof classes === 'number' && classes < 2)))
    problems.push({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'scores',
      message: 'Each box needs a score for the background and one for every class of objects.',
      expected: 'boxes×(1 + classes)',
      received: scores.shape.map(String).join('×'),
    });
  if (delta?.shape && delta.shape.at(-1) !== 4 && delta.shape.at(-1) !== null)
    problems.push({
      code: 'shape-mismatch',
      severity: 'error',
      port: 'delta',
      message: 'A correction is four numbers for each box.',
      expected: 'boxes×4',
      received: delta.shape.map(String).join('×'),
      remedies: [{ title: 'Set units to 4', setSource: { port: 'delta', set: { units: 4 } } }],
    });
  const batch = boxes?.shape?.[0] ?? null;
  const rows = boxCount(boxes) === null && !boxes?.shape ? null : numberOf(params, 'max');
  return {
    outputs: { detections: { shape: [batch, rows, DETECTION], dtype: 'float32', meaning: 'boxes' } },
    problems,
  };
}

export const docs: KindDocs = {
  text: 'Moves each box by its correction, takes the probabilities of its classes, and walks down from the surest: what overlaps it too much is the same object again. Gives rows of y1, x1, y2, x2, class and score. Score 0 of the input is the background; classes of detections count without it.',
  source: 'Felzenszwalb et al., Object detection with discriminatively trained part-based models, 2010',
};

export const examples: KindExample[] = [
  {
    title: 'Five boxes, two classes',
    params: { max: 3 },
    inputs: {
      boxes: [{ shape: ['batch', 5, 4], dtype: 'float32', meaning: 'boxes', range: [0, 1] }],
      scores: [{ shape: [{ of: 'batch', times: 5 }, 3], dtype: 'float32', meaning: 'features' }],
      delta: [{ shape: [{ of: 'batch', times: 5 }, 4], dtype: 'float32', meaning: 'features' }],
    },
  },
];

interface Found {
  box: Box;
  label: number;
  score: number;
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs }) {
    const boxes = floatOn(tf, inputs, 'boxes');
    const scores = floatOn(tf, inputs, 'scores');
    const [batch = 0, count = 0] = boxes.shape;
    const classes = scores.shape.at(-1) ?? 0;
    const shares = (textOf(params, 'from') === 'logits' ? tf.softmax(scores) : scores).dataSync();
    const places = boxes.dataSync();
    const delta = inputs.delta?.[0] ? floatOn(tf, inputs, 'delta').dataSync() : undefined;
    const max = numberOf(params, 'max');
    const out = new Float32Array(batch * max * DETECTION);
    for (let picture = 0; picture < batch; picture++) {
      const candidates: Found[] = [];
      for (let row = picture * count; row < (picture + 1) * count; row++) {
        const proposed = boxAt(places, row);
        if (!isBox(proposed)) continue;
        const box = delta ? corrected(proposed, boxAt(delta, row)) : proposed;
        if (!isBox(box)) continue;
        for (let label = 1; label < classes; label++)
          candidates.push({ box, label: label - 1, score: shares[row * classes + label] ?? 0 });
      }
      for (const [at, { box, label, score }] of suppress(candidates, params).slice(0, max).entries())
        out.set([...box, label, score], (picture * max + at) * DETECTION);
    }
    return { outputs: { detections: tf.tensor(out, [batch, max, DETECTION]) } };
  },
};

/** From the surest down; equal scores keep the order of their boxes. */
function suppress(candidates: Found[], params: Parameters<typeof numberOf>[0]): Found[] {
  const [most, least] = [numberOf(params, 'overlap'), numberOf(params, 'least')];
  const kept: Found[] = [];
  for (const one of candidates.filter(({ score }) => score >= least).sort((a, b) => b.score - a.score))
    if (kept.every((other) => other.label !== one.label || overlapOf(other.box, one.box) <= most)) kept.push(one);
  return kept;
}

export const emit: Emit = {
  keras: () => ({ unsupported: 'Keras has no layer that suppresses boxes' }),
  torch: () => ({ unsupported: 'boxes are suppressed by a program beside the model' }),
  onnx: () => ({ unsupported: 'boxes are suppressed by a program beside the model' }),
};
