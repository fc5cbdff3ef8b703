import { required } from '@/lib/base/invariant';
import type { Op } from '@/lib/compile/program';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { EmitPlace, HostTensor, MakeWeight, OnnxEmission, OnnxPlace } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import { type EmitTarget, emitFunction } from '../emit-function';
import type { ExportInput } from '../exporter';
import type { CardPort } from '../model-card';
import { OnnxGraph } from './onnx-graph';
import type { OnnxModel, OnnxValue } from './onnx-proto';

/** A function of the program as an ONNX graph. Inputs and outputs are as the document has them: channels last. */
export function makeOnnxModel(
  input: ExportInput,
):
  | { model: Omit<OnnxModel, 'text' | 'metadata'>; inputs: CardPort[]; outputs: CardPort[] }
  | { diagnostics: Diagnostic[] } {
  const graph = new OnnxGraph();
  const names = input.program.functions.find((fn) => fn.name === input.function)?.outputs.map(({ name }) => name);
  for (const name of names ?? []) graph.take(name);
  const target: EmitTarget<OnnxEmission> = {
    title: 'ONNX',
    emission: (kind, context) => kind.emit?.onnx(context),
    begin() {},
    input: (name, _, spec) => ({ name: graph.take(name), spec, axes: 'last' }),
    outputAxes: () => 'last',
    transpose: (name, order) => graph.transpose(name, order),
    toFloat: (name) => graph.node('Cast', [name], { to: FLOAT }),
    number: (value) => graph.constant([value], [], 'float32'),
    variable: ({ op }, slot) => weightOf(graph, input, op, slot, (slots) => required(slots[slot], slot)),
    write({ op, emission }, place) {
      graph.scope = op.name || op.kind;
      return emission.write(placeIn(graph, input, op, place));
    },
  };
  const written = emitFunction(input, target);
  if ('diagnostics' in written) return written;
  return {
    inputs: written.inputs,
    outputs: written.outputs.map(({ output, spec }) => ({ name: output, spec })),
    model: {
      name: input.function,
      inputs: written.inputs.map(({ name, spec }) => describe(name, spec)),
      outputs: written.outputs.map(({ output, spec }) => describe(output, spec)),
      ...graph.finish(written.outputs.map(({ output, name }) => ({ value: name, name: output }))),
    },
  };
}

/** The code of float32 among the types of an ONNX file, as `Cast` takes it. */
const FLOAT = 1;

const describe = (name: string, { dtype, shape }: Spec): OnnxValue => ({ name, dtype, shape: shape ?? [] });

function placeIn(graph: OnnxGraph, input: ExportInput, op: Op, place: EmitPlace): OnnxPlace {
  return {
    ...place,
    node: (type, inputs, attributes) => graph.node(type, inputs, attributes),
    nodes: (type, inputs, attributes, outputs) => graph.many(type, inputs, attributes, outputs),
    constant(values, dtype = 'float32', shape) {
      const list = typeof values === 'number' ? [values] : values;
      return graph.constant(list, shape ?? (typeof values === 'number' ? [] : [list.length]), dtype);
    },
    scan: (loop) => graph.scan(loop),
    weight: (name, make) => weightOf(graph, input, op, name, make),
  };
}

/** Ops that share their variables share the weights that are made of them. */
function weightOf(graph: OnnxGraph, { weights, program }: ExportInput, op: Op, name: string, make: MakeWeight): string {
  const ids = Object.values(op.uses);
  const owner = program.variables.find(({ id }) => id === ids[0])?.name ?? `${op.name}/${name}`;
  return graph.weight(`${op.kind} ${name} ${ids.join()}`, `${owner.replace(/\/[^/]*$/, '')}/${name}`, () =>
    make(
      Object.fromEntries(
        Object.entries(op.uses).map(([slot, id]): [string, HostTensor] => [
          slot,
          required(weights[id], `weights ${id}`),
        ]),
      ),
    ),
  );
}
