import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type FlatNode, heldPort, isFold, placeOf, titleOf } from './flat';
import { producerOf, valueId, valuesInto } from './make-ops';
import type { Variables } from './make-variables';
import { foldReads } from './plan-metrics';
import type { Fold, Path, Sweep, ValueId } from './program';
import { structuralParams } from './share-weights';
import { readsOf, type Slicer } from './slices';

/** A fold that gives a held value or fitted variables, with what its sweep evaluates. */
interface Hold {
  node: FlatNode;
  fold: Fold;
  due: 'start' | 'epoch';
  slice: Set<Path>;
  /** Other folds whose values its slice needs. */
  needs: Hold[];
}

export interface HoldPlan {
  folds: Fold[];
  /** Each fold has its own sweep over train, after those that it needs. */
  sweeps: Sweep[];
  diagnostics: Diagnostic[];
}

/**
 * Folds whose results are tensors: held values that something reads, and fitted variables of ops that something evaluates.
 * `live`: ops of the other tasks and functions. `reads`: values that those take beside their ops.
 */
export function planHolds(
  order: readonly FlatNode[],
  slicer: Slicer,
  variables: Variables,
  live: Iterable<Path>,
  reads: Iterable<ValueId>,
): HoldPlan {
  const offered = offeredHolds(order, variables);
  const wanted = new Map<Path, Hold>();
  const queue: Path[] = [];
  const want = (path: Path): Hold | undefined => {
    const found = wanted.get(path);
    const offer = offered.get(path);
    if (found || !offer) return found;
    const slice = slicer.ancestors(foldReads(offer.fold));
    const hold: Hold = { ...offer, slice, needs: [] };
    wanted.set(path, hold);
    queue.push(path);
    return hold;
  };
  for (const value of reads) want(producerOf(value));
  for (const op of slicer.opsOf(live)) {
    want(op.id);
    for (const value of readsOf(op)) want(producerOf(value));
  }
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const hold = wanted.get(path) as Hold;
    const needs = new Set<Hold | undefined>(foldReads(hold.fold).map((value) => want(producerOf(value))));
    for (const op of slicer.opsOf(hold.slice)) {
      needs.add(want(op.id));
      // A sweep goes through its data set in order, whatever rows training draws; those weights are measured all the same.
      const drawn = op.where === 'source';
      for (const value of readsOf(op)) {
        const found = want(producerOf(value));
        if (!drawn) needs.add(found);
      }
    }
    hold.needs = [...needs].filter((need) => need !== undefined);
  }
  return inTurn(
    [...offered.keys()].flatMap((path) => wanted.get(path) ?? []),
    slicer,
  );
}

function offeredHolds(order: readonly FlatNode[], { all, uses }: Variables) {
  const holds = new Map<Path, Pick<Hold, 'node' | 'fold' | 'due'>>();
  for (const node of order) {
    const port = heldPort(node);
    const fitted = Object.values(uses.get(node.path) ?? {}).filter((id) => {
      const variable = all.get(id);
      // What comes with an asset was fitted to other data and stays so.
      return variable?.role === 'fitted' && variable.init.by !== 'asset' && id.startsWith(`${node.path}#`);
    });
    if (port === undefined && fitted.length === 0) continue;
    holds.set(node.path, {
      node,
      due: node.face?.due ?? 'start',
      fold: {
        id: node.path,
        kind: node.node.kind,
        params: structuralParams(node),
        in: valuesInto(node),
        gives: port === undefined ? { variables: fitted } : { held: valueId(node.path, port) },
      },
    });
  }
  return holds;
}

/** Sweeps at the start before those of each epoch, each after what it needs. */
function inTurn(holds: readonly Hold[], slicer: Slicer): HoldPlan {
  const plan: HoldPlan = { folds: holds.map(({ fold }) => fold), sweeps: [], diagnostics: [] };
  const state = new Map<Hold, 'open' | 'done'>();
  const visit = (hold: Hold, trail: Hold[]): void => {
    const seen = state.get(hold);
    if (seen === 'open') plan.diagnostics.push(circle([...trail.slice(trail.indexOf(hold)), hold]));
    if (seen) return;
    state.set(hold, 'open');
    for (const need of hold.needs) {
      if (hold.due === 'start' && need.due === 'epoch') plan.diagnostics.push(late(hold, need));
      else visit(need, [...trail, hold]);
    }
    state.set(hold, 'done');
    plan.sweeps.push({
      do: 'sweep',
      id: `train:${hold.fold.id}`,
      due: { at: hold.due },
      split: 'train',
      ops: slicer.inOrder(hold.slice),
      folds: [hold.fold.id],
    });
  };
  for (const due of ['start', 'epoch'] as const) for (const hold of holds) if (hold.due === due) visit(hold, []);
  return plan;
}

const verb = ({ node }: Hold): string => (isFold(node) ? 'is measured' : 'is fitted');

function circle(trail: readonly Hold[]): Diagnostic {
  const [first, second] = trail as [Hold, Hold];
  const name = titleOf(first.node);
  const itself = second === first;
  return {
    code: 'cycle',
    severity: 'error',
    message: itself
      ? `${name} ${verb(first)} on what it changes itself, so there is no first value. Take its input from before the place where its result is used.`
      : `${trail.map(({ node }) => titleOf(node)).join(' needs ')}: none of them can be first. Cut a wire.`,
    at: placeOf(first.node),
    expected: 'a fold that can be measured before it is used',
    received: itself ? 'a fold that needs itself' : `a circle of ${trail.length - 1} folds`,
  };
}

const late = (hold: Hold, need: Hold): Diagnostic => ({
  code: 'held-late',
  severity: 'error',
  message: `${titleOf(hold.node)} ${verb(hold)} before the first epoch, but for that it needs ${titleOf(need.node)}, which is measured only when an epoch begins. Take the input of ${titleOf(hold.node)} from before ${titleOf(need.node)}.`,
  at: placeOf(hold.node),
  expected: 'values that are there at the start',
  received: `a value of ${titleOf(need.node)}`,
});
