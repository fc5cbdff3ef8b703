import type { Json } from '@/lib/base/json';
import type { Diagnostic, Place } from '@/lib/graph/diagnostic';
import { isExpr, type Node, type Params } from '@/lib/graph/document';
import { parseParams } from '@/lib/nodes/common/parse-params';
import type { Face, PlainParams } from '@/lib/nodes/kind';
import type { Passed } from './context';
import { remedyParam } from './remedy-param';
import { resolveParams, type Values } from './resolve-params';

type NodeParams = Passed<{ params: PlainParams; faulty: boolean }>;

/** Params of a node as its kind relies on them: expressions evaluated, defaults filled in, wrong values replaced. */
export function paramsOf(node: Node, face: Face | undefined, scope: Values, at: Place): NodeParams {
  const known = face && recall(node.params, face);
  if (known) return { params: known, faulty: false, diagnostics: [] };
  const resolved = resolveParams(node.params, scope, at);
  const unresolved = resolved.diagnostics.length > 0;
  if (!face) return { params: resolved.values, faulty: unresolved, diagnostics: resolved.diagnostics };
  const { params, problems } = parseParams(face, resolved.values);
  const diagnostics = [...resolved.diagnostics];
  for (const { remedies: _, port: __, wire: ___, ...problem } of problems) {
    const { param } = problem;
    const field = param === undefined ? undefined : face.fields[param];
    const title = field && `Reset ${field.title.toLowerCase()} to ${JSON.stringify(field.default)}`;
    diagnostics.push({
      ...problem,
      message: `${node.name || face.title}: ${problem.message}`,
      at: { ...at, ...(param === undefined ? {} : { param }) },
      ...(param !== undefined && title !== undefined ? remedyParam(at, param, undefined, title) : {}),
    } satisfies Diagnostic);
  }
  const faulty = unresolved || problems.length > 0;
  if (!faulty) remember(node.params, face, params);
  return { params, faulty, diagnostics };
}

/** Parsed params by the identity of what they were parsed from, so that what hangs on them is remembered as well. */
const parsed = new WeakMap<Params, { face: Face; given: [string, Json][]; params: PlainParams }>();

function recall(given: Params, face: Face): PlainParams | undefined {
  const known = parsed.get(given);
  if (known?.face !== face || Object.keys(given).length !== known.given.length) return undefined;
  for (const [key, value] of known.given) if (given[key] !== value) return undefined;
  return known.params;
}

/** Expressions depend on the scope too: those are evaluated each time. */
function remember(given: Params, face: Face, params: PlainParams): void {
  const entries = Object.entries(given);
  if (entries.some(([, value]) => isExpr(value))) return;
  parsed.set(given, { face, given: entries as [string, Json][], params });
}
