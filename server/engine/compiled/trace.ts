import type { Attribute, GraphNode } from './graph-def';
import type { OpDefinitions } from './op-definitions';

/** TensorFlow's type numbers that are used here (types.proto). */
const FLOAT = 1;
const INT32 = 3;

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

/** Why tensor code cannot become a graph; it then runs eagerly. */
export class Untraceable extends Error {}

interface Known {
  node: string;
  type: number;
  shape: number[];
  /** Values of small integer constants, such as axes. */
  values?: number[];
}

/**
 * Records the ops that run while it listens, as nodes of a graph. Handles of the binding stand for tensors: inputs become
 * placeholders, what the code uploads meanwhile becomes constants, and reading a traced value is refused, since it would
 * bake one iteration's number in.
 */
export class Trace {
  readonly nodes: GraphNode[] = [];
  private readonly known = new Map<number, Known>();
  private readonly constants = new Map<string, string>();
  private readonly baked = new Set<number>();

  constructor(private readonly definitions: OpDefinitions) {}

  input(id: number, type: number, shape: number[]): string {
    const node = this.add('Placeholder', [], { dtype: { type }, shape: { shape } });
    this.known.set(id, { node, type, shape });
    return node;
  }

  /** The node (and output) that makes a handle. */
  nodeOf(id: number): string {
    const known = this.known.get(id);
    if (!known) throw new Untraceable('it uses a tensor that was made before the step');
    return known.node;
  }

  onCreate(id: number, shape: number[], type: number, data: unknown): void {
    if (!ArrayBuffer.isView(data)) throw new Untraceable('it works with text');
    const bytes = new Uint8Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));
    const key = `${type}:${shape}:${Buffer.from(bytes).toString('latin1')}`;
    let node = this.constants.get(key);
    if (node === undefined) {
      node = this.add('Const', [], { dtype: { type }, value: { tensor: { type, shape, bytes } } });
      this.constants.set(key, node);
    }
    const known: Known = { node, type, shape };
    if (type === INT32 && data instanceof Int32Array && data.length <= 8) known.values = [...data];
    this.known.set(id, known);
    this.baked.add(id);
  }

  onRead(id: number): void {
    if (this.known.has(id) && !this.baked.has(id)) throw new Untraceable('it reads a value back while it computes');
  }

  onOp(
    op: string,
    attributes: readonly EagerAttribute[],
    inputs: readonly number[],
    outputs: readonly EagerOutput[],
  ): void {
    const definition = this.definitions.get(op);
    if (!definition) throw new Untraceable(`the library has no op ${op}`);
    if (definition.stateful) throw new Untraceable(`${op} gives other numbers at each call`);
    const said: Record<string, Attribute> = {};
    for (const attribute of attributes)
      if (definition.attributes.has(attribute.name)) said[attribute.name] = attributeOf(attribute);
    for (const { attribute, from, input, inputs: declared } of definition.inferred) {
      if (attribute in said) continue;
      const type = this.known.get(inputs[input] ?? -1)?.type;
      said[attribute] = from === 'type' ? { type: type ?? FLOAT } : { int: inputs.length - declared + 1 };
    }
    const node = this.addFused(op, inputs, said);
    for (const [index, { id, dtype, shape }] of outputs.entries())
      this.known.set(id, { node: index ? `${node}:${index}` : node, type: dtype, shape });
  }

  /** Sums with a vector along the last axis become BiasAdd and BiasAddGrad, which TensorFlow fuses with what precedes. */
  private addFused(op: string, ids: readonly number[], attributes: Record<string, Attribute>): string {
    const inputs = ids.map((id) => this.nodeOf(id));
    const [first, second] = ids.map((id) => this.known.get(id));
    const float = 'T' in attributes && (attributes.T as { type: number }).type === FLOAT;
    if (float && first && second && first.shape.length >= 2 && first.shape.length <= 5) {
      const type: Record<string, Attribute> = { T: { type: FLOAT } };
      const last = first.shape.at(-1);
      if (op === 'AddV2' && second.shape.length === 1 && second.shape[0] === last)
        return this.add('BiasAdd', inputs, type);
      const keeps = attributes.keep_dims !== undefined && (attributes.keep_dims as { bool: boolean }).bool;
      const axes = second.values;
      const allButLast = axes?.length === first.shape.length - 1 && axes.every((axis, index) => axis === index);
      if (op === 'Sum' && !keeps && allButLast) return this.add('BiasAddGrad', inputs.slice(0, 1), type);
    }
    return this.add(op, inputs, attributes);
  }

  private add(op: string, inputs: string[], attributes: Record<string, Attribute>): string {
    const name = `n${this.nodes.length}`;
    this.nodes.push({ name, op, inputs, attributes });
    return name;
  }
}

function attributeOf({ name, type, value }: EagerAttribute): Attribute {
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
