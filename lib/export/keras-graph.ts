import { required } from '@/lib/base/invariant';
import type { Json } from '@/lib/base/json';
import type { Op, ValueId, VariableId } from '@/lib/compile/program';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { Face, HostTensor, KerasCall, KerasLayer } from '@/lib/nodes/kind';
import type { Spec } from '@/lib/tensor/spec';
import type { ExportInput } from './exporter';
import { inKerasOrder } from './keras-order';
import { NamePool } from './name-pool';
import { numbersOf } from './op-numbers';
import { functionOf, opRefusal, placeOf, problem, refuse } from './refusal';
import { unrollCalls } from './unroll-calls';

/** Output of one call of a layer: Keras' `keras_history`. */
export interface TensorRef {
  layer: string;
  call: number;
  /** Which of several outputs; 0 where it is left out. */
  tensor?: number;
}

export interface LayerTensor {
  /** Null for the batch and for other sizes that are known only when it runs. */
  shape: (number | null)[];
  dtype: 'float32' | 'int32';
}

export interface LayerCall {
  /** All tensors that it takes: those without a name, then those of `named`. */
  inputs: TensorRef[];
  /** Where arguments are told apart. Without it: one tensor by itself, several as a list. */
  form?: CallForm;
  outputs: LayerTensor[];
}

/** Arguments by their place in `LayerCall.inputs`. */
export interface CallForm {
  args: (number | number[])[];
  named: Record<string, number | number[]>;
  set: Record<string, Json>;
}

type Weights = Record<VariableId, HostTensor>;

/** A Keras layer with all its calls; a layer that shares its weights has several. */
export interface GraphLayer {
  name: string;
  className: string;
  /** Of `keras.src.ops`, where it is an operation and no layer. */
  operation?: KerasLayer['operation'];
  config: Record<string, Json>;
  weights: VariableId[];
  /** Makes those that stand otherwise in Keras than in their variable. */
  make: (((weights: Weights) => HostTensor) | undefined)[];
  /** Where each weight stands below the layer in an HDF5 file. */
  weightsAt: string[][];
  tfjs: NonNullable<KerasLayer['tfjs']>;
  calls: LayerCall[];
  /** The node that it stands for. */
  at: Diagnostic['at'];
}

/** A functional Keras model: what all Keras-like formats are written from. Inputs are layers too (`InputLayer`). */
export interface KerasGraph {
  name: string;
  inputs: { name: string; spec: Spec }[];
  outputs: { name: string; spec: Spec; from: TensorRef; value: ValueId }[];
  /** In the order of `model.layers`, by which weights are found again. */
  layers: GraphLayer[];
}

/**
 * A function of the program as Keras layers, or the nodes that Keras has no layer for. Uses of the same weights become
 * calls of one layer.
 */
