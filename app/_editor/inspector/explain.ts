import type { VariableDecl } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import { grouped } from '../model/format';
import type { NodeView } from '../model/node-view';

/** A sentence and, below it, sums with this node's own numbers. */
export interface Explanation {
  text: string;
  sums: { sum: string; result: string; rule: string }[];
}

/**
 * Where the parameter count comes from: the sizes of the variables, multiplied and added. Works for every kind that
 * declares its variables; a sentence about the layer stands before it where we have one.
 */
export function explainParameters(
  view: NodeView,
  variables: readonly VariableDecl[],
  input: Spec | null,
): Explanation | null {
  const own = variables;
  if (!own.length) return null;
  const total = own.reduce((sum, variable) => sum + size(variable), 0);
  const parts = own.map((variable) => variable.shape.map(grouped).join(' · ') || '1');
  return {
    text: sentence(view, input, variables),
    sums: [
      {
        sum: parts.join(' + '),
        result: grouped(total),
        rule: `parameters = ${own.map((variable) => words(variable.slot)).join(' + ')}`,
      },
    ],
  };
}

/** How sliding a window sets the size of a picture. */
export function explainWindow(view: NodeView, input: Spec | null, output: Spec | null): Explanation | null {
  const [before, after] = [input?.shape?.[1], output?.shape?.[1]];
  const kernel = first(view.params.kernel ?? view.params.pool ?? view.params.size);
  const stride = first(view.params.stride ?? view.params.strides) ?? kernel;
  if (typeof before !== 'number' || typeof after !== 'number' || !kernel || !stride) return null;
  const same = view.params.padding === 'same';
  const steps = stride === 1 ? 'one pixel' : `${stride} pixels`;
  const text = same
    ? `The window moves ${steps} at a time; with padding, the size is only divided by the stride.`
    : `The window moves ${steps} at a time and stays inside the picture, so the edges are lost.`;
  const sum = same ? `⌈${before} / ${stride}⌉` : `⌊(${before} − ${kernel}) / ${stride}⌋ + 1`;
  const rule = same
    ? 'size out = ⌈size in / stride⌉ with padding same'
    : 'size out = ⌊(size in − kernel) / stride⌋ + 1';
  return { text, sums: [{ sum, result: String(after), rule }] };
}

function sentence(view: NodeView, input: Spec | null, variables: readonly VariableDecl[]): string {
  const channels = input?.shape?.at(-1);
  const { params } = view;
  if (typeof params.filters === 'number' && Array.isArray(params.kernel)) {
    return `Each of the ${grouped(params.filters)} filters looks at ${params.kernel.join(' × ')} pixels in ${many(channels, 'input channel')} and adds one bias.`;
  }
  if (typeof params.units === 'number' && typeof channels === 'number') {
    return `Each of the ${grouped(params.units)} outputs weighs all ${grouped(channels)} inputs and adds one bias.`;
  }
  return variables.every((variable) => variable.role === 'trainable')
    ? 'Every number here is learned from the data.'
    : 'Some numbers are learned, others only follow the data.';
}

function many(count: unknown, what: string): string {
  if (typeof count !== 'number') return `all ${what}s`;
  return count === 1 ? `the one ${what}` : `all ${grouped(count)} ${what}s`;
}

const size = (variable: VariableDecl): number => variable.shape.reduce((product, axis) => product * axis, 1);
const words = (slot: string): string =>
  slot
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

function first(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return Array.isArray(value) && typeof value[0] === 'number' ? value[0] : null;
}
