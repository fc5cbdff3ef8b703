import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/base/json';
import type { DatasetCard } from '@/lib/datasets/card';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { faceKinds } from '@/lib/nodes/face-kinds';
import type { Kind, PlainParams } from '@/lib/nodes/kind';
import type { Dim, Spec } from '@/lib/tensor/spec';

const NO_WORLD = { dataset: () => undefined, block: () => undefined };

const floats = (...shape: Dim[]): Spec => ({ shape, dtype: 'float32', meaning: 'features' });
const classes = (count: number): Spec => ({ shape: ['batch'], dtype: 'int32', meaning: 'class', classes: count });

function infer(id: string, inputs: Record<string, Spec[]>, params: PlainParams = {}) {
  const { face, infer } = faceKinds[id] as Kind;
  return infer({ params: parseParams(face, params).params, inputs, env: NO_WORLD });
}

const problems = (id: string, inputs: Record<string, Spec[]>, params: PlainParams = {}) =>
  infer(id, inputs, params).problems ?? [];

describe('what kinds say about wires that do not fit', () => {
  it('a picture before a classification loss is to be flattened or averaged', () => {
    const [problem] = problems('cross-entropy', { logits: [floats('batch', 7, 7, 64)], labels: [classes(10)] });
    expect(problem).toMatchObject({ code: 'shape-mismatch', severity: 'error', port: 'logits' });
    expect(problem?.remedies?.map((remedy) => 'insert' in remedy && remedy.insert.kind)).toEqual([
      'flatten',
      'global-average-pool-2d',
    ]);
  });

  it('too few scores for the classes are mended at their source', () => {
    const [problem] = problems('cross-entropy', { logits: [floats('batch', 8)], labels: [classes(10)] });
    expect(problem).toMatchObject({ code: 'label-range', severity: 'error' });
    expect(problem?.remedies).toEqual([
      { title: 'Set units to 10', setSource: { port: 'logits', set: { units: 10 } } },
    ]);
  });

  it('one score alone has no other class to compete with', () => {
    for (const loss of ['cross-entropy', 'focal', 'categorical-hinge']) {
      const [problem] = problems(loss, { logits: [floats('batch', 1)], labels: [classes(2)] });
      expect(problem).toMatchObject({ code: 'label-range', severity: 'error', port: 'logits' });
      expect(problem?.message).toContain('Binary cross-entropy');
      expect(problem?.remedies).toMatchObject([{ setSource: { port: 'logits', set: { units: 2 } } }]);
    }
  });

  it('masks may be class numbers or one-hot', () => {
    const scores = floats('batch', 8, 8, 3);
    const mask = (...shape: Dim[]): Spec => ({ shape, dtype: 'int32', meaning: 'mask', classes: 3 });
    const oneHot: Spec = { shape: ['batch', 8, 8, 3], dtype: 'float32', meaning: 'one-hot' };
    for (const labels of [mask('batch', 8, 8), mask('batch', 8, 8, 1), oneHot])
      for (const loss of ['cross-entropy', 'dice'])
        expect(problems(loss, { logits: [scores], labels: [labels] })).toEqual([]);
    const [problem] = problems('dice', { logits: [scores], labels: [mask('batch', 4, 4)] });
    expect(problem).toMatchObject({ code: 'shape-mismatch', port: 'labels', expected: 'batch×8×8' });
  });

  it('embeddings of different lengths have no distance', () => {
    const [problem] = problems('contrastive', { a: [floats('batch', 8)], b: [floats('batch', 4)], same: [classes(2)] });
    expect(problem).toMatchObject({ code: 'shape-mismatch', port: 'b' });
    expect(problem?.remedies).toMatchObject([{ setSource: { port: 'b', set: { units: 8 } } }]);
  });

  it('too many scores are only a warning', () => {
    const [problem] = problems('accuracy', { logits: [floats('batch', 12)], labels: [classes(10)] });
    expect(problem).toMatchObject({ code: 'label-range', severity: 'warning' });
  });

  it('probabilities where logits are expected can be read as such', () => {
    const logits: Spec = { ...floats('batch', 10), meaning: 'probabilities', classes: 10 };
    const [problem] = problems('cross-entropy', { logits: [logits], labels: [classes(10)] });
    expect(problem).toMatchObject({ code: 'logits-expected', severity: 'warning' });
    expect(problem?.remedies?.[0]).toMatchObject({ set: { from: 'probabilities' } });
  });

  it('branches with different channels are joined by a 1×1 convolution on the right wire', () => {
    const x = [floats('batch', 8, 8, 16), floats('batch', 8, 8, 16), floats('batch', 8, 8, 32)];
    const [problem] = problems('add', { x });
    expect(problem).toMatchObject({ code: 'shape-mismatch', port: 'x', wire: 2 });
    expect(problem?.remedies).toEqual([
      {
        title: 'Insert a 1×1 convolution to 16 channels',
        cost: '528 parameters',
        insert: { port: 'x', wire: 2, kind: 'conv-2d', params: { filters: 16, kernel: [1, 1] } },
      },
    ]);
  });

  it('a window larger than the picture is reported with both sizes', () => {
    const [problem] = problems('max-pool-2d', { x: [floats('batch', 2, 2, 3)] }, { size: [3, 3] });
    expect(problem?.message).toContain('3×3');
    expect(problem?.message).toContain('2×2');
    expect(problem?.remedies?.[0]).toMatchObject({ set: { padding: 'same' } });
  });

  it('tokens reach an LSTM through an embedding', () => {
    const x: Spec = { shape: ['batch', 12], dtype: 'int32', meaning: 'tokens', classes: 50 };
    expect(problems('lstm', { x: [x] })[0]?.remedies?.[0]).toMatchObject({
      insert: { port: 'x', kind: 'embedding', params: { tokens: 50 } },
    });
  });

  it('an unknown number of features stops only what has weights', () => {
    expect(problems('dense', { x: [floats('batch', null)] })[0]).toMatchObject({ code: 'unknown-static' });
    expect(problems('dropout', { x: [floats('batch', null)] })).toEqual([]);
  });

  it('a missing data set says so', () => {
    expect(problems('dataset', {}, { dataset: 'nowhere' })[0]).toMatchObject({
      code: 'dataset-missing',
      param: 'dataset',
    });
  });
});

