import { createHash } from 'node:crypto';
import type { HostTensor } from '@/lib/nodes/kind';
import type { NativeBinding, NativeGraph } from '../load-native';
import { type Attribute, attributeProto } from './graph-def';
import { nodeOf, type RecordedNode, type Spec } from './net';
import type { OpDefinition, OpDefinitions } from './op-definitions';
import { FLOAT, INT32, UINT8 } from './types';

/** An eager op attribute as TensorFlow.js hands it to its binding; `type` is one of the binding's TF_ATTR_ numbers. */
export interface EagerAttribute {
  name: string;
  type: number;
  value: unknown;
}

export interface EagerOutput {
  id: number;
  shape: number[];
  dtype: number;
}

type Numbers = Float32Array | Int32Array | Uint8Array;

const isNumbers = (data: unknown): data is Numbers =>
  data instanceof Float32Array || data instanceof Int32Array || data instanceof Uint8Array;

/** Outputs that only the op's own gradient reads; what they are is the kernel's affair. */
const OPAQUE: Record<string, number> = { FusedBatchNormV3: 5 };

/** Numbers in a constant above which it is looked at twice. */
const LARGE = 64;

/** Why tensor code cannot become a graph; it then runs eagerly. */
export class Untraceable extends Error {}

/** A tensor of the graph: `node` or `node:1`. */
export interface Symbolic extends Spec {
  ref: string;
}

/**
 * Records what TensorFlow.js asks of its binding as the nodes of a graph. Nothing is computed: TensorFlow infers types
 * and shapes, and handles below zero stand for tensors that are not there. What the code uploads meanwhile becomes
 * constants; reading a tensor back is refused, since it would bake one iteration's number in.
 */
export class Trace {
  readonly nodes: RecordedNode[] = [];
  /** A copy in which every variable, changed or not, is a placeholder: TensorFlow infers shapes with it. */
  private readonly graph: NativeGraph;
  private readonly known = new Map<number, Symbolic>();
  private readonly constants = new Map<string, Symbolic>();
  /** Data of constants, by handle. */
  private readonly baked = new Map<number, unknown>();
  /** TensorFlow.js uses -1 for a tensor that it has not uploaded yet. */
  private last = -1;

  /**
   * `first`: the same code's first trace, which this one only compares itself with; where they differ, a number of one
   * iteration would be baked in.
   */
  constructor(
    private readonly binding: NativeBinding,
    private readonly definitions: OpDefinitions,
    private readonly first?: Trace,
  ) {
    this.graph = first?.graph ?? binding.graphOpen();
  }

  /** Stands in for the binding while tensor code runs. */
  readonly listener: Pick<NativeBinding, 'createTensor' | 'executeOp' | 'tensorDataSync'> = {
    createTensor: (shape, type, data) => this.upload(shape, type, data),
    executeOp: (op, attributes, inputs) => this.execute(op, attributes, inputs),
    tensorDataSync: (id) => {
      const data = this.baked.get(id);
      if (data === undefined) throw new Untraceable('it reads a value back while it computes');
      return data;
    },
  };

  /** What is given anew at each call, and its placeholder. Bytes are pixels: they become float32 in [0, 1]. */
  input({ data, shape }: HostTensor): { placeholder: string; value: Symbolic } {
    const type = data instanceof Float32Array ? FLOAT : data instanceof Int32Array ? INT32 : UINT8;
    const given = this.add({ op: 'Placeholder', attributes: { dtype: { type }, shape: { shape } } });
    const placeholder = given.ref;
    if (type !== UINT8) return { placeholder, value: given };
    const cast = { SrcT: { type }, DstT: { type: FLOAT } };
    const bytes = this.add({ op: 'Cast', inputs: [given.ref], attributes: cast });
    const unit = this.add({
      op: 'RealDiv',
      inputs: [bytes.ref, this.number(255).ref],
      attributes: { T: { type: FLOAT } },
    });
    return { placeholder, value: unit };
  }

