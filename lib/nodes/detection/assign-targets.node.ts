import type { Spec } from '@/lib/tensor/spec';
import { boxCount, boxProblems, timesBatch } from '../common/box-ports';
import { type Box, boxAt, correctionOf, isBox, overlapOf } from '../common/boxes';
import { specOn } from '../common/inference';
import { floatOn, tensorOn } from '../common/operands';
import { flagOf, numberOf } from '../common/params';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun } from '../kind';

const share = (title: string, value: number, help: string) =>
  ({ type: 'number', title, default: value, min: 0, max: 1, step: 0.05, help }) as const;

export const face: Face = {
  id: 'assign-targets',
  version: 1,
  title: 'Assign targets',
  summary: 'Says for proposed boxes what a detector should answer.',
  category: 'detection',
  makes: 'op',
  role: 'op',
  host: true,
  grad: [],
  rng: 'iteration',
  evaluation: 'own',
  aliases: ['r-cnn', 'roi sampling', 'matching', 'anchors', 'detection targets'],
  icon: 'target-arrow',
  fields: {
    keep: {
      type: 'number',
      title: 'Keep',
      default: 16,
      min: 1,
      max: 4096,
      integer: true,
      essential: true,
      help: 'How many boxes of each picture are learned from.',
    },
    objects: share('Objects', 0.5, 'The largest share of them that are objects; the rest is background.'),
    overlap: share('Overlap', 0.5, 'From which intersection over union on a box counts as the object.'),
    addTruth: {
      type: 'switch',
      title: 'Add true boxes',
      default: true,
      help: 'While training, the true boxes are candidates too, so that every object is seen.',
    },
  },
  inputs: [
    { id: 'boxes', title: 'Proposed boxes', type: 'tensor' },
    { id: 'truth', title: 'True boxes', type: 'tensor' },
    { id: 'classes', title: 'True classes', type: 'tensor' },
  ],
  outputs: [
    { id: 'rois', title: 'Boxes', type: 'tensor' },
    { id: 'class', title: 'Class', type: 'tensor' },
    { id: 'delta', title: 'Correction', type: 'tensor' },
    { id: 'weight', title: 'Used', type: 'tensor' },
    { id: 'fg', title: 'Is an object', type: 'tensor' },
  ],
  oftenNext: ['crop-resize', 'roi-align'],
};

export function infer({ params, inputs }: InferContext): Inference {
  const [boxes, truth, labels] = [specOn(inputs, 'boxes'), specOn(inputs, 'truth'), specOn(inputs, 'classes')];
  const batch = boxes?.shape?.[0] ?? truth?.shape?.[0];
  const keep = numberOf(params, 'keep');
  const rows = timesBatch(batch, keep);
  const one = (rest: Partial<Spec>): Spec => ({
    shape: [rows],
    dtype: 'float32',
    meaning: 'mask',
    range: [0, 1],
    ...rest,
  });
  const objects = labels?.classes;
  return {
    outputs: {
      rois: { shape: [batch ?? null, keep, 4], dtype: 'float32', meaning: 'boxes', range: [0, 1] },
      class: {
        shape: [rows],
        dtype: 'int32',
        meaning: 'class',
        ...(objects === undefined ? {} : { classes: objects + 1, range: [0, objects] }),
      },
      delta: { shape: [rows, 4], dtype: 'float32', meaning: 'features' },
      weight: one({ meaning: 'sample-weight' }),
      fg: one({ meaning: 'sample-weight' }),
    },
    problems: [
      ...boxProblems('Assign targets', 'boxes', boxes),
      ...boxProblems('Assign targets', 'truth', truth),
      ...(boxCount(truth) !== null && labels?.shape && labels.shape.length !== 2
        ? [
            {
              code: 'shape-mismatch' as const,
              severity: 'error' as const,
              port: 'classes',
              message: 'There must be one class for each true box.',
              expected: `batch×${boxCount(truth)}`,
              received: labels.shape.map(String).join('×'),
            },
          ]
        : []),
    ],
  };
}

export const docs: KindDocs = {
  text: 'Compares every proposed box with the true ones. One that overlaps enough learns its class and how to move onto the object; the others learn that they are background, which is class 0. A fixed number is drawn from both.',
  formula: 'delta = ((Δy/h, Δx/w)/0.1, (log h′/h, log w′/w)/0.2)',
  source: 'Girshick et al., Rich feature hierarchies (R-CNN), 2014; Girshick, Fast R-CNN, 2015',
};

