import type { Diagnostic } from '@/lib/graph/diagnostic';
import { promotedPortId } from '@/lib/nodes/common/ports';
import { type FlatNode, placeOf, titleOf, wireInto } from './flat';
import type { Inferred } from './infer-specs';
import type { Path } from './program';

/** A switch follows a whole number that a clock counts, and has a branch for each of its values. */
export function checkSwitches(order: readonly FlatNode[], inferred: ReadonlyMap<Path, Inferred>): Diagnostic[] {
  return order.flatMap((node) => checkSwitch(node, inferred));
}

function checkSwitch(node: FlatNode, inferred: ReadonlyMap<Path, Inferred>): Diagnostic[] {
  const selects = node.face?.selects;
  if (!selects || inferred.get(node.path)?.tainted) return [];
  const branches = node.wires.get(selects.port)?.length ?? 0;
  const port = promotedPortId(selects.by);
  const wire = wireInto(node, port);
  if (!wire) return checkConstant(node, selects.by, branches);
  const source = inferred.get(wire.from);
  const spec = source?.outputs[wire.port];
  if (!source || source.tainted || !spec) return [];
  const at = placeOf(node, { port, edge: wire.edge });
  if (spec.meaning !== 'index' || spec.classes === undefined)
    return [
      {
        code: 'switch-index',
        severity: 'error',
        message: `${titleOf(node)} lets the branch through whose number it gets, but that schedule gives numbers between whole ones. Drive it by Stages.`,
        at,
        expected: 'a whole number, such as the stage of Stages',
        received: 'a number that changes gradually',
        fix: {
          title: 'Remove the wire',
          command: { do: 'remove-edge', graph: node.graph, id: wire.edge },
        },
      },
    ];
  if (spec.classes <= branches) return [];
  return [
    {
      code: 'switch-index',
      severity: 'error',
      message: `There are ${spec.classes} stages, but ${titleOf(node)} has only ${branches} ${branches === 1 ? 'branch' : 'branches'}. Wire one branch for each stage.`,
      at,
      expected: `${spec.classes} branches`,
      received: String(branches),
    },
  ];
}

function checkConstant(node: FlatNode, param: string, branches: number): Diagnostic[] {
  const index = node.params[param];
  if (typeof index !== 'number' || index < branches) return [];
  return [
    {
      code: 'switch-index',
      severity: 'error',
      message: `${titleOf(node)} is to let branch ${index} through, but its ${branches} ${branches === 1 ? 'branch has' : 'branches have'} the numbers 0 to ${branches - 1}.`,
      at: placeOf(node, { param }),
      expected: `0 to ${branches - 1}`,
      received: String(index),
      fix: {
        title: `Set it to ${branches - 1}`,
        command: { do: 'set-param', graph: node.graph, id: node.id, param, value: branches - 1 },
      },
    },
  ];
}