export function makeKerasGraph(whole: ExportInput): { graph: KerasGraph } | { diagnostics: Diagnostic[] } {
  const input = unrollCalls(whole);
  const { program } = input;
  const asked = functionOf(input);
  if ('diagnostics' in asked) return asked;
  const { fn } = asked;
  const ops = new Map(program.ops.map((op) => [op.id, op]));
  const names = new NamePool();
  const refs = new Map<ValueId, TensorRef>();
  const layers: GraphLayer[] = [];
  const shared = new Map<string, GraphLayer>();
  const diagnostics: Diagnostic[] = [];
  const specOf = (value: ValueId): Spec => required(program.values[value], `spec of ${value}`);

  const inputs = fn.inputs.map(({ name, value }) => {
    const layer = inputLayer(names.take(name), specOf(value));
    if ('problem' in layer) diagnostics.push(layer.problem);
    else layers.push(layer);
    const taken = 'problem' in layer ? name : layer.name;
    refs.set(value, { layer: taken, call: 0 });
    return { name: taken, spec: specOf(value) };
  });

  for (const path of fn.ops) {
    const op = required(ops.get(path), `op ${path}`);
    const face = required(input.kinds[op.kind], `kind ${op.kind}`).face;
    const emitted = emitLayers(op, input, specOf);
    if ('message' in emitted) {
      diagnostics.push(emitted);
      continue;
    }
    // Something above could not be emitted and is reported already.
    if (tensorInputs(op, face).some((value) => !refs.has(value))) continue;
    const given = new Map<string, TensorRef>();
    const on = (port: string): TensorRef[] => {
      const made = given.get(port);
      return made ? [made] : (op.in[port] ?? []).map((value) => required(refs.get(value), value));
    };
    const ports = givenPorts(op, emitted);
    let from = tensorInputs(op, face).map((value) => required(refs.get(value), value));
    for (const [at, layer] of emitted.entries()) {
      const gives = layer.outputs ?? ports.slice(0, 1);
      const outputs = gives.map((port) => tensorOf(specOf(required(op.out[port] ?? op.out[ports[0] ?? ''], port))));
      const call = layer.call && callForm(layer.call, on);
      const variables = layer.weights.map((slot) => required(op.uses[slot], `variable ${slot} of ${op.id}`));
      const key = `${at} ${layer.className} ${variables.join(' ')}`;
      let known = variables.length > 0 ? shared.get(key) : undefined;
      if (!known) {
        const name = names.take(at === 0 ? op.name || op.kind : `${op.name || op.kind}_${layer.className}`);
        known = graphLayer(name, layer, variables, placeOf(op.id));
        layers.push(known);
        shared.set(key, known);
      }
      known.calls.push({ inputs: call?.inputs ?? from, ...(call && { form: call.form }), outputs });
      const result = { layer: known.name, call: known.calls.length - 1 };
      for (const [tensor, port] of gives.entries()) given.set(port, tensor === 0 ? result : { ...result, tensor });
      from = [result];
    }
    for (const port of ports) refs.set(required(op.out[port], port), required(given.get(port), `${port} of ${op.id}`));
  }
  if (diagnostics.length > 0) return { diagnostics };

  const outputs = fn.outputs.map(({ name, value }) => ({
    name,
    value,
    spec: specOf(value),
    from: required(refs.get(value), `output ${value}`),
  }));
  if (outputs.some((output) => inputs.some(({ name }) => name === output.from.layer)))
    return refuse(`The function “${fn.name}” gives back its input: there is no layer to export.`);
  return { graph: { name: names.take(fn.name), inputs, outputs, layers: inKerasOrder(layers, outputs, inputs) } };
}

function emitLayers(
  op: Op,
  { kinds, program, clocks }: ExportInput,
  specOf: (value: ValueId) => Spec,
): KerasLayer[] | Diagnostic {
  const kind = required(kinds[op.kind], `kind ${op.kind}`);
  const refusal = (reason: string): Diagnostic => opRefusal(op, kind, 'Keras', reason);
  if (!kind.emit) return refusal('Keras has no such layer');
  const { numbers, driven } = numbersOf(op, kind, clocks);
  if (driven) return refusal(`its ${driven} follows a schedule, which ends with the training`);
  const specs = Object.fromEntries(Object.entries(op.in).map(([port, values]) => [port, values.map(specOf)]));
  for (const value of Object.values(op.out)) {
    const shape = program.values[value]?.shape;
    if (!shape) return refusal('the shape of its output is not known');
    if (shape[0] !== 'batch') return refusal('its output does not begin with the batch');
  }
  const emission = kind.emit.keras({
    params: { ...op.params, ...numbers },
    inputs: specs,
    outputs: Object.fromEntries(Object.entries(op.out).map(([port, value]) => [port, specOf(value)])),
  });
  if ('unsupported' in emission) return refusal(emission.unsupported);
  if (givenPorts(op, emission).length !== Object.keys(op.out).length) return refusal('it has several outputs');
  return emission;
}

/** Output ports that some layer gives; the last layer's only tensor is the first of them unless it says otherwise. */
function givenPorts(op: Op, layers: KerasLayer[]): string[] {
  const all = Object.keys(op.out);
  const named = new Set(layers.flatMap(({ outputs = [] }) => outputs));
  return all.filter((port, at) => named.has(port) || (at === 0 && layers.at(-1)?.outputs === undefined));
}

