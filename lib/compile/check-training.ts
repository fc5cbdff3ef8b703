import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Flat, placeOf, titleOf } from './flat';

/**
 * One Training in the main graph runs all optimizers. A document without either only has functions, which is fine.
 */
export function checkTraining(flat: Flat): Diagnostic[] {
  const nodes = [...flat.nodes.values()];
  const trainings = nodes.filter((node) => node.face?.role === 'training');
  const optimizers = nodes.filter((node) => node.face?.role === 'optimizer');
  const [training, second] = trainings;
  const inMain = training?.graph === 'main';
  if (second && training) {
    const extra = inMain ? second : training;
    return [
      {
        code: 'no-training',
        severity: 'error',
        message: `A document has one Training node, this one has ${trainings.length}. Wire all steps to one of them and remove the others.`,
        at: placeOf(extra),
        expected: 'one Training node',
        received: String(trainings.length),
        fix: {
          title: `Remove ${titleOf(extra)}`,
          command: { do: 'remove-node', graph: extra.graph, id: extra.id },
        },
      },
    ];
  }
  if (training && !inMain)
    return [
      {
        code: 'no-training',
        severity: 'error',
        message: `${titleOf(training)} stands inside a block. Training belongs into the main graph, since a document is trained as a whole.`,
        at: placeOf(training),
        expected: 'Training in the main graph',
        received: 'Training in a block',
        fix: { title: 'Remove it', command: { do: 'remove-node', graph: training.graph, id: training.id } },
      },
    ];
  if (!training) {
    const [first] = optimizers;
    if (!first) return [];
    return [
      {
        code: 'no-training',
        severity: 'error',
        message: `${titleOf(first)} is never run: there is no Training node. Add one and wire the step to it.`,
        at: placeOf(first, { port: 'step' }),
        expected: 'a Training node',
        received: 'none',
      },
    ];
  }
  const wired = new Set([...(training.wires.get('steps') ?? [])].map((wire) => wire.from));
  return optimizers
    .filter((node) => !wired.has(node.path))
    .map((node) => ({
      code: 'step-unused',
      severity: 'warning',
      message: `${titleOf(node)} is not among the steps of ${titleOf(training)}, so it never runs. Wire its step to Training.`,
      at: placeOf(node, { port: 'step' }),
      expected: `a wire to ${titleOf(training)}`,
      received: 'none',
    }));
}
