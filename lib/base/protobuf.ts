/** Just enough of the protocol buffer wire format to write graphs and to read op definitions (protobuf.dev, encoding). */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Writes one message; fields in the order of the calls. */
export class ProtoWriter {
  private written = new Uint8Array(64);
  private size = 0;

  /** int32, int64, enum and bool fields; negative numbers as ten bytes of two's complement. */
  int(field: number, value: number | boolean): this {
    return this.varint(field << 3).varint(Number(value));
  }

  float(field: number, value: number): this {
    this.varint((field << 3) | 5).reserve(4);
    new DataView(this.written.buffer).setFloat32(this.size, value, true);
    this.size += 4;
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.varint((field << 3) | 2)
      .varint(value.length)
      .reserve(value.length);
    this.written.set(value, this.size);
    this.size += value.length;
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  message(field: number, write: (inner: ProtoWriter) => void): this {
    const inner = new ProtoWriter();
    write(inner);
    return this.bytes(field, inner.written.subarray(0, inner.size));
  }

  finish(): Uint8Array {
    return this.written.slice(0, this.size);
  }

  private varint(value: number): this {
    this.reserve(10);
    let rest = value;
    let left = 10;
    // Of a negative number the bits above the 53rd are ones.
    for (; rest > 127 || rest < 0; rest = Math.floor(rest / 128)) {
      if (--left === 0) {
        this.written[this.size++] = 1;
        return this;
      }
      this.written[this.size++] = (((rest % 128) + 128) % 128) | 128;
    }
    this.written[this.size++] = rest;
    return this;
  }

  private reserve(more: number): void {
    const wanted = this.size + more;
    if (wanted <= this.written.length) return;
    const wider = new Uint8Array(Math.max(wanted, 2 * this.written.length));
    wider.set(this.written.subarray(0, this.size));
    this.written = wider;
  }
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
