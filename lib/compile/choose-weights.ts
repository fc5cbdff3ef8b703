import { type Choice, type ChoiceGraph, canTrain } from './choice';
import { gradientReach } from './gradient-reach';
import type { Path, VariableId } from './program';
import type { Step } from './steps';
import { variablesIn } from './variables-in';

/** PROGRAMS section 3, "Choice": which variables each step trains, and which carries it writes. */
export function chooseWeights(steps: readonly Step[], graph: ChoiceGraph): Choice[] {
  const { slicer, variables, flat, values, bodies, fetched } = graph;
  const within = { ops: slicer.ops, nodes: flat.nodes, values, bodies };
  const choices = steps.map((step): Choice => {
    const slice = slicer.ancestors([step.loss], fetched);
    const reach = gradientReach([step.loss], within);
    const scope = step.scopes.length > 0 ? variablesIn(step.scopes, variables.uses, flat) : null;
    const weights: VariableId[] = [];
    for (const variable of variables.all.values()) {
      if (!canTrain(variable) || !reach.variables.has(variable.id)) continue;
      if (scope === null || scope.has(variable.id)) weights.push(variable.id);
    }
    return { step, slice, reach, scope, weights, writes: [] };
  });
  assignWrites(choices, graph);
  return choices;
}

/**
 * A step writes the carries that it owns, in op order; a carry in nobody's scope is written by the first update that
 * holds it. Each carry has one writing step.
 */
function assignWrites(choices: Choice[], { slicer, variables }: ChoiceGraph): void {
  const owned = (choice: Choice, id: VariableId, path: Path) =>
    choice.scope === null ? choice.reach.ops.has(path) : choice.scope.has(id);
  const writer = new Map<VariableId, Choice>();
  for (const needsOwner of [true, false]) {
    for (const choice of choices) {
      for (const op of slicer.opsOf(choice.slice)) {
        if (op.frozen) continue;
        for (const id of Object.values(op.uses)) {
          const variable = variables.all.get(id);
          if (variable?.role !== 'carry' || variable.frozen || writer.has(id)) continue;
          if (!needsOwner || owned(choice, id, op.id)) writer.set(id, choice);
        }
      }
    }
  }
  for (const choice of choices) {
    for (const op of slicer.opsOf(slicer.inOrder(choice.slice))) {
      if (op.frozen) continue;
      for (const [slot, id] of Object.entries(op.uses))
        if (writer.get(id) === choice) choice.writes.push({ variable: id, by: op.id, slot });
    }
  }
}
