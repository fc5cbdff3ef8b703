import { type Dim, fitsDim, formatDim } from '@/lib/tensor/spec';
import { type Equation, parseEquation } from '../common/einsum';

/** What an equation of input, weights and output says for an input of some shape. */
export interface Projection {
  equation: Equation;
  kernel: Dim[];
  /** From the first axis along which it differs; null where there is none. */
  bias: Dim[] | null;
  output: Dim[];
}

/**
 * Reads an equation such as `abc,cd->abd` as Keras' EinsumDense does: `shape` are the sizes of the output without the batch
 * and without the axes of `...`, with -1 for those of the input. Answers a sentence where they do not fit.
 */
export function readProjection(
  text: string,
  shape: readonly number[],
  biasAxes: string,
  input: readonly Dim[],
): Projection | string {
  const terms = /^([^,]*),([^,.]*)->(.*)$/.exec(text.replaceAll(/\s/g, ''));
  if (!terms) return `“${text}” does not have the form input,weights->output, such as abc,cd->abd.`;
  const [, ours = '', theirs = '', made = ''] = terms;
  if (ours.includes('...') !== made.includes('...'))
    return 'Axes of “...” stand in the input and in the output, or in neither.';
  if (/.\.\.\../.test(ours)) return 'The axes of “...” stand at the beginning or at the end.';
  const equation = parseEquation(text, [input.length, theirs.length]);
  if (typeof equation === 'string') return equation;
  const [letters = [], weights = []] = equation.inputs;
  const inputSize = (letter: string): Dim => input[letters.indexOf(letter)] ?? null;
  const named = equation.output.filter((letter) => !letter.startsWith('.'));
  // The batch has a letter of its own, or is the first of the axes that “...” stands for.
  const own = made.startsWith('...') ? named : named.slice(1);
  if (shape.length !== own.length)
    return `The output shape has ${shape.length} sizes, but the equation names ${own.length} axes for it: ${own.join(', ') || 'none'}.`;
  const sizes = new Map<string, Dim>(equation.output.map((letter) => [letter, inputSize(letter)]));
  for (const [at, letter] of own.entries()) {
    const [wanted = -1, given] = [shape[at], inputSize(letter)];
    if (wanted === -1) continue;
    if (letters.includes(letter) && !fitsDim(given, wanted))
      return `The axis “${letter}” is ${formatDim(given)} in the input and ${wanted} in the output shape.`;
    sizes.set(letter, wanted);
  }
  const open = own.find((letter) => !letters.includes(letter) && sizes.get(letter) === null);
  if (open !== undefined) return `The axis “${open}” is not one of the input, so the output shape must say its size.`;
  const foreign = weights.find((letter) => !sizes.has(letter) && !letters.includes(letter));
  if (foreign !== undefined) return `The weights have an axis “${foreign}” that neither input nor output has.`;
  const lost = [...biasAxes].find((letter) => !named.includes(letter));
  if (lost !== undefined) return `The bias cannot differ along “${lost}”, which is no axis of the output.`;
  const first = Math.min(...[...biasAxes].map((letter) => equation.output.indexOf(letter)));
  return {
    equation,
    kernel: weights.map((letter) => sizes.get(letter) ?? inputSize(letter)),
    bias:
      biasAxes === ''
        ? null
        : equation.output.slice(first).map((letter) => (biasAxes.includes(letter) ? (sizes.get(letter) ?? null) : 1)),
    output: equation.output.map((letter) => sizes.get(letter) ?? null),
  };
}
