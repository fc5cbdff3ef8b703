import type { OnnxEmission, TorchEmission } from '../kind';

const joined: Record<string, (x: string[]) => string> = {
  sum: (x) => x.join(' + '),
  average: (x) => `(${x.join(' + ')}) / ${x.length}`,
  product: (x) => x.join(' * '),
  largest: (x) => x.reduce((all, one) => `torch.maximum(${all}, ${one})`),
  smallest: (x) => x.reduce((all, one) => `torch.minimum(${all}, ${one})`),
};

/** All wires of `x`, number by number. */
export const torchMerge = (by: keyof typeof joined): TorchEmission => ({
  channels: 'either',
  forward: ({ inputs }) => ({ y: joined[by]?.(inputs.x ?? []) ?? '' }),
});

/** An operator that takes any number of tensors; `Mul` takes two. */
export const onnxMerge = (type: string): OnnxEmission => ({
  channels: 'either',
  write({ inputs, node }) {
    const [first = '', ...rest] = inputs.x ?? [];
    if (type === 'Mul') return { y: rest.reduce((all, one) => node(type, [all, one]), first) };
    return { y: rest.length === 0 ? first : node(type, [first, ...rest]) };
  },
});

export const torchPair = (operator: string): TorchEmission => ({
  channels: 'either',
  forward: ({ on }) => ({ y: `${on('a')} ${operator} ${on('b')}` }),
});

export const onnxPair = (type: string): OnnxEmission => ({
  channels: 'either',
  write: ({ on, node }) => ({ y: node(type, [on('a'), on('b')]) }),
});
