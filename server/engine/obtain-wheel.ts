import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { EngineUnavailable } from './engine-problem';
import { downloadWheel, noPip, type Pip } from './pip';
import type { Release, Wheel } from './release';

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

const wrongWheel = (message: string, fix: string) => new EngineUnavailable({ code: 'wheel', message, fix });

async function fetchFile(address: string, to: string): Promise<void> {
  const response = await fetch(address).catch((error: unknown) => {
    throw wrongWheel(`NETLOOM_TENSORFLOW_WHEEL cannot be fetched: ${String(error)}.`, 'Check the address.');
  });
  if (!response.ok || response.body === null)
    throw wrongWheel(`NETLOOM_TENSORFLOW_WHEEL answers with status ${response.status}.`, 'Check the address.');
  await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(to));
}

async function ownWheel(source: string, wheel: Wheel, folder: string): Promise<string> {
  let file = source;
  if (/^https?:\/\//.test(source)) {
    file = path.join(folder, 'tensorflow.whl');
    await fetchFile(source, file);
  }
  if (!existsSync(file))
    throw wrongWheel(
      `NETLOOM_TENSORFLOW_WHEEL names ${source}, which does not exist.`,
      'Correct the path or unset it.',
    );
  const found = await sha256(file);
  if (found === wheel.sha256) return file;
  throw wrongWheel(
    `NETLOOM_TENSORFLOW_WHEEL is not the expected file: its SHA-256 is ${found}, expected ${wheel.sha256}.`,
    `Get the wheel of ${wheel.requirement} for this platform and CPython 3.12 (cp312).`,
  );
}

/**
 * Gets one wheel of a release into the new folder `to`: from `NETLOOM_TENSORFLOW_WHEEL` (a path or an address; TensorFlow
 * itself only), else through pip. Its hash has been checked when this answers.
 */
export async function obtainWheel(
  release: Release,
  wheel: Wheel,
  pip: Pip | null,
  to: string,
  onFraction: (fraction: number) => void,
): Promise<string> {
  mkdirSync(to, { recursive: true });
  const own = process.env.NETLOOM_TENSORFLOW_WHEEL;
  if (own && wheel === release.tensorflow) return ownWheel(own, wheel, to);
  if (pip === null) throw noPip();
  const tags = release.tags.flatMap((tag) => ['--platform', tag]);
  const interpreter = ['--python-version', '312'];
  const abi = wheel === release.tensorflow ? ['--implementation', 'cp', '--abi', 'cp312'] : [];
  return downloadWheel(pip, wheel, to, [...tags, ...interpreter, ...abi], onFraction);
}
