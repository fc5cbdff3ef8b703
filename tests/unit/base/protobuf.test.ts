import { expect, test } from 'vitest';
import { ProtoWriter, readFields, textOf } from '@/lib/base/protobuf';

// Bytes from the encoding's own documentation (protobuf.dev, encoding), and two's complement for negative numbers.
test.each([
  [150, [0x08, 0x96, 0x01]],
  [0, [0x08, 0x00]],
  [127, [0x08, 0x7f]],
  [-1, [0x08, ...Array.from({ length: 9 }, () => 0xff), 0x01]],
  [-2, [0x08, 0xfe, ...Array.from({ length: 8 }, () => 0xff), 0x01]],
  [2 ** 35, [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
])('%i as a varint', (value, bytes) => {
  expect([...new ProtoWriter().int(1, value).finish()]).toEqual(bytes);
});

test('messages within messages are read as they were written', () => {
  const long = 'x'.repeat(300);
  const written = new ProtoWriter()
    .text(2, 'testing')
    .message(3, (inner) => inner.int(1, 7).message(4, (innermost) => innermost.text(1, long)))
    .float(5, 1.5)
    .finish();
  expect([...written.slice(0, 9)]).toEqual([0x12, 7, ...new TextEncoder().encode('testing')]);
  const [text, message] = [...readFields(written)];
  expect(textOf(text?.bytes ?? new Uint8Array())).toBe('testing');
  const [number, innermost] = [...readFields(message?.bytes ?? new Uint8Array())];
  expect([number?.field, number?.number]).toEqual([1, 7]);
  expect(textOf([...readFields(innermost?.bytes ?? new Uint8Array())][0]?.bytes ?? new Uint8Array())).toBe(long);
  expect([...written.slice(-5)]).toEqual([0x2d, 0, 0, 0xc0, 0x3f]);
});
