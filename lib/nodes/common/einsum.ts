import { type Dim, fitsDim, formatDim } from '@/lib/tensor/spec';
import type { Tensor, Tf } from '../kind';

/** Einstein's sums: `ij,jk->ik` is a product of matrices. Letters are axes; what the output lacks is summed over. */
export interface Equation {
  inputs: string[][];
  output: string[];
}

/**
 * Reads an equation for operands of these ranks. `...` stands for the axes that have no letters and becomes letters of its
 * own (`.0`, `.1`, …, counted from the last one). Without `->` the output has every letter that occurs once, in order.
 * Answers a sentence where the text is no such equation; an operand must not have a letter twice.
 */
export function parseEquation(text: string, ranks: readonly number[]): Equation | string {
  const [left = '', right, ...more] = text.replaceAll(/\s/g, '').split('->');
  const terms = left.split(',');
  if (more.length > 0) return `“${text}” has more than one arrow.`;
  const odd = [...terms, right ?? ''].find((term) => !/^[A-Za-z]*(\.{3})?[A-Za-z]*$/.test(term));
  if (odd !== undefined) return `“${odd}” is no list of axes: an axis is one letter, and “...” stands for others.`;
  if (terms.length !== ranks.length)
    return `“${text}” is about ${terms.length} tensors, but ${ranks.length} are wired.`;
  const inputs = terms.map((term, at) => lettersOf(term, ranks[at] ?? 0));
  for (const [at, letters] of inputs.entries()) {
    if (letters === null) return `“${terms[at]}” does not name the ${ranks[at]} axes of tensor ${at + 1}.`;
    if (new Set(letters).size < letters.length)
      return `“${terms[at]}” has a letter twice; take the diagonal by other means.`;
  }
  const all = (inputs as string[][]).flat();
  const open = Math.max(0, ...all.filter(isOpen).map((letter) => Number(letter.slice(1)) + 1));
  const once = [...new Set(all)].filter((letter) => !isOpen(letter) && all.indexOf(letter) === all.lastIndexOf(letter));
  const output = right === undefined ? [...openLetters(open), ...once.sort()] : lettersOf(right, length(right) + open);
  if (output === null || new Set(output).size < output.length) return `The output “${right}” has a letter twice.`;
  const foreign = output.find((letter) => !all.includes(letter));
  if (foreign !== undefined) return `The output has an axis “${foreign}” that no input has.`;
  return { inputs: inputs as string[][], output };
}

const isOpen = (letter: string): boolean => letter.startsWith('.');

const openLetters = (count: number): string[] => Array.from({ length: count }, (_, at) => `.${count - 1 - at}`);

const length = (term: string): number => term.replace('...', '').length;

/** Letters of all axes of a tensor; null where there are more or fewer axes. */
function lettersOf(term: string, rank: number): string[] | null {
  const open = rank - length(term);
  const [before = '', after] = term.split('...');
  if (open < 0 || (after === undefined && open > 0)) return null;
  return [...before, ...openLetters(open), ...(after ?? '')];
}

/** The size of each letter, or what does not agree. */
export function letterSizes(equation: Equation, shapes: readonly (readonly Dim[])[]): Map<string, Dim> | string {
  const sizes = new Map<string, Dim>();
  for (const [operand, letters] of equation.inputs.entries())
    for (const [axis, letter] of letters.entries()) {
      const size = shapes[operand]?.[axis] ?? null;
      const before = sizes.get(letter) ?? null;
      if (!fitsDim(before, size))
        return `The axis “${isOpen(letter) ? '...' : letter}” is ${formatDim(before)} in one tensor and ${formatDim(size)} in another.`;
      sizes.set(letter, before ?? size);
    }
  return sizes;
}

/** Products of all letters' sizes, as far as they are known: multiply-adds count as two. Symbols count as one. */
export const einsumFlops = (sizes: Map<string, Dim>): number =>
  [...sizes.values()].reduce<number>((product, size) => product * (typeof size === 'number' ? size : 1), 2);

interface Lettered {
  tensor: Tensor;
  letters: string[];
}

/** Sums the products of float32 tensors, two after two, each as one product of matrices; gradients come from these. */
export function einsum(tf: Tf, { inputs, output }: Equation, tensors: readonly Tensor[]): Tensor {
  const [first, ...rest] = tensors.map((tensor, at): Lettered => ({ tensor, letters: inputs[at] ?? [] }));
  if (first === undefined) throw new Error('Invariant: an equation of no tensors');
  const sum = rest.reduce((a, b, at) => {
    const later = new Set([...output, ...inputs.slice(at + 2).flat()]);
    return contract(tf, without(tf, a, [...later, ...b.letters]), without(tf, b, [...later, ...a.letters]), later);
  }, first);
  return inOrder(tf, without(tf, sum, output), output);
}

/** Sums over the letters that are not among those wanted. */
function without(tf: Tf, { tensor, letters }: Lettered, wanted: readonly string[]): Lettered {
  const axes = letters.flatMap((letter, axis) => (wanted.includes(letter) ? [] : [axis]));
  if (axes.length === 0) return { tensor, letters };
  return { tensor: tf.sum(tensor, axes), letters: letters.filter((letter) => wanted.includes(letter)) };
}

/** The product of two, summed over what both have and nobody wants later. */
function contract(tf: Tf, a: Lettered, b: Lettered, later: ReadonlySet<string>): Lettered {
  const both = a.letters.filter((letter) => b.letters.includes(letter));
  const [kept, summed] = [both.filter((letter) => later.has(letter)), both.filter((letter) => !later.has(letter))];
  const rows = a.letters.filter((letter) => !both.includes(letter));
  const columns = b.letters.filter((letter) => !both.includes(letter));
  const size = (of: string[]): number =>
    of.reduce((product, letter) => product * sizeIn(a.letters.includes(letter) ? a : b, letter), 1);
  const left = tf.reshape(inOrder(tf, a, [...kept, ...rows, ...summed]), [size(kept), size(rows), size(summed)]);
  const right = tf.reshape(inOrder(tf, b, [...kept, ...summed, ...columns]), [size(kept), size(summed), size(columns)]);
  const product = summed.length === 0 ? tf.mul(left, right) : tf.matMul(left, right);
  const letters = [...kept, ...rows, ...columns];
  return {
    tensor: tf.reshape(
      product,
      letters.map((letter) => size([letter])),
    ),
    letters,
  };
}

const sizeIn = ({ tensor, letters }: Lettered, letter: string): number => tensor.shape[letters.indexOf(letter)] ?? 1;

function inOrder(tf: Tf, { tensor, letters }: Lettered, order: readonly string[]): Tensor {
  if (letters.every((letter, at) => letter === order[at])) return tensor;
  return tf.transpose(
    tensor,
    order.map((letter) => letters.indexOf(letter)),
  );
}
