import type { PortId } from '@/lib/graph/document';
import type { Face, FaceEnv, PlainParams, PortFace } from '../kind';

export interface Ports {
  inputs: PortFace[];
  outputs: PortFace[];
}

/** Optimizers and the like list their own `weights` ports; roles that own variables get theirs from `learns`. */
const OWNS_WEIGHTS: ReadonlySet<Face['role']> = new Set(['op', 'source', 'instance']);

/** Title of the input whose wire gives a node the variables of another one. */
export const SHARED = 'Shared weights';

/**
 * All ports of a node: those that its kind declares, an input for every promoted param, and `weights` in and out where
 * the kind has variables (wired in: they are shared with the node at the other end).
 */
export function portsOf(face: Face, params: PlainParams, env: FaceEnv, promoted: readonly string[] = []): Ports {
  const inputs = typeof face.inputs === 'function' ? face.inputs(params, env) : face.inputs;
  const outputs = typeof face.outputs === 'function' ? face.outputs(params, env) : face.outputs;
  const shares = face.learns === true && OWNS_WEIGHTS.has(face.role);
  // A block may have ports of that name of its own.
  const free = (ports: PortFace[]) => shares && !ports.some((port) => port.id === 'weights');
  return {
    inputs: [
      ...inputs,
      ...promoted.filter((param) => isLive(face, param)).map((param) => promotedPort(face, param)),
      ...(free(inputs) ? [{ id: 'weights', title: SHARED, type: 'weights', optional: true } as const] : []),
    ],
    outputs: [...outputs, ...(free(outputs) ? [{ id: 'weights', title: 'Weights', type: 'weights' } as const] : [])],
  };
}

/** `param:rate`, or `param:weights.1` for an element of a list. */
export const promotedPortId = (param: string): PortId => `param:${param}`;

/** The param that a port promotes, or undefined: the inverse of `promotedPortId`. */
export const paramOfPort = (port: PortId): string | undefined =>
  port.startsWith('param:') ? port.slice(6) : undefined;

function promotedPort(face: Face, param: string): PortFace {
  const [key = param, element] = param.split('.');
  const title = face.fields[key]?.title ?? key;
  return {
    id: promotedPortId(param),
    title: element === undefined ? title : `${title} ${Number(element) + 1}`,
    type: 'number',
    optional: true,
  };
}

/** Whether `param` (a field's key, or `key.index` for a list of numbers) may change every iteration. */
export function isLive(face: Pick<Face, 'fields'>, param: string): boolean {
  const [key = param, element] = param.split('.');
  const field = face.fields[key];
  if (field === undefined || !('live' in field) || field.live !== true) return false;
  return field.type === 'numbers' ? /^\d+$/.test(element ?? '') : element === undefined;
}

/**
 * The live numbers of a node as constants, by the keys that `RunContext.numbers` uses: `rate`, and `weights.0`,
 * `weights.1` … for a list, which has one for each wire of its port (1 where the list is shorter). An optional number
 * that is off has none.
 */
export function liveNumbers(
  face: Pick<Face, 'fields'>,
  params: PlainParams,
  wires: Record<PortId, number> = {},
): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [key, field] of Object.entries(face.fields)) {
    if (!('live' in field) || field.live !== true) continue;
    const value = params[key];
    if (typeof value === 'number') numbers[key] = value;
    if (field.type === 'numbers' && Array.isArray(value)) {
      const count = field.of === undefined ? value.length : (wires[field.of] ?? value.length);
      for (let index = 0; index < count; index++) {
        const item = value[index];
        numbers[`${key}.${index}`] = typeof item === 'number' ? item : 1;
      }
    }
  }
  return numbers;
}
