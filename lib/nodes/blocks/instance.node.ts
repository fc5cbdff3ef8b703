import { unknownSpec } from '../common/inference';
import { textOf } from '../common/params';
import type { Face, InferContext, Inference, KindDocs, KindExample } from '../kind';

export const face: Face = {
  id: 'instance',
  version: 1,
  title: 'Block',
  summary: 'Uses a block: a graph of its own in one node.',
  category: 'blocks',
  makes: 'layer',
  role: 'instance',
  learns: true,
  aliases: ['block', 'subgraph', 'group', 'module', 'model', 'function'],
  icon: 'box-multiple',
  fields: {
    block: { type: 'block', title: 'Block', default: '', essential: true, help: 'Which block stands here.' },
    copies: {
      type: 'number',
      title: 'Copies',
      default: 1,
      min: 0,
      max: 1000,
      integer: true,
      essential: true,
      help: 'So many in a chain, each with weights of its own: the first output of one goes into the first input of the next.',
    },
    set: { type: 'json', title: 'Params', default: {}, help: 'Values for the params that the block exposes.' },
  },
  inputs: (params, env) =>
    (env.block(textOf(params, 'block'))?.inputs ?? []).map(({ id, name, type, optional }) => ({
      id,
      title: name,
      type,
      ...(optional && { optional }),
    })),
  outputs: (params, env) =>
    (env.block(textOf(params, 'block'))?.outputs ?? []).map(({ id, name, type }) => ({ id, title: name, type })),
  body: { draw: 'block' },
  oftenNext: ['instance', 'dense', 'flatten', 'output'],
};

export function infer({ params, env }: InferContext): Inference {
  // The compiler puts the block's graph in place of its instances; this is what can be said without doing so.
  const outputs = env.block(textOf(params, 'block'))?.outputs ?? [];
  return {
    outputs: Object.fromEntries(outputs.filter(({ type }) => type === 'tensor').map(({ id }) => [id, unknownSpec()])),
  };
}

export const docs: KindDocs = {
  text: 'A block is a part of a network that can be used many times. Change it once and all its uses change. Wire the weights of one use into another and both are the same network.',
};

export const examples: KindExample[] = [{ title: 'Without a block yet', inputs: {} }];
