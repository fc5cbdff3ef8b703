import type { Diagnostic } from '@/lib/graph/diagnostic';
import { withFixes } from './fixes/add-fixes';
import { fixesFromRemedies } from './fixes/from-remedies';
import type { Workbench } from './fixes/workbench';
import { placeOf } from './flat';
import type { NodeProblem } from './infer-specs';

/** What a kind found wrong, at its place in the document, with the kind's ways out as commands. */
export function diagnoseProblem(bench: Workbench, found: NodeProblem, withFix: boolean): Diagnostic {
  const { node, problem } = found;
  const { port, param, wire = 0, remedies: _, message, ...rest } = problem;
  const { fixes, origin } = withFix ? fixesFromRemedies(bench, found) : { fixes: [], origin: undefined };
  const edge = origin?.edge ?? (port === undefined ? undefined : node.wires.get(port)?.[wire]?.edge);
  const at = placeOf(node, {
    ...(port === undefined ? {} : { port }),
    ...(param === undefined ? {} : { param }),
    ...(edge === undefined ? {} : { edge }),
  });
  return withFixes({ ...rest, message: origin ? `${message} ${origin.why}` : message, at }, fixes);
}
