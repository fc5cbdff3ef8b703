import { gradientInputs } from '@/lib/nodes/common/gradient-inputs';
import type { Kind } from '@/lib/nodes/kind';
import { producerOf } from './make-ops';
import type { Op, Path, Program, ValueId } from './program';
import { variableAt } from './variable-at';

type Faces = Record<string, Pick<Kind, 'face'>>;

/** Whether each gradient op's region is exactly what lies between its ends, in order. Empty: all is well. */
export function checkRegions(program: Program, kinds: Faces): string[] {
  const lists = [program.ops, ...Object.values(program.bodies).map(({ ops }) => ops)];
  return lists.flatMap((ops) =>
    ops.flatMap((op) => {
      const wants = kinds[op.kind]?.face.differentiates === true;
      if (wants !== (op.region !== undefined)) return [`${op.id} ${wants ? 'has no' : 'needs no'} region`];
      if (!op.region) return [];
      const { leads, met } = trace(op.in.of?.[0] ?? '', op.in.wrt?.[0] ?? '', ops, program, kinds);
      const wanted = ops.flatMap(({ id }) => (met.has(id) ? [id] : []));
      return [
        ...(leads ? [] : [`${op.id} is of nothing that depends on ${op.in.wrt}`]),
        ...(wanted.join() === op.region.join() ? [] : [`${op.id} differentiates ${op.region}, not ${wanted}`]),
      ];
    }),
  );
}

/** Follows a gradient from one value upstream: whether it gets to another one, and through which ops. */
function trace(
  of: ValueId,
  wrt: ValueId,
  ops: readonly Op[],
  program: Program,
  kinds: Faces,
): { leads: boolean; met: Set<Path> } {
  const byId = new Map(ops.map((op) => [op.id, op]));
  const variable = variableAt(wrt, byId);
  const known = new Map<ValueId, boolean>();
  const met = new Set<Path>();
  const visit = (value: ValueId): boolean => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const op = byId.get(producerOf(value));
    let leads = value === wrt;
    if (!leads && op?.where === 'device' && program.values[value]?.dtype === 'float32') {
      const own = variableAt(value, byId);
      if (own !== undefined) leads = own === variable;
      else {
        leads = variable !== undefined && Object.values(op.uses).includes(variable);
        for (const input of carriers(op, program, kinds)) if (visit(input)) leads = true;
        if (leads) met.add(op.id);
      }
    }
    known.set(value, leads);
    return leads;
  };
  return { leads: visit(of), met };
}

/** Inputs that an op passes a gradient on to; a caller, those that its body does. */
function carriers(op: Op, program: Program, kinds: Faces): ValueId[] {
  const face = kinds[op.kind]?.face;
  const grad = face && gradientInputs(face, op.params);
  const body = program.bodies[op.body ?? ''];
  const passes = (port: string): boolean =>
    !body || body.outputs.some(({ value }) => trace(value, `${op.id}/$in.${port}`, body.ops, program, kinds).leads);
  return Object.entries(op.in).flatMap(([port, values]) =>
    (!grad || grad.includes(port)) && passes(port) ? values : [],
  );
}
