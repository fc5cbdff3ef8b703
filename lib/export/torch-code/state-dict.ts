import { strToU8, zipSync } from 'fflate';
import type { HostTensor } from '@/lib/nodes/kind';

/**
 * A state_dict as `torch.save` writes it and `torch.load(…, weights_only=True)` reads it: a ZIP without compression that
 * holds a pickle of names, shapes and references to the numbers, and the numbers (PyTorch's serialization notes;
 * Python's pickletools lists the codes).
 */
export function writeStateDict(state: Record<string, HostTensor>, savedAt: Date): Uint8Array {
  const tensors = Object.entries(state);
  const data = tensors.map(([, { data }], at): [string, Uint8Array] => [
    `archive/data/${at}`,
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  ]);
  return zipSync(
    {
      'archive/data.pkl': pickleOf(tensors),
      'archive/byteorder': strToU8('little'),
      ...Object.fromEntries(data),
      'archive/version': strToU8('3\n'),
    },
    { level: 0, mtime: savedAt },
  );
}

/** `OrderedDict` of name → `_rebuild_tensor_v2(storage, 0, shape, strides, False, OrderedDict())`. */
function pickleOf(tensors: [string, HostTensor][]): Uint8Array {
  const out = new PickleWriter();
  out.protocol().emptyOrderedDict().mark();
  for (const [at, [name, { data, shape }]] of tensors.entries()) {
    out.text(name).global('torch._utils', '_rebuild_tensor_v2').mark();
    const storage =
      data instanceof Int32Array ? 'IntStorage' : data instanceof Uint8Array ? 'ByteStorage' : 'FloatStorage';
    out
      .mark()
      .text('storage')
      .global('torch', storage)
      .text(String(at))
      .text('cpu')
      .int(data.length)
      .tuple()
      .persistent();
    out.int(0);
    out.mark();
    for (const dim of shape) out.int(dim);
    out.tuple().mark();
    for (const [axis] of shape.entries()) out.int(shape.slice(axis + 1).reduce((product, dim) => product * dim, 1));
    out.tuple().falsehood().emptyOrderedDict().tuple().reduce();
  }
  return out.setItems().stop();
}

/** The few codes of pickle protocol 2 that a state_dict needs. */
class PickleWriter {
  private readonly bytes: number[] = [];

  private push(...bytes: number[]): this {
    this.bytes.push(...bytes);
    return this;
  }

  protocol = () => this.push(0x80, 2);
  mark = () => this.push(0x28);
  tuple = () => this.push(0x74);
  reduce = () => this.push(0x52);
  falsehood = () => this.push(0x89);
  persistent = () => this.push(0x51);
  setItems = () => this.push(0x75);
  emptyOrderedDict = () => this.global('collections', 'OrderedDict').push(0x29, 0x52);

  global(module: string, name: string): this {
    return this.push(0x63, ...strToU8(`${module}\n${name}\n`));
  }

  text(text: string): this {
    const utf8 = strToU8(text);
    return this.push(0x58, ...int32(utf8.length), ...utf8);
  }

  int(value: number): this {
    return this.push(0x4a, ...int32(value));
  }

  stop(): Uint8Array {
    return Uint8Array.from([...this.bytes, 0x2e]);
  }
}

const int32 = (value: number): Uint8Array => new Uint8Array(Int32Array.of(value).buffer);
