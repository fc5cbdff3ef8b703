import { ProtoWriter } from '@/lib/base/protobuf';

/** An attribute of a node; arrays are lists. Enumerations of types are TensorFlow's numbers (types.proto). */
export type Attribute =
  | { text: string | string[] }
  | { int: number | number[] }
  | { float: number | number[] }
  | { bool: boolean | boolean[] }
  | { type: number | number[] }
  | { shape: number[] }
  | { tensor: { type: number; shape: number[]; bytes: Uint8Array } };

/** `inputs`: `node`, `node:1`, or `^node` for one that only has to come before. */
export interface GraphNode {
  name: string;
  op: string;
  inputs: string[];
  attributes: Record<string, Attribute>;
}

/** Written as by a recent producer, so that the library applies no legacy rules. */
const PRODUCER = 2000;

/** A GraphDef protocol buffer (graph.proto, node_def.proto, attr_value.proto, tensor.proto). */
export function writeGraph(nodes: readonly GraphNode[]): Uint8Array {
  const graph = new ProtoWriter();
  for (const node of nodes) {
    graph.message(1, (out) => {
      out.text(1, node.name).text(2, node.op);
      for (const input of node.inputs) out.text(3, input);
      for (const [name, value] of Object.entries(node.attributes))
        out.message(5, (entry) => entry.text(1, name).bytes(2, attributeProto(value)));
    });
  }
  return graph.message(4, (versions) => versions.int(1, PRODUCER)).finish();
}

const protos = new WeakMap<Attribute, Uint8Array>();

/** An AttrValue protocol buffer; one for each attribute object. */
export function attributeProto(value: Attribute): Uint8Array {
  const known = protos.get(value);
  if (known) return known;
  const out = new ProtoWriter();
  writeAttribute(out, value);
  const proto = out.finish();
  protos.set(value, proto);
  return proto;
}

function writeAttribute(out: ProtoWriter, value: Attribute): void {
  if ('shape' in value) out.message(7, (shape) => writeShape(shape, value.shape));
  else if ('tensor' in value) {
    const { type, shape, bytes } = value.tensor;
    out.message(8, (tensor) =>
      tensor
        .int(1, type)
        .message(2, (inner) => writeShape(inner, shape))
        .bytes(4, bytes),
    );
  } else if ('text' in value) each(out, value.text, (to, item) => to.text(2, item));
  else if ('int' in value) each(out, value.int, (to, item) => to.int(3, item));
  else if ('float' in value) each(out, value.float, (to, item) => to.float(4, item));
  else if ('bool' in value) each(out, value.bool, (to, item) => to.int(5, item));
  else each(out, value.type, (to, item) => to.int(6, item));
}

function each<T>(out: ProtoWriter, value: T | T[], write: (to: ProtoWriter, item: T) => void): void {
  if (!Array.isArray(value)) write(out, value);
  else
    out.message(1, (list) => {
      for (const item of value) write(list, item);
    });
}

function writeShape(out: ProtoWriter, shape: readonly number[]): void {
  for (const size of shape) out.message(2, (dimension) => dimension.int(1, size));
}
