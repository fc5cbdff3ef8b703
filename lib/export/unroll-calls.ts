import { required } from '@/lib/base/invariant';
import type { Body, Op, ValueId } from '@/lib/compile/program';
import { handedOn, rests } from '@/lib/nodes/common/evaluation-of';
import type { ExportInput } from './exporter';

/** More calls than this make a file that nobody can read or load; they stay, and are refused. */
const MOST = 64;

/**
 * Calls of a block one after another (`iterate`, whose last call is asked for), or on all steps at once
 * (`time-distributed`), written out: a copy of the block's ops for each call, over the same variables. Formats know no
 * functions, but may repeat layers. What hands several values on when a network is finished (pictures that were augmented
 * with their masks) is left out.
 */
export function unrollCalls(input: ExportInput): ExportInput {
  const { program } = input;
  const fn = program.functions.find(({ name }) => name === input.function);
  const byId = new Map(program.ops.map((op) => [op.id, op]));
  /** A finished network's op that hands on several values, some of which are not even known. */
  const isLeftOut = (op: Op | undefined): boolean =>
    op !== undefined && Object.keys(op.in).length > 1 && rests(required(input.kinds[op.kind], op.kind).face, op.params);
  if (!fn?.ops.some((path) => isUnrolled(byId.get(path)) || isLeftOut(byId.get(path)))) return input;
  const values = { ...program.values };
  /** What stands for the outputs of calls. */
  const alias = new Map<ValueId, ValueId>();
  const named = (value: ValueId): ValueId => alias.get(value) ?? value;
  const made: Op[] = [];
  let calls = 0;

  /** Adds the ops of one call; answers what they give. `given`: what stands for the inputs of the body. */
  const call = (body: Body, given: ReadonlyMap<ValueId, ValueId>, mark: string): ValueId[] => {
    const inside = new Map(given);
    const here = (value: ValueId): ValueId => inside.get(value) ?? named(value);
    for (const inner of body.ops) {
      const out = Object.fromEntries(
        Object.entries(inner.out).map(([port, value]) => {
          const copy = `${value}${mark}`;
          values[copy] = required(program.values[value], `spec of ${value}`);
          inside.set(value, copy);
          return [port, copy];
        }),
      );
      const read = Object.fromEntries(
        Object.entries(inner.in).map(([port, ids]) => [port, ids.map((id) => named(here(id)))]),
      );
      add({ ...inner, id: `${inner.id}${mark}`, in: read, out });
    }
    return body.outputs.map(({ value }) => named(here(value)));
  };

  /** All steps of some sequences as one batch through the block, and apart again. */
  const distribute = (op: Op, body: Body): void => {
    const mark = `@${calls++}`;
    const { body: _, ...own } = op;
    const part = (name: string, which: 'steps' | 'sequence', read: Op['in'], y: ValueId): void => {
      const params = { ...op.params, part: which };
      made.push({ ...own, id: `${op.id}${mark}/${name}`, params, numbers: {}, in: read, out: { y }, uses: {} });
    };
    const given = new Map<ValueId, ValueId>();
    for (const { port, value } of body.inputs) {
      const source = required(op.in[port]?.[0], `input ${port}`);
      const copy = `${value}${mark}`;
      values[copy] = required(program.values[value], `spec of ${value}`);
      given.set(value, copy);
      part(port, 'steps', { x: [source] }, copy);
    }
    const like = required(Object.values(op.in)[0], 'a sequence');
    for (const [place, result] of call(body, given, mark).entries()) {
      const port = required(body.outputs[place], 'an output').port;
      const y = op.out[port];
      if (y) part(`$out.${port}`, 'sequence', { x: [result], like }, y);
    }
  };

  const add = (op: Op): void => {
    if (isLeftOut(op)) {
      for (const [port, value] of Object.entries(op.out)) {
        const given = op.in[handedOn(port)]?.[0];
        if (given) alias.set(value, given);
      }
      return;
    }
    const body = isUnrolled(op) ? program.bodies[op.body ?? ''] : undefined;
    if (!body) {
      made.push(op);
      return;
    }
    if (op.kind === 'time-distributed') {
      distribute(op, body);
      return;
    }
    const given = new Map(body.inputs.map(({ port, value }) => [value, required(op.in[port]?.[0], `input ${port}`)]));
    const [times, carry] = [Number(op.params.times), Number(op.params.carry)];
    for (let t = 0; t < times; t++) {
      const results = call(body, given, `@${calls++}`);
      for (const [place, { value }] of body.inputs.slice(0, carry).entries())
        given.set(value, required(results[place], 'a carried value'));
      for (const [place, { port }] of body.outputs.entries()) {
        const result = op.out[port];
        if (t === times - 1 && result) alias.set(result, required(results[place], port));
      }
    }
  };
  for (const path of fn.ops) {
    const op = required(byId.get(path), `op ${path}`);
    add({ ...op, in: Object.fromEntries(Object.entries(op.in).map(([port, ids]) => [port, ids.map(named)])) });
  }
  const own = {
    ...fn,
    ops: made.map(({ id }) => id),
    outputs: fn.outputs.map((output) => ({ ...output, value: named(output.value) })),
  };
  const functions = program.functions.map((one) => (one === fn ? own : one));
  return { ...input, program: { ...program, ops: made, values, functions } };
}

const isUnrolled = (op: Op | undefined): boolean =>
  op?.body !== undefined &&
  (op.kind === 'time-distributed' ||
    (op.kind === 'iterate' && op.params.collect === 'last' && Number(op.params.times) <= MOST));
