import { isRecord, type Json } from '@/lib/base/json';
import type { Command } from '../command';
import {
  type Document,
  type Expr,
  type GraphId,
  graphOf,
  isExpr,
  type NodeId,
  type Param,
  type ParamValue,
} from '../document';
import { usesOf } from './block-uses';
import { namesInParams, substitute, substituteParams } from './rewrite-expression';

/** Params that the nodes of a graph may name in expressions: the block's, or the document's. */
export const paramsOf = (document: Document, graph: GraphId): Record<string, Param> =>
  graph === 'main' ? document.params : (document.blocks[graph]?.params ?? {});

const setParams = (graph: GraphId, params: Record<string, Param>): Command =>
  graph === 'main' ? { do: 'set-document', set: { params } } : { do: 'set-block', id: graph, set: { params } };

/** A key for a new param, fit for expressions: `filters`, then `filters2`. */
export function freeParamKey(document: Document, graph: GraphId, wish: string): string {
  const taken = paramsOf(document, graph);
  const base = wish.replace(/\W+/g, '_').replace(/^(?=\d)/, '_') || 'param';
  if (!Object.hasOwn(taken, base)) return base;
  for (let number = 2; ; number++) if (!Object.hasOwn(taken, `${base}${number}`)) return `${base}${number}`;
}

export interface ExposeOptions {
  graph: GraphId;
  nodes: readonly NodeId[];
  /** Key of the nodes' param. */
  param: string;
  /** Key of the new param of the block or document. */
  key: string;
  as: Param;
}

/** Makes a field of nodes a param of their block, or of the document: the nodes then follow it. */
export function exposeParam(document: Document, { graph, nodes, param, key, as }: ExposeOptions): Command {
  return {
    do: 'batch',
    title: 'Make a parameter',
    commands: [
      setParams(graph, { ...paramsOf(document, graph), [key]: as }),
      ...nodes.map((id): Command => ({ do: 'set-param', graph, id, param, value: { '=': key } })),
    ],
  };
}

export const changeParam = (document: Document, graph: GraphId, key: string, change: Partial<Param>): Command => {
  const params = paramsOf(document, graph);
  const before = params[key];
  return setParams(graph, before ? { ...params, [key]: { ...before, ...change } } : params);
};

/** Takes a param away: what named it gets its default, and instances forget what they set. */
export function removeParam(document: Document, graph: GraphId, key: string): Command {
  const params = paramsOf(document, graph);
  const value: ParamValue = params[key]?.default ?? null;
  const commands: Command[] = [];
  for (const [id, node] of Object.entries(graphOf(document, graph)?.nodes ?? {})) {
    if (!namesInParams(node.params).includes(key)) continue;
    const next = substituteParams(node.params, { [key]: value });
    for (const [param, written] of Object.entries(next)) {
      if (JSON.stringify(written) !== JSON.stringify(node.params[param]))
        commands.push({ do: 'set-param', graph, id, param, value: written });
    }
  }
  if (graph !== 'main') {
    for (const use of usesOf(document, graph)) {
      const set: unknown = graphOf(document, use.graph)?.nodes[use.node]?.params.set;
      if (!isRecord(set) || !Object.hasOwn(set, key)) continue;
      const { [key]: _, ...rest } = set;
      const left = Object.keys(rest).length ? { value: rest as Json } : {};
      commands.push({ do: 'set-param', graph: use.graph, id: use.node, param: 'set', ...left });
    }
  }
  const { [key]: _, ...rest } = params;
  commands.push(setParams(graph, rest));
  if (graph === 'main') commands.push(...forget(document, key, value));
  return { do: 'batch', title: 'Remove parameter', commands };
}

/** Presets and variants that set a document's param, and settings that follow it. */
function forget({ presets, variants, settings }: Document, key: string, value: ParamValue): Command[] {
  const without = (set: Record<string, Json>): Record<string, Json> =>
    Object.fromEntries(Object.entries(set).filter(([name]) => name !== key));
  const plain = (length: number | Expr): number | Expr => {
    const next = substitute(length, { [key]: value });
    return typeof next === 'number' || isExpr(next) ? next : length;
  };
  return [
    {
      do: 'set-document',
      set: {
        presets: Object.fromEntries(Object.entries(presets).map(([name, set]) => [name, without(set)])),
        variants: variants.map((variant) => ({ ...variant, set: without(variant.set) })),
        settings: {
          batch: plain(settings.batch),
          lengths: Object.fromEntries(Object.entries(settings.lengths).map(([sym, length]) => [sym, plain(length)])),
        },
      },
    },
  ];
}

/** Sets what an instance or caller gives to a param of its block; `undefined`: the block's default. */
export function setBlockParam(
  document: Document,
  graph: GraphId,
  nodes: readonly NodeId[],
  key: string,
  value: ParamValue | undefined,
): Command {
  return {
    do: 'batch',
    title: 'Set parameter',
    commands: nodes.flatMap((id): Command[] => {
      const before: unknown = graphOf(document, graph)?.nodes[id]?.params.set;
      const { [key]: _, ...rest } = (isRecord(before) ? before : {}) as Record<string, Json>;
      const set: Record<string, Json> = value === undefined ? rest : { ...rest, [key]: value as Json };
      return [{ do: 'set-param', graph, id, param: 'set', ...(Object.keys(set).length ? { value: set } : {}) }];
    }),
  };
}
