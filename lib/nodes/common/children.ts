import { isRecord, type Json } from '@/lib/base/json';
import type { HostTensor, PlainParams } from '../kind';
import { numberOf, textOf } from './params';

/** A document to be trained within a run, and what is asked of it. */
export interface ChildRequest {
  document: Json;
  /** Values of its params. */
  set: Record<string, Json>;
  /** Key of the metric at its end, such as `val.accuracy`. */
  metric: string;
  /** Iterations. */
  budget: number;
  /** The score of a child that cannot be built, or whose metric is not a finite number. */
  otherwise: number;
}

/** A child that was trained, as a search knows it afterwards. */
export interface TriedChild {
  /** What the search chose. */
  set: Record<string, Json>;
  score: number;
  /** How many numbers it has to learn and to remember; null where it could not be built. */
  parameters: number | null;
  /** Of the search, when it asked for it first. */
  iteration: number;
}

/** What one token chooses: a value of a document param. */
export interface Choice {
  param: string;
  values: Json[];
}

/** The search space, a choice for each token of a row; null where the param is none. */
export function spaceOf(params: PlainParams): Choice[] | null {
  const { space } = params;
  if (!Array.isArray(space)) return null;
  const choices = space.map((choice): Choice | null => {
    if (!isRecord(choice)) return null;
    const { param, values } = choice as Record<string, Json>;
    return typeof param === 'string' && Array.isArray(values) && values.length > 0 ? { param, values } : null;
  });
  return choices.every((choice) => choice !== null) ? choices : null;
}

/** The children that rows of tokens describe: token n at place p is value n of choice p, counted round. */
export function childrenOf(params: PlainParams, { data, shape }: HostTensor): ChildRequest[] {
  const space = spaceOf(params) ?? [];
  const length = shape[1] ?? 0;
  return Array.from({ length: shape[0] ?? 0 }, (_, row) => ({
    document: params.document ?? null,
    set: Object.fromEntries(
      space.map(({ param, values }, place) => [
        param,
        values[(data[row * length + place] ?? 0) % values.length] ?? null,
      ]),
    ),
    metric: textOf(params, 'metric'),
    budget: numberOf(params, 'budget'),
    otherwise: numberOf(params, 'otherwise'),
  }));
}
