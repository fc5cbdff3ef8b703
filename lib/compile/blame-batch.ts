import type { PortId } from '@/lib/graph/document';
import type { Problem, Remedy } from '@/lib/nodes/kind';
import { formatShape, type Spec } from '@/lib/tensor/spec';
import { type FlatNode, titleOf } from './flat';

type Inputs = Record<PortId, Spec[]>;

/**
 * Where one input has a row for each example and another has several (the regions of a picture, the steps of an episode),
 * and all would fit if both had one, that is the cause. `again` infers the node from other inputs.
 */
export function blameBatch(
  problems: readonly Problem[],
  node: FlatNode,
  inputs: Inputs,
  again: (inputs: Inputs) => readonly Problem[],
): readonly Problem[] {
  if (!problems.some(isMismatch)) return problems;
  const rows = node.inputs.flatMap((port) =>
    (inputs[port.id] ?? []).map((spec, wire) => ({ port, wire, spec, times: timesBatch(spec) })),
  );
  const one = rows.find(({ times }) => times === 1);
  const several = rows.find(({ times }) => times > 1);
  if (!one || !several || again(folded(inputs)).some(isMismatch)) return problems;
  const { times } = several;
  const fold: Remedy = {
    title: `Take the mean of the ${times} rows`,
    insert: { port: several.port.id, wire: several.wire, kind: 'fold-rows', params: { times, how: 'mean' } },
  };
  const mismatch: Problem = {
    code: 'batch-mismatch',
    severity: 'error',
    port: several.port.id,
    message: `${titleOf(node)} gets ${times} rows for each example at ${several.port.title}, but one at ${one.port.title}. Repeat that one, make one row of the ${times}, or wire both from before what makes several.`,
    expected: formatShape(['batch']),
    received: formatShape([{ of: 'batch', times }]),
    remedies: [
      {
        title: `Repeat ${one.port.title.toLowerCase()} ${times} times`,
        insert: { port: one.port.id, wire: one.wire, kind: 'repeat-rows', params: { times } },
      },
      ...(several.spec.dtype === 'float32' ? [fold] : []),
    ],
  };
  return [...problems.filter((problem) => !isMismatch(problem)), mismatch];
}

const isMismatch = ({ code, severity }: Problem): boolean => code === 'shape-mismatch' && severity === 'error';

/** How many rows there are for each example; 0 where the first axis is no batch. */
function timesBatch({ shape }: Spec): number {
  const dim = shape?.[0] ?? null;
  if (dim === 'batch') return 1;
  return dim !== null && typeof dim === 'object' && dim.of === 'batch' ? dim.times : 0;
}

/** With one row for each example. */
const folded = (inputs: Inputs): Inputs =>
  Object.fromEntries(
    Object.entries(inputs).map(([port, specs]) => [
      port,
      specs.map((spec) =>
        timesBatch(spec) > 1 ? { ...spec, shape: ['batch', ...(spec.shape ?? []).slice(1)] } : spec,
      ),
    ]),
  );
