import type { EngineName } from '@/lib/engine/host';
import type { Length } from '@/lib/graph/set-length';
import { UsageError } from '../exit-code';
import { parseOptions, wholeNumber } from '../options';
import { namedPaths, userPath } from '../user-path';

/** What the command line of `train` asks for; paths are absolute. */
export interface TrainOptions {
  source: string | undefined;
  length: Length | undefined;
  batch: number | undefined;
  seed: number | undefined;
  engine: EngineName | 'auto';
  threads: number | undefined;
  data: Record<string, string>;
  assets: Record<string, string>;
  resume: string | undefined;
  /** Folder of the run to leave, and where; its last checkpoint where nothing is said. */
  branch: { folder: string; iteration: number | undefined } | undefined;
  out: string | undefined;
  preset: string | undefined;
  json: boolean;
}

const ENGINES = ['auto', 'tensorflow', 'wasm', 'cpu'] as const;

function lengthOf(epochs: number | undefined, iterations: number | undefined): Length | undefined {
  if (epochs !== undefined && iterations !== undefined)
    throw new UsageError('Give --epochs or --iterations, not both.');
  if (epochs !== undefined) return { epochs };
  return iterations === undefined ? undefined : { iterations };
}

/** `RUN_DIR` or `RUN_DIR@ITERATION`. */
function branchOf(text: string): TrainOptions['branch'] {
  const [, folder = text, iteration] = /^(.+)@(\d+)$/.exec(text) ?? [];
  return { folder: userPath(folder), iteration: wholeNumber('branch', iteration, 1) };
}

/** Throws `UsageError` where something does not make sense. */
export function trainOptions(args: string[]): TrainOptions {
  const { values, positionals } = parseOptions(args, {
    epochs: { type: 'string' },
    iterations: { type: 'string' },
    batch: { type: 'string' },
    seed: { type: 'string' },
    engine: { type: 'string', default: 'auto' },
    threads: { type: 'string' },
    data: { type: 'string', multiple: true, default: [] },
    asset: { type: 'string', multiple: true, default: [] },
    resume: { type: 'string' },
    branch: { type: 'string' },
    out: { type: 'string' },
    preset: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const engine = ENGINES.find((name) => name === values.engine);
  if (!engine) throw new UsageError(`--engine is one of ${ENGINES.join(', ')}, got “${values.engine}”.`);
  const [source] = positionals;
  if (positionals.length > 1) throw new UsageError('Give one document.');
  if (source === undefined && values.resume === undefined && values.branch === undefined)
    throw new UsageError('Say what to train.');
  const fixed = (['epochs', 'iterations', 'batch', 'preset', 'out', 'branch'] as const).find(
    (name) => values[name] !== undefined,
  );
  if (values.resume !== undefined && (source !== undefined || fixed !== undefined || values.quick))
    throw new UsageError(
      '--resume goes on with the document, length and settings that the run began with; leave out the rest.',
    );
  return {
    source,
    length: lengthOf(wholeNumber('epochs', values.epochs, 1), wholeNumber('iterations', values.iterations, 1)),
    batch: wholeNumber('batch', values.batch, 1),
    seed: wholeNumber('seed', values.seed),
    engine,
    threads: wholeNumber('threads', values.threads, 1),
    data: namedPaths('data', values.data, 'fashion-mnist=/data/fashion'),
    assets: namedPaths('asset', values.asset, 'encoder=encoder.safetensors'),
    resume: values.resume === undefined ? undefined : userPath(values.resume),
    branch: values.branch === undefined ? undefined : branchOf(values.branch),
    out: values.out === undefined ? undefined : userPath(values.out),
    preset: values.quick ? 'quick' : values.preset,
    json: values.json,
  };
}
