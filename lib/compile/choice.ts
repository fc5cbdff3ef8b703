import type { Document } from '@/lib/graph/document';
import type { Spec } from '@/lib/tensor/spec';
import type { Flat } from './flat';
import type { Reach } from './gradient-reach';
import type { Variables } from './make-variables';
import type { Body, Path, Update, ValueId, Variable, VariableId } from './program';
import type { Slicer } from './slices';
import type { Step } from './steps';

/** What one step trains and writes, and what that was decided from. */
export interface Choice {
  step: Step;
  /** Its slice, with what fetch provides left out. */
  slice: Set<Path>;
  weights: VariableId[];
  writes: Update['writes'];
  reach: Reach;
  /** Variables in the chosen scopes; null: by default, all that the gradient reaches. */
  scope: Set<VariableId> | null;
}

/** The graph that is chosen in. */
export interface ChoiceGraph {
  document: Document;
  flat: Flat;
  slicer: Slicer;
  bodies: Readonly<Record<Path, Body>>;
  values: ReadonlyMap<ValueId, Spec>;
  variables: Variables;
  /** Ops that fetch runs. */
  fetched: ReadonlySet<Path>;
  together: boolean;
  /** Steps whose loss could not be inferred: nothing is said about them. */
  isTainted(path: Path): boolean;
}

export const canTrain = (variable: Variable): boolean => variable.role === 'trainable' && !variable.frozen;
