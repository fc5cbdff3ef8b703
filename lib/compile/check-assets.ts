import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type Flat, type FlatInstance, type FlatNode, placeOf, titleOf } from './flat';

/** Weights that are to come from a trained network: nothing that compiles has any such network at hand. */
export function checkAssets({ nodes, instances }: Flat): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const one of [...nodes.values(), ...instances.values()]) {
    const { start } = one.node;
    // Once, however often the block around it is used.
    if (start && 'asset' in start && !found.has(`${one.graph} ${one.id}`))
      found.set(`${one.graph} ${one.id}`, problem(one, start.asset));
  }
  return [...found.values()];
}

const problem = (one: FlatNode | FlatInstance, asset: string): Diagnostic => {
  const title = 'face' in one ? titleOf(one) : one.node.name || one.id;
  return {
    code: 'asset-mismatch',
    severity: 'error',
    message: `${title} is to start from the weights of “${asset}”, which are not here. Let it start from random ones, or branch off a run that has trained it.`,
    at: placeOf(one),
    expected: 'weights that are here',
    received: asset,
    fix: {
      title: `Start ${one.node.name || one.id} from random weights`,
      command: { do: 'set-node', graph: one.graph, id: one.id, set: { start: null } },
    },
  };
};
