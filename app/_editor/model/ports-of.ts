import type { Json } from '@/lib/base/json';
import { paramsOf } from '@/lib/graph/blocks/block-params';
import type { Document, GraphId, Node } from '@/lib/graph/document';
import { evaluateParam } from '@/lib/graph/expression';
import { parseParams } from '@/lib/nodes/common/parse-params';
import { type Ports, portsOf } from '@/lib/nodes/common/ports';
import type { Face, FaceEnv, PlainParams } from '@/lib/nodes/kind';

/** A node's params with defaults filled in and document params put into expressions; what fails keeps its default. */
export function plainParams(node: Pick<Node, 'params'>, face: Face, scope: Record<string, Json>): PlainParams {
  const given: Record<string, Json> = {};
  for (const [key, param] of Object.entries(node.params)) {
    const evaluated = evaluateParam(param, scope);
    if ('value' in evaluated) given[key] = evaluated.value;
  }
  return parseParams(face, given).params;
}

/** Default values of the params that expressions of a graph may name: the document's, or the block's. */
export const scopeOf = (document: Document, graph: GraphId): Record<string, Json> =>
  Object.fromEntries(Object.entries(paramsOf(document, graph)).map(([key, param]) => [key, param.default]));

/** All ports of a node. A half-typed param must not take the canvas down: the compiler says what is wrong. */
export function nodePorts(node: Pick<Node, 'promoted'>, face: Face, params: PlainParams, env: FaceEnv): Ports {
  try {
    return portsOf(face, params, env, node.promoted);
  } catch {
    return { inputs: [], outputs: [] };
  }
}
