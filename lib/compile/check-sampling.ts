import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import { type Flat, type FlatNode, heldPort, placeOf, titleOf, wireInto } from './flat';
import { valueId, valuesInto } from './make-ops';
import type { Slicer } from './slices';

/** Which rows a data set gives may only hang on what was measured over that data set before. */
export function checkSampling(flat: Flat, slicer: Slicer): Diagnostic[] {
  return [...flat.nodes.values()].flatMap((node): Diagnostic[] => {
    const wire = node.face?.role === 'dataset' ? wireInto(node, 'sampling') : undefined;
    const source = wire && flat.nodes.get(wire.from);
    if (!wire || !source?.face) return [];
    const at = placeOf(node, { port: 'sampling', edge: wire.edge });
    const fix: Fix = {
      title: 'Remove the wire',
      command: { do: 'remove-edge', graph: node.graph, id: wire.edge },
    };
    if (heldPort(source) !== wire.port)
      return [
        {
          code: 'port-type',
          severity: 'error',
          message: `${titleOf(node)} draws its rows by weights that were measured over all of them, but ${titleOf(source)} gives numbers of one batch. Wire a node that measures a whole pass, such as Latent resampling.`,
          at,
          expected: 'a value held over a pass',
          received: valueId(wire.from, wire.port),
          fix,
        },
      ];
    if (measures(source, node, slicer)) return [];
    return [
      {
        code: 'unpaired-fields',
        severity: 'error',
        message: `${titleOf(source)} weighs the examples of another data set than ${titleOf(node)}. Measure it on what comes from ${titleOf(node)}.`,
        at,
        expected: `weights of ${titleOf(node)}`,
        received: 'weights of another data set',
        fix,
      },
    ];
  });
}

/** Whether every data set before a fold is this one. */
function measures(fold: FlatNode, data: FlatNode, slicer: Slicer): boolean {
  const above = slicer.opsOf(slicer.ancestors(Object.values(valuesInto(fold)).flat()));
  const sets = above.filter((op) => op.where === 'source' && 'dataset' in op.params);
  return sets.length > 0 && sets.every((op) => op.id === data.path);
}