/** The tensors that a layer takes where arguments are told apart, and what each is for. */
function callForm(call: KerasCall, on: (port: string) => TensorRef[]): { inputs: TensorRef[]; form: CallForm } {
  const inputs: TensorRef[] = [];
  const take = (port: string): number[] => on(port).map((ref) => inputs.push(ref) - 1);
  const args: CallForm['args'] = [];
  for (const ports of call.args) {
    if (Array.isArray(ports)) args.push(ports.flatMap(take));
    else args.push(...take(ports));
  }
  const named: CallForm['named'] = {};
  for (const [name, ports] of Object.entries(call.named ?? {})) {
    const taken = [ports].flat().flatMap(take);
    if (taken.length > 0) named[name] = Array.isArray(ports) ? taken : required(taken[0], name);
  }
  return { inputs, form: { args, named, set: call.set ?? {} } };
}

/** Tensors that flow in, in the order of the kind's ports. */
function tensorInputs(op: Op, face: Face): ValueId[] {
  const known = typeof face.inputs === 'function' ? [] : face.inputs.map(({ id }) => id);
  const ports = [...known, ...Object.keys(op.in).filter((port) => !known.includes(port))];
  return ports.flatMap((port) => op.in[port] ?? []);
}

/** A weight as it stands in Keras, by its place in `weights`. */
export function kerasWeight({ weights, make }: GraphLayer, at: number, all: Weights): HostTensor {
  const id = required(weights[at], 'a weight');
  return make[at]?.(all) ?? required(all[id], `weights ${id}`);
}

function makesOf({ weights: slots, make = {} }: KerasLayer, variables: VariableId[]): GraphLayer['make'] {
  const own = (all: Weights) =>
    Object.fromEntries(slots.map((slot, at) => [slot, required(all[variables[at] ?? ''], `variable ${slot}`)]));
  return slots.map((slot) => {
    const makes = make[slot];
    return makes && ((all) => makes(own(all)));
  });
}

const graphLayer = (name: string, layer: KerasLayer, weights: VariableId[], at: Diagnostic['at']): GraphLayer => ({
  name,
  className: layer.className,
  ...(layer.operation && { operation: layer.operation }),
  config: layer.config,
  weights,
  make: makesOf(layer, weights),
  weightsAt: layer.weights.map((_, at) => placesOfWeight(layer, at)),
  tfjs: layer.tfjs ?? {},
  calls: [],
  at,
});

const placesOfWeight = ({ weightsAt = 'vars' }: KerasLayer, at: number): string[] =>
  [typeof weightsAt === 'string' ? weightsAt : required(weightsAt[at], 'place of a weight')].flat();

function inputLayer(name: string, spec: Spec): GraphLayer | { problem: Diagnostic } {
  if (spec.shape?.[0] !== 'batch' || spec.dtype === 'string' || spec.dtype === 'bool')
    return {
      problem: problem(
        `The input “${name}” cannot stand at the start of a Keras model: a batch of numbers is needed.`,
        {
          received: spec.dtype,
        },
      ),
    };
  const shape = shapeOf(spec);
  return {
    ...graphLayer(
      name,
      { className: 'InputLayer', config: { batch_shape: shape, dtype: spec.dtype, sparse: false }, weights: [] },
      [],
      {},
    ),
    tfjs: { config: { batch_input_shape: shape, dtype: spec.dtype, sparse: false } },
    calls: [{ inputs: [], outputs: [{ shape, dtype: spec.dtype }] }],
  };
}

const tensorOf = (spec: Spec): LayerTensor => ({
  shape: shapeOf(spec),
  dtype: spec.dtype === 'int32' ? 'int32' : 'float32',
});

const shapeOf = (spec: Spec): (number | null)[] =>
  (spec.shape ?? []).map((dim) => (typeof dim === 'number' ? dim : null));
