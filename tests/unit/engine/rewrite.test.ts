import { describe, expect, it } from 'vitest';
import { batchNorm } from '@/server/engine/compiled/batch-norm';
import type { Attribute } from '@/server/engine/compiled/graph-def';
import { liveNodes, Net, type RecordedNode, type RecordedStep } from '@/server/engine/compiled/net';
import { oneDnnKernels } from '@/server/engine/compiled/onednn';
import { ownConvolutions } from '@/server/engine/compiled/own-convolutions';
import { rewrite } from '@/server/engine/compiled/rewrite';
import { simplifications } from '@/server/engine/compiled/simplify';
import { FLOAT } from '@/server/engine/compiled/types';

const T = { type: FLOAT };
const window: Record<string, Attribute> = { T, padding: { text: 'SAME' }, data_format: { text: 'NHWC' } };

/** A step of float nodes: name, op, inputs, shape, attributes; the outputs are nodes by name. */
function stepOf(
  nodes: [string, string, string[], number[], Record<string, Attribute>?][],
  outputs: string[],
): RecordedStep {
  const net = new Net();
  for (const [name, op, inputs, shape, attributes = { T }] of nodes)
    net.append({ name, op, inputs, attributes, outputs: [{ type: FLOAT, shape }] });
  return { net, outputs: new Map(outputs.map((name) => [name, name])), writes: new Map() };
}

const rewritten = (step: RecordedStep): RecordedStep =>
  rewrite(rewrite(step, simplifications, 'r'), oneDnnKernels, 'k');

const opsOf = (step: RecordedStep): string[] => liveNodes(step).map(({ op }) => op);

const picture = [2, 4, 4, 8];
const convolution = [
  ['x', 'Placeholder', [], [2, 4, 4, 3]],
  ['w', 'Placeholder', [], [3, 3, 3, 8]],
  ['b', 'Placeholder', [], [8]],
  ['conv', 'Conv2D', ['x', 'w'], picture, window],
  ['biased', 'AddV2', ['conv', 'b'], picture],
  ['relu', 'Relu', ['biased'], picture],
] as [string, string, string[], number[]][];

