import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { filterTensorflowNoise, withoutTensorflowNoise } from '@/server/engine/tensorflow-noise';

const NOISE = 'I0000 00:00:1795486888.230774 port.cc:153] oneDNN custom operations are on. You may see …';

describe("TensorFlow's chatter on stderr", () => {
  it('is taken out of a stream, however its lines are cut into pieces', async () => {
    const whole = `first\n${NOISE}\nlast without newline`;
    const pieces = [whole.slice(0, 3), whole.slice(3, 40), whole.slice(40)].map((piece) => Buffer.from(piece));
    expect(await text(filterTensorflowNoise(Readable.from(pieces)))).toBe('first\nlast without newline');
  });

  it('leaves real errors', () => {
    const error = 'Error: OOM when allocating tensor with shape[100000,100000]';
    expect(withoutTensorflowNoise(`${NOISE}\n${error}`)).toBe(error);
  });
});