export const examples: KindExample[] = [
  {
    title: 'Six proposals, two objects',
    params: { keep: 4 },
    inputs: {
      boxes: [{ shape: ['batch', 6, 4], dtype: 'float32', meaning: 'boxes', range: [0, 1] }],
      truth: [{ shape: ['batch', 2, 4], dtype: 'float32', meaning: 'boxes', range: [0, 1] }],
      classes: [{ shape: ['batch', 2], dtype: 'int32', meaning: 'class', classes: 3 }],
    },
  },
];

interface Candidate {
  box: Box;
  /** The true box that it overlaps most, and by how much. */
  best: number;
  overlap: number;
  /** Place in the draw. */
  order: number;
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, mode, random }) {
    const [boxes, truth, classes] = [
      floatOn(tf, inputs, 'boxes'),
      floatOn(tf, inputs, 'truth'),
      tensorOn(inputs, 'classes'),
    ];
    const [batch = 0, proposals = 0] = boxes.shape;
    const objects = truth.shape[1] ?? 0;
    const keep = numberOf(params, 'keep');
    const numbers = { boxes: boxes.dataSync(), truth: truth.dataSync(), classes: classes.dataSync() };
    const draw = random.uniform([batch, proposals + objects]).dataSync();
    const out = {
      rois: new Float32Array(batch * keep * 4),
      class: new Int32Array(batch * keep),
      delta: new Float32Array(batch * keep * 4),
      weight: new Float32Array(batch * keep),
      fg: new Float32Array(batch * keep),
    };
    for (let picture = 0; picture < batch; picture++) {
      const real = range(picture * objects, objects).filter((row) => isBox(boxAt(numbers.truth, row)));
      const proposed = range(picture * proposals, proposals).map((row) => boxAt(numbers.boxes, row));
      const added = flagOf(params, 'addTruth') && mode === 'train' ? real.map((row) => boxAt(numbers.truth, row)) : [];
      const candidates = [...proposed, ...added].filter(isBox).map((box, at): Candidate => {
        const overlaps = real.map((row) => overlapOf(box, boxAt(numbers.truth, row)));
        const overlap = Math.max(0, ...overlaps);
        const best = real[overlaps.indexOf(overlap)] ?? -1;
        return { box, best, overlap, order: draw[picture * (proposals + objects) + at] ?? 0 };
      });
      for (const [at, chosen] of choose(candidates, params).entries()) {
        const row = picture * keep + at;
        out.rois.set(chosen.box, row * 4);
        out.weight[row] = 1;
        if (!chosen.isObject) continue;
        out.fg[row] = 1;
        out.class[row] = 1 + Number(numbers.classes[chosen.best] ?? 0);
        out.delta.set(correctionOf(chosen.box, boxAt(numbers.truth, chosen.best)), row * 4);
      }
    }
    return {
      outputs: {
        rois: tf.tensor(out.rois, [batch, keep, 4]),
        class: tf.tensor(out.class, [batch * keep], 'int32'),
        delta: tf.tensor(out.delta, [batch * keep, 4]),
        weight: tf.tensor(out.weight, [batch * keep]),
        fg: tf.tensor(out.fg, [batch * keep]),
      },
    };
  },
};

const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, index) => first + index);

/** Objects up to their share, background for the rest; more objects where background runs out. */
function choose(
  candidates: Candidate[],
  params: Parameters<typeof numberOf>[0],
): (Candidate & { isObject: boolean })[] {
  const [keep, least] = [numberOf(params, 'keep'), numberOf(params, 'overlap')];
  const drawn = candidates
    .map((one) => ({ ...one, isObject: one.best >= 0 && one.overlap >= least }))
    .sort((a, b) => a.order - b.order);
  const objects = drawn.filter(({ isObject }) => isObject);
  const background = drawn.filter(({ isObject }) => !isObject);
  const most = Math.round(keep * numberOf(params, 'objects'));
  const taken = [...objects.slice(0, most), ...background, ...objects.slice(most)];
  return taken.slice(0, keep);
}

export const emit: Emit = {
  keras: () => ({ unsupported: 'targets are only needed while training' }),
  torch: () => ({ unsupported: 'targets are only needed while training' }),
  onnx: () => ({ unsupported: 'targets are only needed while training' }),
};