  /** A part of the run's state, as it is when the step begins. */
  state(key: string, { type, shape }: Spec): Symbolic {
    return this.add({ op: 'Placeholder', attributes: { dtype: { type }, shape: { shape } }, state: key });
  }

  /**
   * An op that changes parts of the state in place: what they are afterwards, or null where one of them is not a part of
   * the state as it is or as such an op left it.
   */
  change(
    op: string,
    attributes: Record<string, Attribute>,
    before: Symbolic[],
    inputs: Symbolic[],
    gradient: Symbolic,
  ): Symbolic[] | null {
    const states = before.flatMap(({ ref, type, shape }) => {
      const key = this.nodes[placeOf(ref)]?.state;
      return key === undefined ? [] : [{ key, type, shape }];
    });
    if (states.length < before.length) return null;
    const name = this.nextName();

    const refs = inputs.map(({ ref }) => ref);
    const all = { T: { type: FLOAT }, ...attributes };
    if (this.first) this.repeated(op, refs, all);
    const changes = { states, gradient: gradient.ref };
    this.nodes.push({ name, op, inputs: refs, attributes: all, outputs: [], changes });
    return states.map(({ key, type, shape }) => {
      const placeholder = { dtype: { type }, shape: { shape } };
      return this.add({ op: 'Placeholder', inputs: [`^${name}`], attributes: placeholder, state: key });
    });
  }

  number(value: number): Symbolic {
    return this.constant([], FLOAT, Float32Array.of(value));
  }

  /** The tensor behind a handle. */
  symbolic(id: number): Symbolic {
    const known = this.known.get(id);
    if (!known) throw new Untraceable('it uses a tensor that was made before the step');
    return known;
  }

  /** A handle for TensorFlow.js. */
  hand(symbolic: Symbolic): EagerOutput {
    const id = --this.last;
    this.known.set(id, symbolic);
    return { id, dtype: symbolic.type, shape: symbolic.shape };
  }

  private nextName(): string {
    return nameAt(this.nodes.length);
  }

  /** A node with one output. */
  private add(node: Pick<RecordedNode, 'op' | 'attributes' | 'state'> & { inputs?: string[] }): Symbolic {
    const { op, attributes, state, inputs = [] } = node;
    return this.addAll(op, inputs, attributes, state)[0] as Symbolic;
  }

  private addAll(
    op: string,
    inputs: (string | string[])[],
    attributes: Record<string, Attribute>,
    state?: string,
  ): Symbolic[] {
    const name = this.nextName();
    const outputs = this.first
      ? this.repeated(op, inputs.flat(), attributes)
      : this.infer(name, op, inputs, attributes);
    this.nodes.push({
      name,
      op,
      inputs: inputs.flat(),
      attributes,
      outputs,
      ...(state === undefined ? {} : { state }),
    });
    return outputs.map((spec, index) => ({ ...spec, ref: index ? `${name}:${index}` : name }));
  }

  private infer(
    name: string,
    op: string,
    inputs: (string | string[])[],
    attributes: Record<string, Attribute>,
  ): Spec[] {
    const protos = Object.entries(attributes).map(([key, value]): [string, Uint8Array] => [key, attributeProto(value)]);
    const data = inputs.filter((input) => Array.isArray(input) || !input.startsWith('^'));
    return this.binding.graphAdd(this.graph, name, op, data, protos).map(({ dtype, shape }, output): Spec => {
      if (OPAQUE[op] === output) return { type: dtype, shape: [] };
      if (shape === null) throw new Untraceable(`the shape of what ${op} gives hangs on values`);
      return { type: dtype, shape };
    });
  }

  /** What the node of the first trace gives that stands where the next one will. */
  private repeated(op: string, inputs: string[], attributes: Record<string, Attribute>): Spec[] {
    const before = this.first?.nodes[this.nodes.length];
    const isSame =
      before?.op === op &&
      before.inputs.join() === inputs.join() &&
      Object.keys(attributes).every((key) => isEqual(before.attributes[key], attributes[key]));
    if (!isSame) throw new Untraceable('a number that changes from iteration to iteration would be fixed');
    return before.outputs;
  }

