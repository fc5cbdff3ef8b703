import type { PortId } from '@/lib/graph/document';
import type { Problem } from '@/lib/nodes/kind';
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
    (inputs[port.id] ?? []).map((spec) => ({ port, times: timesBatch(spec) })),
  );
  const one = rows.find(({ times }) => times === 1);
  const several = rows.find(({ times }) => times > 1);
  if (!one || !several || again(folded(inputs)).some(isMismatch)) return problems;
  const mismatch: Problem = {
    code: 'batch-mismatch',
    severity: 'error',
    port: several.port.id,
    message: `${titleOf(node)} gets ${several.times} rows for each example at ${several.port.title}, but one at ${one.port.title}. Wire both from behind what makes several rows of an example, or both from before it.`,
    expected: formatShape(['batch']),
    received: formatShape([{ of: 'batch', times: several.times }]),
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
