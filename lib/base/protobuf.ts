/** Just enough of the protocol buffer wire format to write graphs and to read op definitions (protobuf.dev, encoding). */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Writes one message; fields in the order of the calls. */
export class ProtoWriter {
  private readonly parts: Uint8Array[] = [];
  private size = 0;

  private push(bytes: Uint8Array): this {
    this.parts.push(bytes);
    this.size += bytes.length;
    return this;
  }

  /** int32, int64, enum and bool fields; negative numbers as ten bytes of two's complement. */
  int(field: number, value: number | boolean): this {
    return this.push(varint(field << 3)).push(varint(Number(value)));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.push(varint((field << 3) | 5)).push(bytes);
  }

  bytes(field: number, value: Uint8Array): this {
    return this.push(varint((field << 3) | 2))
      .push(varint(value.length))
      .push(value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  message(field: number, write: (inner: ProtoWriter) => void): this {
    const inner = new ProtoWriter();
    write(inner);
    return this.bytes(field, inner.finish());
  }

  finish(): Uint8Array {
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/** Fields of a message: numbers of varints, bytes of all that is length-delimited; fixed-size fields are skipped. */
export function* readFields(data: Uint8Array): Generator<{ field: number; number: number; bytes: Uint8Array }> {
  const none = new Uint8Array(0);
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = data[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < data.length) {
    const tag = next();
    const field = Math.floor(tag / 8);
    const wire = tag % 8;
    if (wire === 0) yield { field, number: next(), bytes: none };
    else if (wire === 2) {
      const length = next();
      yield { field, number: 0, bytes: data.subarray(at, at + length) };
      at += length;
    } else at += wire === 5 ? 4 : 8;
  }
}

export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);
