import type { Document, Params, ParamValue } from '@/lib/graph/document';
import { type BlockPlan, buildDocument, type NodePlan, type RowPlan } from './build-document';

/** Repetitions of the four stages, and whether a block is two 3×3 convolutions or a bottleneck. */
const SHAPES = {
  18: { repeats: [2, 2, 2, 2], bottleneck: false },
  34: { repeats: [3, 4, 6, 3], bottleneck: false },
  50: { repeats: [3, 4, 6, 3], bottleneck: true },
  101: { repeats: [3, 4, 23, 3], bottleneck: true },
  152: { repeats: [3, 8, 36, 3], bottleneck: true },
} as const;

export type ResidualDepth = keyof typeof SHAPES;

export interface ResidualPlan extends Partial<Pick<Document, 'presets' | 'expected' | 'settings'>> {
  title: string;
  depth: ResidualDepth;
  /** A set with `image` and `label`. */
  dataset: string;
  classes: number;
  iterations: number;
}

/**
 * A residual network for pictures as published for ImageNet (He et al., Deep residual learning for image recognition,
 * 2015; the stride stands in the 3×3 convolution, as in later implementations). The depths differ in the numbers of
 * copies alone: each stage is one block that changes the size and a chain of blocks that keep it.
 */
export function residualNetwork({ title, depth, dataset, classes, iterations, ...rest }: ResidualPlan): Document {
  const { repeats, bottleneck } = SHAPES[depth];
  const rows: RowPlan[] = [
    {
      nodes: {
        pictures: { kind: 'dataset', params: { dataset: { '=': 'dataset' } } },
        stem: conv('pictures.image', { '=': 'width' }, 7, [2, 2]),
        stemNorm: norm('stem'),
        stemRelu: relu('stemNorm'),
        pool: {
          kind: 'max-pool-2d',
          params: { size: [3, 3], stride: [2, 2], padding: 'same' },
          from: { x: 'stemRelu' },
        },
      },
    },
  ];
  let from = 'pool';
  const stages: RowPlan['nodes'] = {};
  repeats.forEach((count, i) => {
    const width = { '=': `${2 ** i}*width` };
    const stride = i === 0 ? [1, 1] : [2, 2];
    // Two 3×3 convolutions keep the channels of the first stage: its first block needs no projection.
    const change = bottleneck || i > 0;
    if (change) stages[`change${i + 1}`] = instance('change', from, { width, stride }, 1);
    const before = change ? `change${i + 1}` : from;
    stages[`keep${i + 1}`] = instance('keep', before, { width }, change ? count - 1 : count);
    from = `keep${i + 1}`;
  });
  rows.push({ nodes: stages });
  rows.push({
    nodes: {
      average: { kind: 'global-average-pool-2d', from: { x: from } },
      logits: { kind: 'dense', params: { units: { '=': 'classes' } }, from: { x: 'average' } },
      softmax: { kind: 'softmax', from: { x: 'logits' } },
      class: { kind: 'output', params: { key: 'class' }, from: { x: 'softmax' } },
    },
  });
  rows.push({
    nodes: {
      loss: { kind: 'cross-entropy', from: { logits: 'logits', labels: 'pictures.label' } },
      momentum: { kind: 'momentum', params: { rate: 0.05 }, from: { loss: 'loss.loss' }, at: { column: 2 } },
      training: {
        kind: 'training',
        params: { lengthBy: 'iterations', iterations: { '=': 'iterations' } },
        from: { steps: ['momentum.step'] },
      },
      accuracy: {
        kind: 'accuracy',
        from: { logits: 'logits', labels: 'pictures.label' },
        at: { column: 0, down: 124 },
      },
    },
  });
  return buildDocument({
    ...rest,
    title,
    params: {
      dataset: { title: 'Pictures', default: dataset },
      classes: { title: 'Classes', default: classes, min: 2 },
      width: { title: 'Width', default: 64, min: 1, max: 512 },
      iterations: { title: 'Iterations', default: iterations, min: 1 },
    },
    blocks: { change: residualBlock('Change', bottleneck, true), keep: residualBlock('Keep', bottleneck, false) },
    rows,
  });
}

function residualBlock(title: string, bottleneck: boolean, changes: boolean): BlockPlan {
  const wide = { '=': bottleneck ? '4*width' : 'width' };
  const stride: ParamValue = changes ? { '=': 'stride' } : [1, 1];
  const first: RowPlan['nodes'] = bottleneck
    ? {
        conv1: conv('$in.x', { '=': 'width' }, 1, [1, 1]),
        norm1: norm('conv1'),
        relu1: relu('norm1'),
        conv2: conv('relu1', { '=': 'width' }, 3, stride),
        norm2: norm('conv2'),
        relu2: relu('norm2'),
        conv3: conv('relu2', wide, 1, [1, 1]),
        norm3: norm('conv3'),
      }
    : {
        conv1: conv('$in.x', wide, 3, stride),
        norm1: norm('conv1'),
        relu1: relu('norm1'),
        conv2: conv('relu1', wide, 3, [1, 1]),
        norm2: norm('conv2'),
      };
  const way = bottleneck ? 'norm3' : 'norm2';
  const skip: RowPlan['nodes'] = changes
    ? { project: conv('$in.x', wide, 1, stride), projectNorm: norm('project') }
    : {};
  return {
    title,
    inputs: [{ id: 'x', name: 'Input', type: 'tensor' }],
    outputs: [{ id: 'y', name: 'Output', type: 'tensor' }],
    params: {
      width: { title: 'Width', default: 64, min: 1 },
      ...(changes ? { stride: { title: 'Stride', default: [2, 2] } } : {}),
    },
    rows: [
      {
        nodes: {
          ...first,
          sum: { kind: 'add', from: { x: [way, changes ? 'projectNorm' : '$in.x'] } },
          relu: relu('sum'),
        },
      },
      { nodes: skip },
    ],
    gives: { y: 'relu' },
  };
}

const conv = (x: string, filters: ParamValue, size: number, stride: ParamValue): NodePlan => ({
  kind: 'conv-2d',
  params: { filters, kernel: [size, size], stride, bias: false, kernelInit: 'he_normal' },
  from: { x },
});

const norm = (x: string): NodePlan => ({ kind: 'batch-norm', params: { momentum: 0.9, epsilon: 1e-5 }, from: { x } });

const relu = (x: string): NodePlan => ({ kind: 'activation', params: { function: 'relu' }, from: { x } });

const instance = (block: string, x: string, set: Params, copies: number): NodePlan => ({
  kind: 'instance',
  params: { block, copies, set },
  from: { x },
});
