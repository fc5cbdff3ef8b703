import { existsSync } from 'node:fs';
import { EngineUnavailable } from './engine-problem';
import { type Release, releaseFor, type Variant } from './release';

/** An NVIDIA driver is loaded on this machine. */
export const hasGpu = (): boolean =>
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  (existsSync('/proc/driver/nvidia/version') || existsSync('/dev/nvidiactl'));

/** `2.36`, or null on musl and on other systems. */
function glibcVersion(): string | null {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime ?? null;
}

const unsupported = (message: string): EngineUnavailable =>
  new EngineUnavailable({
    code: 'platform',
    message,
    fix: 'Networks train on the WebAssembly engine here, several times slower; for the native one run Netloom on 64-bit Linux with glibc 2.27 or newer, or on a Mac with Apple silicon.',
  });

/** The release that fits this machine. Throws `EngineUnavailable` where there is none. */
export function releaseHere(variant: Variant): Release {
  const platform = `${process.platform}-${process.arch}`;
  const release = releaseFor(platform, variant);
  if (!release) throw unsupported(`There is no native ${variant.toUpperCase()} engine for ${platform}.`);
  if (process.platform === 'linux') {
    const version = glibcVersion();
    if (version === null)
      throw unsupported('This Linux uses musl instead of glibc, for which there is no native engine.');
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major < 2 || (major === 2 && minor < 27)) throw unsupported(`glibc ${version} is older than 2.27.`);
  }
  return release;
}