describe('rewriting a recorded step', () => {
  it('makes one op of a convolution, its bias and ReLU', () => {
    const step = rewritten(stepOf(convolution, ['relu']));
    const inputs = ['Placeholder', 'Placeholder', 'Placeholder'];
    expect(opsOf(step)).toEqual([...inputs, '_MklNativeFusedConv2D']);
    expect(liveNodes(step).at(-1)).toMatchObject({
      inputs: ['x', 'w', 'b'],
      attributes: { fused_ops: { text: ['BiasAdd', 'Relu'] }, _kernel: { text: 'MklNameChangeOp' } },
    });
  });

  it('does not compute a convolution twice where something else looks at it', () => {
    const ops = opsOf(rewritten(stepOf(convolution, ['relu', 'conv'])));
    expect(ops.slice(3)).toEqual(['_MklNativeConv2D', 'BiasAdd', 'Relu']);
  });

  it('leaves layouts and types alone that the kernels do not know', () => {
    const other = convolution.map(([name, op, inputs, shape]): (typeof convolution)[number] => [
      name,
      op,
      inputs,
      shape,
    ]);
    const step = stepOf(other, ['conv']);
    for (const node of step.net.nodes)
      if (node.op === 'Conv2D') node.attributes = { ...window, data_format: { text: 'NCHW' } };
    expect(opsOf(rewritten(step)).at(-1)).toBe('Conv2D');
  });

  it('sends what flows back through a pooling and ReLU through ReLU first, where it is smaller', () => {
    const small = [2, 2, 2, 8];
    const step = stepOf(
      [
        ...convolution,
        ['pool', 'MaxPool', ['relu'], small, window],
        ['dy', 'Placeholder', [], small],
        ['back', 'MaxPoolGrad', ['relu', 'pool', 'dy'], picture, window],
        ['through', 'ReluGrad', ['back', 'relu'], picture],
      ],
      ['through'],
    );
    const nodes = liveNodes(rewritten(step));
    const [relu, gradient] = nodes.slice(-2);
    expect([relu?.op, relu?.outputs[0]?.shape]).toEqual(['ReluGrad', small]);
    expect(gradient?.op).toBe('_MklNativeMaxPoolGrad');
    const pool = nodes.find(({ op }) => op === '_MklNativeMaxPool');
    expect(pool?.attributes.workspace_enabled).toEqual({ bool: true });
    expect(gradient?.inputs.slice(1)).toEqual([pool?.name, relu?.name, `${pool?.name}:1`]);
  });

  it('keeps one of two nodes that compute the same, but each part of the state by itself', () => {
    const step = stepOf(
      [
        ['x', 'Placeholder', [], [3]],
        ['a', 'Square', ['x'], [3]],
        ['b', 'Square', ['x'], [3]],
        ['sum', 'Mul', ['a', 'b'], [3]],
      ],
      ['sum'],
    );
    expect(opsOf(rewritten(step))).toEqual(['Placeholder', 'Square', 'Mul']);
  });

  describe('a kernel that many steps use', () => {
    const steps = [1, 2, 3, 4].map((i) => [`a${i}`, `b${i}`, `p${i}`] as const);
    const sum = (seen: string[], extra: Parameters<typeof stepOf>[0] = []) =>
      rewritten(
        stepOf(
          [
            ...steps.flatMap(([a, b, p]): Parameters<typeof stepOf>[0] => [
              [a, 'Placeholder', [], [8, 3]],
              [b, 'Placeholder', [], [8, 5]],
              [p, 'MatMul', [a, b], [3, 5], { T, transpose_a: { bool: true }, transpose_b: { bool: false } }],
            ]),
            ['s2', 'AddV2', ['p2', 'p1'], [3, 5]],
            ['s3', 'AddV2', ['p3', 's2'], [3, 5]],
            ['s4', 'AddV2', ['p4', 's3'], [3, 5]],
            ...extra,
          ],
          seen,
        ),
      );

    it('has its gradient by one product', () => {
      const step = sum(['s4']);
      const products = liveNodes(step).filter(({ op }) => op === 'MatMul');
      expect(products).toHaveLength(1);
      expect(products[0]).toMatchObject({ outputs: [{ shape: [3, 5] }], attributes: { transpose_a: { bool: true } } });
      const [left, right] = (products[0]?.inputs ?? []).map((ref) => step.net.node(ref));
      expect(left).toMatchObject({ op: 'ConcatV2', outputs: [{ shape: [32, 3] }], attributes: { N: { int: 4 } } });
      // Both in the same order.
      expect(left?.inputs.slice(0, 4)).toEqual(['a4', 'a3', 'a2', 'a1']);
      expect(right?.inputs.slice(0, 4)).toEqual(['b4', 'b3', 'b2', 'b1']);
      expect(opsOf(step)).not.toContain('AddV2');
    });

    it('is left as it is where a part of the sum is looked at, or something else is added', () => {
      expect(opsOf(sum(['s4', 's3'])).filter((op) => op === 'MatMul')).toHaveLength(4);
      const other = sum(
        ['s5'],
        [
          ['x', 'Placeholder', [], [3, 5]],
          ['s5', 'AddV2', ['x', 's4'], [3, 5]],
        ],
      );
      expect(opsOf(other).filter((op) => op === 'MatMul')).toHaveLength(4);
    });
  });

  describe('batch norm of pictures', () => {
    const sizes = [4, 8, 8, 16];
    const own: Record<string, Attribute> = { T, U: T, is_training: { bool: true }, epsilon: { float: 0.01 } };
    const normed = (outputs: string[], attributes = own): RecordedNode[] => {
      const step = stepOf(
        [
          ['x', 'Placeholder', [], sizes],
          ['gamma', 'Placeholder', [], [16]],
          ['none', 'Placeholder', [], [0]],
          ['skip', 'Placeholder', [], sizes],
          ['norm', 'FusedBatchNormV3', ['x', 'gamma', 'gamma', 'none', 'none'], sizes, attributes],
          ['plain', 'Relu', ['norm'], sizes],
          ['last', 'FusedBatchNormV3', ['plain', 'gamma', 'gamma', 'none', 'none'], sizes, attributes],
          ['sum', 'AddV2', ['last', 'skip'], sizes],
          ['y', 'Relu', ['sum'], sizes],
          ['dy', 'Placeholder', [], sizes],
          ['bent', 'ReluGrad', ['dy', 'plain'], sizes],
          ['back', 'FusedBatchNormGradV3', ['bent', 'x', 'gamma', 'norm:3', 'norm:4', 'norm:5'], sizes, attributes],
        ],
        outputs,
      );
      for (const node of step.net.nodes)
        if (node.op === 'FusedBatchNormV3')
          node.outputs.push(...Array.from({ length: 5 }, () => ({ type: FLOAT, shape: [16] })));
      return liveNodes(rewrite(step, batchNorm, 'b')).filter(({ op }) => op !== 'Placeholder' && op !== 'Const');
    };

    it('is one op with the sum and ReLU behind it, and so is its gradient', () => {
      const nodes = normed(['y', 'back']);
      expect(nodes.map(({ op }) => op)).toEqual(['NetloomBatchNorm', 'NetloomBatchNorm', 'NetloomBatchNormGrad']);
      const [norm, last, back] = nodes;
      expect(norm?.attributes).toMatchObject({ relu: { bool: true } });
      expect(last?.inputs).toEqual([norm?.name, 'gamma', 'gamma', 'skip']);
      expect(back).toMatchObject({
        inputs: ['dy', 'x', 'gamma', `${norm?.name}:3`, `${norm?.name}:4`, `${norm?.name}:5`],
        attributes: { relu: { bool: true } },
      });
    });

    it('stays by itself where something else looks at its result', () => {
      const ops = normed(['y', 'norm', 'sum']).map(({ op }) => op);
      expect(ops).toEqual(['NetloomBatchNorm', 'Relu', 'NetloomBatchNorm', 'AddV2', 'Relu']);
    });

    it('is not touched where it does not learn', () => {
      const ops = normed(['y', 'back'], { ...own, is_training: { bool: false } }).map(({ op }) => op);
      expect(ops.filter((op) => op.startsWith('Netloom'))).toEqual([]);
    });
  });

  describe('convolutions of few channels', () => {
    const few = (step: RecordedStep): RecordedStep =>
      rewrite(rewrite(step, simplifications, 'r'), ownConvolutions, 'f');
    const plain = { ...window, strides: { int: [1, 2, 2, 1] } };
    const learned = (attributes: Record<string, Attribute>, channels = 3): RecordedStep =>
      stepOf(
        [
          ['x', 'Placeholder', [], [2, 4, 5, channels]],
          ['w', 'Placeholder', [], [3, 4, channels, 16]],
          ['dy', 'Placeholder', [], [2, 2, 3, 16]],
          ['db', 'BiasAddGrad', ['dy'], [16]],
          ['sizes', 'Placeholder', [], [4]],
          ['dw', 'Conv2DBackpropFilter', ['x', 'sizes', 'dy'], [3, 4, channels, 16], attributes],
          ['dx', 'Conv2DBackpropInput', ['sizes', 'w', 'dy'], [2, 4, 5, channels], attributes],
        ],
        ['db', 'dw', 'dx'],
      );

    it('are one op with bias and ReLU', () => {
      const wide = [2, 4, 4, 16];
      const attributes = { ...window, strides: { int: [1, 1, 1, 1] } };
      const named: Parameters<typeof stepOf>[0] = [
        ['x', 'Placeholder', [], [2, 4, 4, 3]],
        ['w', 'Placeholder', [], [3, 3, 3, 16]],
        ['b', 'Placeholder', [], [16]],
        ['conv', 'Conv2D', ['x', 'w'], wide, attributes],
        ['biased', 'AddV2', ['conv', 'b'], wide],
        ['relu', 'Relu', ['biased'], wide],
      ];
      const nodes = liveNodes(few(stepOf(named, ['relu'])));
      expect(nodes.slice(3).map(({ op }) => op)).toEqual(['NetloomFewChannels']);
      expect(nodes.at(-1)).toMatchObject({
        inputs: ['x', 'w', 'b'],
        attributes: { strides: { int: [1, 1] }, pads: { int: [1, 1] }, size: { int: [4, 4] }, relu: { bool: true } },
      });
      expect(opsOf(few(stepOf(named, ['relu', 'conv']))).slice(4)).toEqual(['NetloomFewChannels', 'BiasAdd', 'Relu']);
    });

    it('have one op for the gradients of kernel and bias, and one for that of the pictures', () => {
      const step = few(learned(plain));
      const [gradient, input] = liveNodes(step).slice(-2);
      expect(gradient).toMatchObject({
        op: 'NetloomFewChannelsKernelGrad',
        inputs: ['x', 'dy'],
        attributes: { strides: { int: [2, 2] }, pads: { int: [0, 1] }, size: { int: [3, 4] } },
      });
      expect(input).toMatchObject({
        op: 'NetloomFewChannelsPictureGrad',
        inputs: ['w', 'dy'],
        attributes: { size: { int: [4, 5] } },
      });
      expect([...step.outputs.values()]).toEqual([`${gradient?.name}:1`, gradient?.name, input?.name]);
    });

    const bent = [2, 4, 6, 16];
    const half = [2, 2, 3, 16];
    const pairs = { ...window, ksize: { int: [1, 2, 2, 1] }, strides: { int: [1, 2, 2, 1] } };
    const once = { ...window, strides: { int: [1, 1, 1, 1] } };
    const pooled = (...outputs: string[]): RecordedNode[] =>
      liveNodes(
        few(
          stepOf(
            [
              ['x', 'Placeholder', [], [2, 4, 6, 1]],
              ['w', 'Placeholder', [], [3, 3, 1, 16]],
              ['b', 'Placeholder', [], [16]],
              ['conv', 'Conv2D', ['x', 'w'], bent, once],
              ['biased', 'BiasAdd', ['conv', 'b'], bent],
              ['relu', 'Relu', ['biased'], bent],
              ['pool', 'MaxPool', ['relu'], half, pairs],
              ['dy', 'Placeholder', [], half],
              ['back', 'MaxPoolGrad', ['relu', 'pool', 'dy'], bent, pairs],
              ['through', 'ReluGrad', ['back', 'relu'], bent],
              ['db', 'BiasAddGrad', ['through'], [16]],
              ['sizes', 'Placeholder', [], [4]],
              ['dw', 'Conv2DBackpropFilter', ['x', 'sizes', 'through'], [3, 3, 1, 16], once],
              ['dx', 'Conv2DBackpropInput', ['sizes', 'w', 'through'], [2, 4, 6, 1], once],
            ],
            outputs,
          ),
        ),
      );

    it('are one op with the pooling behind it where only its gradient needs to know what was pooled', () => {
      const nodes = pooled('pool', 'dw', 'db').filter(({ op }) => op !== 'Placeholder');
      expect(nodes.map(({ op }) => op)).toEqual(['NetloomFewChannelsPooled', 'NetloomFewChannelsPooledKernelGrad']);
      expect(nodes[0]).toMatchObject({
        inputs: ['x', 'w', 'b'],
        attributes: { size: { int: [2, 3] }, pads: { int: [1, 1] } },
      });
      expect(nodes[1]).toMatchObject({
        inputs: ['x', 'dy', `${nodes[0]?.name}:1`],
        attributes: { size: { int: [3, 3] } },
      });
    });

    it.each([[['pool', 'dw', 'dx']], [['pool', 'dw', 'relu']]])(
      'are pooled by themselves where %j are wanted',
      (outputs) => {
        const ops = pooled(...outputs).map(({ op }) => op);
        expect(ops).toContain('NetloomFewChannels');
        expect(ops).toContain('NetloomFewChannelsKernelGrad');
        expect(ops).toContain('MaxPool');
        expect(ops).not.toContain('NetloomFewChannelsPooled');
      },
    );

    it.each<[string, Record<string, Attribute>, number?]>([
      ['more channels', plain, 5],
      ['holes in the kernel', { ...plain, dilations: { int: [1, 2, 1, 1] } }],
      ['borders of any size', { ...plain, padding: { text: 'EXPLICIT' } }],
      ['channels first', { ...plain, data_format: { text: 'NCHW' } }],
      ['other numbers', { ...plain, T: { type: 19 } }],
    ])('stay as they are: %s', (_, attributes, channels) => {
      expect(opsOf(few(learned(attributes, channels))).filter((op) => op.startsWith('Netloom'))).toEqual([]);
    });
  });

  describe('convolutions of many channels', () => {
    const one = (kernel: [number, number], stride: number, channels: [number, number], count = 12): string[] => {
      const [high, wide] = kernel;
      const [inside, outside] = channels;
      const strides = { ...window, strides: { int: [1, stride, stride, 1] } };
      const pictures = [count, 8, 8, inside];
      const made = [count, 8 / stride, 8 / stride, outside];
      const filters = [high, wide, inside, outside];
      const step = stepOf(
        [
          ['x', 'Placeholder', [], pictures],
          ['w', 'Placeholder', [], filters],
          ['y', 'Conv2D', ['x', 'w'], made, strides],
          ['sizes', 'Placeholder', [], [4]],
          ['dw', 'Conv2DBackpropFilter', ['x', 'sizes', 'y'], filters, strides],
          ['dx', 'Conv2DBackpropInput', ['sizes', 'w', 'y'], pictures, strides],
        ],
        ['dw', 'dx'],
      );
      return opsOf(rewrite(step, ownConvolutions, 'f')).filter((op) => op.startsWith('Netloom'));
    };

    it('need fewer products by minimal filtering, forward and back', () => {
      const ops = ['NetloomWinograd', 'NetloomWinogradKernelGrad', 'NetloomWinogradPictureGrad'];
      expect(one([3, 3], 1, [16, 32])).toEqual(ops);
      expect(one([5, 4], 2, [32, 16], 48)).toEqual(ops);
    });

    it.each<[string, Parameters<typeof one>]>([
      ['other kernels', [[5, 5], 1, [16, 16]]],
      ['small kernels with strides', [[3, 3], 2, [16, 16], 48]],
      ['channels that fill no vector', [[3, 3], 1, [16, 24]]],
      ['few results', [[3, 3], 1, [16, 16], 11]],
    ])('stay as they are: %s', (_, args) => {
      expect(one(...args)).toEqual([]);
    });
  });
});
