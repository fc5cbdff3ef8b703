import { ProtoWriter, readFields, textOf } from '@/lib/base/protobuf';
import type { HostTensor, OnnxAttribute } from '@/lib/nodes/kind';
import type { Dim, Dtype } from '@/lib/tensor/spec';

/** The messages of an ONNX file (onnx.proto, IR version 8), field by field. */

export type OnnxType = 'float32' | 'uint8' | 'int32' | 'int64' | 'bool';

export interface OnnxNode {
  name: string;
  type: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, NodeAttribute>;
}

/** Nodes inside a node, over float32 values. */
export interface OnnxBody {
  name: string;
  inputs: string[];
  outputs: string[];
  nodes: OnnxNode[];
}

export type NodeAttribute = OnnxAttribute | { graph: OnnxBody };

export interface OnnxTensor {
  name: string;
  type: OnnxType;
  shape: number[];
  bytes: Uint8Array;
}

export interface OnnxValue {
  name: string;
  dtype: Dtype;
  shape: readonly Dim[];
}

export interface OnnxModel {
  name: string;
  text: string;
  inputs: OnnxValue[];
  outputs: OnnxValue[];
  nodes: OnnxNode[];
  weights: OnnxTensor[];
  /** What runtimes pass on unread, by name. */
  metadata: Record<string, string>;
}

/** Old enough for runtimes from 2022 on, and the first that has layer normalisation. */
export const OPSET = 17;
const IR_VERSION = 8;

const TYPE_CODES: Record<OnnxType, number> = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 };

/** `metadata_props` of a model: entries of a key and a value. */
const METADATA = 14;

export function writeOnnx(model: OnnxModel): Uint8Array {
  const file = new ProtoWriter()
    .int(1, IR_VERSION)
    .text(2, 'Netloom')
    .text(6, model.text)
    .message(7, (graph) => {
      for (const node of model.nodes) graph.message(1, (inner) => writeNode(inner, node));
      graph.text(2, model.name);
      for (const tensor of model.weights) graph.message(5, (inner) => writeTensor(inner, tensor));
      for (const value of model.inputs) graph.message(11, (inner) => writeValue(inner, value));
      for (const value of model.outputs) graph.message(12, (inner) => writeValue(inner, value));
    })
    .message(8, (set) => set.text(1, '').int(2, OPSET));
  for (const [key, value] of Object.entries(model.metadata))
    file.message(METADATA, (entry) => entry.text(1, key).text(2, value));
  return file.finish();
}

/** Whether a file begins as those of ONNX do: with the version of the format, a small number. */
export const isOnnx = ([tag, version = 0]: Uint8Array): boolean => tag === 1 << 3 && version > 0 && version < 128;

/** What an ONNX file says of itself under a name, or null. Never throws: what is broken off or none has nothing. */
export function readOnnxMetadata(bytes: Uint8Array, key: string): string | null {
  for (const { field, bytes: entry } of readFields(bytes)) {
    if (field !== METADATA) continue;
    const texts = new Map([...readFields(entry)].map((part) => [part.field, textOf(part.bytes)]));
    if (texts.get(1) === key) return texts.get(2) ?? null;
  }
  return null;
}

function writeNode(out: ProtoWriter, node: OnnxNode): void {
  for (const name of node.inputs) out.text(1, name);
  for (const name of node.outputs) out.text(2, name);
  out.text(3, node.name).text(4, node.type);
  for (const [name, value] of Object.entries(node.attributes))
    out.message(5, (inner) => writeAttribute(inner, name, value));
}

function writeAttribute(out: ProtoWriter, name: string, value: NodeAttribute): void {
  out.text(1, name);
  if (typeof value === 'number') out.int(3, value).int(20, 2);
  else if (typeof value === 'string') out.text(4, value).int(20, 3);
  else if (Array.isArray(value)) {
    const texts = value.some((item) => typeof item === 'string');
    for (const item of value) {
      if (typeof item === 'string') out.text(9, item);
      else out.int(8, item);
    }
    out.int(20, texts ? 8 : 7);
  } else if ('float' in value) out.float(2, value.float).int(20, 1);
  else if ('graph' in value) out.message(6, (inner) => writeBody(inner, value.graph)).int(20, 5);
  else {
    for (const item of value.floats) out.float(7, item);
    out.int(20, 6);
  }
}

function writeBody(out: ProtoWriter, { name, nodes, inputs, outputs }: OnnxBody): void {
  for (const node of nodes) out.message(1, (inner) => writeNode(inner, node));
  out.text(2, name);
  // Without shapes: they follow from what goes in.
  const plain = (value: string) => (inner: ProtoWriter) =>
    inner.text(1, value).message(2, (type) => type.message(1, (tensor) => tensor.int(1, TYPE_CODES.float32)));
  for (const value of inputs) out.message(11, plain(value));
  for (const value of outputs) out.message(12, plain(value));
}

function writeTensor(out: ProtoWriter, { name, type, shape, bytes }: OnnxTensor): void {
  for (const dim of shape) out.int(1, dim);
  out.int(2, TYPE_CODES[type]).text(8, name).bytes(9, bytes);
}

function writeValue(out: ProtoWriter, { name, dtype, shape }: OnnxValue): void {
  out.text(1, name).message(2, (type) =>
    type.message(1, (tensor) => {
      tensor.int(1, TYPE_CODES[dtype as OnnxType]).message(2, (dims) => {
        for (const dim of shape)
          dims.message(1, (inner) => {
            if (typeof dim === 'number') inner.int(1, dim);
            else if (typeof dim === 'string') inner.text(2, dim);
          });
      });
    }),
  );
}

/** Little-endian bytes, as files hold them on every machine that runs this. */
export function tensorBytes(values: HostTensor['data'] | readonly number[], type: OnnxType): Uint8Array {
  if (type === 'int64') {
    const wide = BigInt64Array.from(values as readonly number[], (value) => BigInt(Math.trunc(value)));
    return new Uint8Array(wide.buffer);
  }
  const array =
    type === 'float32'
      ? Float32Array.from(values)
      : type === 'int32'
        ? Int32Array.from(values)
        : Uint8Array.from(values);
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
