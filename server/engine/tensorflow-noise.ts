import { type Readable, Transform, type TransformCallback } from 'node:stream';

/** Lines that TensorFlow and its CUDA parts print on stderr however they are configured; they tell a user nothing. */
const NOISE = [
  /oneDNN custom operations are on/,
  /rebuild TensorFlow with the appropriate compiler flags/,
  /This TensorFlow binary is optimized/,
  /Unable to register cu\w+ (?:factory|plugin)/i,
  /computation_placer already registered/,
  /All log messages before absl::InitializeLog/,
  /failed call to cuInit|Could not find cuda drivers|could not find cuda drivers/,
  /MLIR V1 optimization pass is not enabled/,
  /\[DEP0(?:044|051)\]|Use `node --trace-deprecation/,
  /^To enable (?:the following|them)/,
  /^=+$|^Hi, looks like you are running TensorFlow\.js in Node/,
];

export const isTensorflowNoise = (line: string): boolean => NOISE.some((pattern) => pattern.test(line));

/** A text without those lines. */
export const withoutTensorflowNoise = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !isTensorflowNoise(line))
    .join('\n');

/** Passes a child's stderr on, line by line, without those lines. */
export function filterTensorflowNoise(stderr: Readable): Readable {
  let rest = '';
  return stderr.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done: TransformCallback) {
        const lines = (rest + chunk.toString('utf8')).split('\n');
        rest = lines.pop() ?? '';
        const kept = lines.filter((line) => !isTensorflowNoise(line));
        done(null, kept.length === 0 ? undefined : `${kept.join('\n')}\n`);
      },
      flush(done: TransformCallback) {
        done(null, rest === '' || isTensorflowNoise(rest) ? undefined : rest);
      },
    }),
  );
}