describe('options of a data set', () => {
  const card: DatasetCard = {
    id: 'rings',
    title: 'Rings',
    summary: '',
    fields: { point: { title: 'Point', spec: floats('batch', 2), stored: 'float32' } },
    counts: { train: 10, validation: 5, test: 5 },
    licence: '',
    source: '',
    options: { noise: { title: 'Noise', default: 0.1, min: 0, max: 1 } },
  };
  const { infer } = faceKinds.dataset as Kind;
  const check = (options: Json) =>
    infer({
      params: { dataset: 'rings', options },
      inputs: {},
      env: { dataset: () => card, block: () => undefined },
    });

  it('give its fields and the index as outputs', () => {
    expect(Object.keys(check({ noise: 0.5 }).outputs)).toEqual(['point', 'index']);
    expect(check({ noise: 0.5 }).problems).toEqual([]);
  });

  it.each([[{ noise: 2 }], [{ noise: 'much' }], [{ colour: 1 }], [[1]]])('are checked: %j', (options) => {
    expect(check(options).problems).toHaveLength(1);
    expect(check(options).problems?.[0]).toMatchObject({ code: 'param-range', param: 'options' });
  });
});

describe('what kinds count', () => {
  it('the middle convolution of the digits picture', () => {
    const {
      variables = [],
      flops,
      window,
    } = infer('conv-2d', { x: [floats('batch', 14, 14, 32)] }, { filters: 64, stride: [2, 2] });
    const parameters = variables.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
    expect(parameters.reduce((sum, count) => sum + count, 0)).toBe(18_496);
    expect(flops).toBe(2 * 9 * 32 * 64 * 49);
    expect(window).toEqual({ size: [3, 3], stride: [2, 2] });
  });

  it('a dense layer of 3,136 to 128', () => {
    const { variables = [], flops } = infer('dense', { x: [floats('batch', 3136)] }, { units: 128 });
    expect(variables.map(({ shape }) => shape)).toEqual([[3136, 128], [128]]);
    expect(flops).toBe(2 * 3136 * 128);
  });
});
