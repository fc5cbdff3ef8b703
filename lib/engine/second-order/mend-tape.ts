import type { Tensor, Tf } from '@/lib/nodes/kind';

/** A recorded op. TensorFlow.js keeps its tape to itself; these are the members that are used here. */
interface TapeNode {
  inputs: Record<string, Pick<Tensor, 'id'>>;
}

export interface TapeEngine {
  state: { activeTape: TapeNode[] | null | undefined; gradientDepth: number; kernelDepth: number };
  addTapeNode(name: string, inputs: unknown, outputs: Pick<Tensor, 'id'>[], ...rest: unknown[]): void;
}

export const tapeEngine = (tf: Tf): TapeEngine => tf.engine() as unknown as TapeEngine;

/** Whether what is computed now is recorded, so that somebody may differentiate it. */
export const isTaped = (tf: Tf): boolean => tapeEngine(tf).state.gradientDepth > 0;

const mended = new WeakSet<object>();

/**
 * Where a gradient needs an op's output, TensorFlow.js 4.22 saves a copy of it and records that copy before the op itself.
 * The tape is then out of order, and a gradient of the gradient ends at the copy without a word (of tanh, sigmoid, exp,
 * elu, softmax, logSoftmax). Here such copies are recorded behind their op, which makes all of them right. Idempotent.
 */
export function mendTape(tf: Tf): void {
  const engine = tapeEngine(tf);
  if (mended.has(engine)) return;
  mended.add(engine);
  const record = engine.addTapeNode.bind(engine);
  engine.addTapeNode = (name, inputs, outputs, ...rest) => {
    record(name, inputs, outputs, ...rest);
    const tape = engine.state.activeTape ?? [];
    const isCopy = (node: TapeNode | undefined): boolean =>
      node !== undefined && Object.values(node.inputs).some(({ id }) => outputs.some((output) => output.id === id));
    let first = tape.length - 1;
    while (isCopy(tape[first - 1])) first--;
    if (first < tape.length - 1) tape.splice(first, 0, ...tape.splice(-1));
  };
}
