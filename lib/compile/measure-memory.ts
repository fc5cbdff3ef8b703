import type { Flat } from './flat';
import type { NodeReport, Path } from './program';

/** What training with batches of a size takes on the device, in bytes: float32 throughout. */
export interface Memory {
  weights: number;
  /** One for each weight that is trained, where there is an optimizer. */
  gradients: number;
  /** What the optimizer keeps for each weight that it trains. */
  optimizer: number;
  /** Of one batch, kept for the backward pass. */
  activations: number;
  /** Examples of that batch. */
  batch: number;
  /** All together. */
  bytes: number;
  /** The node that takes the most, and how much. */
  biggest?: { path: Path; bytes: number };
}

export const NO_MEMORY: Memory = { weights: 0, gradients: 0, optimizer: 0, activations: 0, batch: 1, bytes: 0 };

/** Bytes of one number. */
const WORD = 4;

/**
 * Counts; nothing is made. Where several optimizers train, each weight counts as if it were with the one that keeps
 * the most. Buffers that the engine reuses within a step are not in it.
 */
export function measureMemory(flat: Flat, reports: ReadonlyMap<Path, NodeReport>, batch: number): Memory {
  const optimizers = [...flat.nodes.values()].filter(({ face }) => face?.role === 'optimizer');
  const gradients = optimizers.length > 0 ? WORD : 0;
  const kept = optimizers.map(({ face, params }) =>
    typeof face?.keeps === 'function' ? face.keeps(params) : (face?.keeps ?? 0),
  );
  const slots = WORD * Math.max(0, ...kept);
  const memory: Memory = { ...NO_MEMORY, batch };
  for (const [path, report] of reports) {
    const weights = WORD * report.parameters;
    const trained = report.trainableParameters;
    const activations = report.activationBytes * batch;
    const bytes = weights + (gradients + slots) * trained + activations;
    memory.weights += weights;
    memory.gradients += gradients * trained;
    memory.optimizer += slots * trained;
    memory.activations += activations;
    memory.bytes += bytes;
    if (bytes > (memory.biggest?.bytes ?? 0)) memory.biggest = { path, bytes };
  }
  return memory;
}

/**
 * The largest batch, a power of two and smaller than the present one, whose activations leave `room` bytes enough for
 * everything; null where no batch does.
 */
export function fittingBatch(memory: Memory, room: number): number | null {
  const fixed = memory.bytes - memory.activations;
  const most = ((room - fixed) / Math.max(1, memory.activations)) * memory.batch;
  if (most < 1) return null;
  const fitting = 2 ** Math.floor(Math.log2(most));
  return fitting < memory.batch ? fitting : null;
}
