import { required } from '@/lib/base/invariant';
import type { HostTensor, OnnxLoop } from '@/lib/nodes/kind';
import { type NodeAttribute, type OnnxNode, type OnnxTensor, type OnnxType, tensorBytes } from './onnx-proto';

/**
 * An ONNX graph while it is written. Transpositions in a row become one or none, equal constants are one, and what
 * nobody reads in the end is left out.
 */
export class OnnxGraph {
  private nodes: OnnxNode[] = [];
  private readonly tensors = new Map<string, OnnxTensor>();
  private readonly names = new Set<string>();
  private readonly made = new Map<string, OnnxNode>();

  /** Part of the names of the nodes that follow: the op's name. */
  scope = '';

  /** A name like this one that nothing else has. */
  take(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.names.has(name); number++) name = `${wanted}_${number}`;
    this.names.add(name);
    return name;
  }

  node(type: string, inputs: string[], attributes: Record<string, NodeAttribute> = {}): string {
    const [source = ''] = inputs;
    if (type === 'Transpose' && Array.isArray(attributes.perm))
      return this.transpose(source, attributes.perm.map(Number));
    return required(this.many(type, inputs, attributes, 1)[0], 'an output');
  }

  transpose(source: string, order: number[]): string {
    const before = this.made.get(source);
    const perm = before?.type === 'Transpose' ? (before.attributes.perm as number[]) : null;
    const [whole, from] = perm
      ? [order.map((axis) => required(perm[axis], 'an axis')), required(before?.inputs[0], 'an input')]
      : [order, source];
    if (whole.every((axis, at) => axis === at)) return from;
    return required(this.many('Transpose', [from], { perm: whole }, 1)[0], 'an output');
  }

  many(type: string, inputs: string[], attributes: Record<string, NodeAttribute>, outputs: number): string[] {
    const name = this.take(this.scope ? `${this.scope}/${type}` : type);
    const results = Array.from({ length: outputs }, (_, at) => (at === 0 ? name : this.take(`${name}.${at}`)));
    const node = { name, type, inputs, outputs: results, attributes };
    this.nodes.push(node);
    for (const result of results) this.made.set(result, node);
    return results;
  }

  /** A scan along axis 1; nodes that `step` adds stand inside. */
  scan({ states, series, backwards = false, step }: OnnxLoop): { states: string[]; outputs: string[] } {
    const outside = this.nodes;
    this.nodes = [];
    const inputs = [...states, ...series].map(() => this.take(`${this.scope}/step`));
    const made = step(inputs.slice(0, states.length), inputs.slice(states.length));
    // A body's outputs are made in it, each once.
    const outputs = [...made.states, ...made.outputs].map((value) => this.many('Identity', [value], {}, 1)[0] ?? '');
    const body = { name: this.take(`${this.scope}/body`), inputs, outputs, nodes: this.nodes };
    this.nodes = outside;
    const axes = (of: readonly unknown[]) => of.map(() => 1);
    const results = this.many(
      'Scan',
      [...states, ...series],
      {
        body: { graph: body },
        num_scan_inputs: series.length,
        scan_input_axes: axes(series),
        scan_input_directions: series.map(() => (backwards ? 1 : 0)),
        scan_output_axes: axes(made.outputs),
      },
      outputs.length,
    );
    return { states: results.slice(0, states.length), outputs: results.slice(states.length) };
  }

  constant(values: readonly number[], shape: number[], type: OnnxType): string {
    const key = `${type} ${shape.join()} ${values.map((value) => (Object.is(value, -0) ? '-0' : value)).join()}`;
    return this.tensor(key, 'constant', () => ({ bytes: tensorBytes(values, type), shape, type }));
  }

  /** `key`: which weights are the same. */
  weight(key: string, name: string, make: () => HostTensor): string {
    return this.tensor(key, name, () => {
      const { data, shape } = make();
      const type = data instanceof Int32Array ? 'int32' : data instanceof Uint8Array ? 'uint8' : 'float32';
      return { bytes: tensorBytes(data, type), shape, type };
    });
  }

  private tensor(key: string, wanted: string, make: () => Omit<OnnxTensor, 'name'>): string {
    const known = this.tensors.get(key) ?? { ...make(), name: this.take(wanted) };
    this.tensors.set(key, known);
    return known.name;
  }

  /** The nodes and weights that lead to these values, which take the names of the outputs. */
  finish(outputs: { value: string; name: string }[]): { nodes: OnnxNode[]; weights: OnnxTensor[] } {
    const renamed = new Map<string, string>();
    this.scope = '';
    for (const { value, name } of outputs) {
      // Inputs, weights, and values that are an output already keep their name.
      if (this.made.has(value) && !renamed.has(value)) renamed.set(value, name);
      else
        this.nodes.push({
          name: this.take('Identity'),
          type: 'Identity',
          inputs: [value],
          outputs: [name],
          attributes: {},
        });
    }
    const named = (value: string) => renamed.get(value) ?? value;
    const read = new Set(outputs.map(({ name }) => name));
    const kept: OnnxNode[] = [];
    for (const node of [...this.nodes].reverse()) {
      const results = node.outputs.map(named);
      if (!results.some((result) => read.has(result))) continue;
      const inputs = node.inputs.map(named);
      for (const value of inputs) read.add(value);
      for (const { graph } of bodiesOf(node))
        for (const inner of graph.nodes) for (const value of inner.inputs) read.add(value);
      kept.push({ ...node, inputs, outputs: results });
    }
    return { nodes: kept.reverse(), weights: [...this.tensors.values()].filter(({ name }) => read.has(name)) };
  }
}

const bodiesOf = ({ attributes }: OnnxNode) =>
  Object.values(attributes).filter((value) => typeof value === 'object' && 'graph' in value);