  private upload(shape: number[], type: number, data: unknown): number {
    if (!isNumbers(data)) throw new Untraceable('it works with text');
    const { id } = this.hand(this.filled(shape, type, data) ?? this.constant(shape, type, data));
    this.baked.set(id, data);
    return id;
  }

  /** The same number many times over is not written out. */
  private filled(shape: number[], type: number, data: Numbers): Symbolic | null {
    if (data.length < LARGE || data.some((value) => value !== data[0])) return null;
    const dims = this.constant([shape.length], INT32, Int32Array.from(shape));
    const value = this.constant([], type, data.subarray(0, 1));
    const attributes = { T: { type }, index_type: { type: INT32 } };
    return this.add({ op: 'Fill', inputs: [dims.ref, value.ref], attributes });
  }

  /** One node for equal constants. */
  private constant(shape: number[], type: number, data: Numbers): Symbolic {
    const bytes = new Uint8Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer);
    const text =
      data.length < LARGE ? Buffer.from(bytes).toString('latin1') : createHash('sha256').update(bytes).digest('hex');
    const key = `${type}:${shape}:${text}`;
    const known = this.constants.get(key);
    if (known) return known;
    const made = this.add({ op: 'Const', attributes: { dtype: { type }, value: { tensor: { type, shape, bytes } } } });
    this.constants.set(key, made);
    return made;
  }

  private execute(op: string, attributes: readonly EagerAttribute[], ids: readonly number[]): EagerOutput[] {
    const definition = this.definitions.get(op);
    if (!definition) throw new Untraceable(`the library has no op ${op}`);
    if (definition.stateful) throw new Untraceable(`${op} gives other numbers at each call`);
    const inputs = ids.map((id) => this.symbolic(id));
    const said: Record<string, Attribute> = {};
    for (const attribute of attributes)
      if (definition.attributes.has(attribute.name)) said[attribute.name] = attributeOf(attribute);
    for (const { attribute, from, input, inputs: declared } of definition.inferred) {
      if (attribute in said) continue;
      said[attribute] = from === 'type' ? { type: inputs[input]?.type ?? FLOAT } : { int: ids.length - declared + 1 };
    }
    const refs = inputs.map(({ ref }) => ref);
    return this.addAll(op, grouped(definition, refs), said).map((symbolic) => this.hand(symbolic));
  }
}

function isEqual(a: Attribute | undefined, b: Attribute | undefined): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  const bytesOf = (one: Attribute) => ('tensor' in one ? one.tensor.bytes : attributeProto(one));
  return Buffer.compare(bytesOf(a), bytesOf(b)) === 0;
}

/** Nodes are named by their places. */
const nameAt = (place: number): string => `n${place}`;
const placeOf = (ref: string): number => Number(nodeOf(ref).slice(1));

/** Inputs as the op declares them: what is one list stands together. */
function grouped({ lists }: OpDefinition, inputs: string[]): (string | string[])[] {
  const list = lists.indexOf(true);
  if (list < 0) return inputs;
  const length = inputs.length - (lists.length - 1);
  return [...inputs.slice(0, list), inputs.slice(list, list + length), ...inputs.slice(list + length)];
}

const attributes = new Map<string, Attribute>();

/** One object for equal attributes, so that each is encoded once. */
function attributeOf(eager: EagerAttribute): Attribute {
  const key = `${eager.type}:${JSON.stringify(eager.value)}`;
  const known = attributes.get(key) ?? newAttribute(eager);
  attributes.set(key, known);
  return known;
}

function newAttribute({ name, type, value }: EagerAttribute): Attribute {
  switch (type) {
    case 0:
      return { text: value as string | string[] };
    case 1:
      return { int: value as number | number[] };
    case 2:
      return { float: value as number | number[] };
    case 3:
      return { bool: Array.isArray(value) ? value.map(Boolean) : Boolean(value) };
    case 4:
      return { type: value as number | number[] };
    case 5:
      return { shape: value as number[] };
    default:
      throw new Untraceable(`attribute ${name} is of an unknown type`);
  }
}
