import { beforeAll, expect, it } from 'vitest';
import type { EngineHost, StepCompiler, StepSession } from '@/lib/engine/host';
import { runTraining } from '@/lib/engine/run-training';
import { kinds } from '@/lib/nodes/kinds.generated';
import { nodeDatasets } from '@/server/domain/datasets/open-dataset';
import { ensureEngine } from '@/server/engine/install-engine';
import { openNodeHost } from '@/server/engine/node-host';
import { mlpDocument, programOf } from '@/tests/helpers/programs';

const full = process.env.NETLOOM_FULL === '1';
const ITERATIONS = full ? 100_000 : 2_000;

let host: EngineHost & { compiler: StepCompiler };
beforeAll(async () => {
  await ensureEngine();
  const native = await openNodeHost({ threads: 1, datasets: nodeDatasets() });
  if (!native.compiler) throw new Error('the native engine compiles steps');
  host = { ...native, compiler: native.compiler };
}, 300_000);

/** The host, and what its run has open: sessions, and graphs in them. */
function counted(): { host: EngineHost; open: { sessions: number; graphs: number } } {
  const open = { sessions: 0, graphs: 0 };
  const { compiler } = host;
  const openSession: StepCompiler['open'] = (options) => {
    const session = compiler.open(options);
    open.sessions++;
    const watched: Partial<StepSession> = {
      compile(step, example) {
        open.graphs++;
        return session.compile(step, example);
      },
      dispose() {
        open.sessions--;
        session.dispose();
      },
    };
    return new Proxy(session, {
      get: (of, name) => Reflect.get(watched, name) ?? Reflect.get(of, name).bind(of),
    });
  };
  return { host: { ...host, compiler: { ...compiler, open: openSession } }, open };
}

it(`${ITERATIONS.toLocaleString('en')} iterations with validation and checkpoints hold no more at their end than at their start`, async () => {
  const program = programOf(
    mlpDocument('iris', 'features', [8, 3], {
      batch: 32,
      dropout: 0.2,
      training: { lengthBy: 'iterations', iterations: ITERATIONS, validate: ITERATIONS / 20 },
    }),
  );
  const before = host.tf.memory().numTensors;
  const { host: watched, open } = counted();
  const held: { iteration: number; tensors: number; sessions: number; graphs: number }[] = [];
  const resident: number[] = [];
  const items = runTraining(program, watched, {
    kinds,
    seed: 1,
    metricsEvery: ITERATIONS / 40,
    checkpointEvery: ITERATIONS / 20,
  });
  for await (const item of items) {
    if (item.kind !== 'event' || item.event.type !== 'metrics' || item.event.iteration < ITERATIONS / 10) continue;
    held.push({ iteration: item.event.iteration, tensors: host.tf.memory().numTensors - before, ...open });
    resident.push(process.memoryUsage().rss);
  }
  const [first, last] = [held[0], held.at(-1)];
  expect(last?.iteration).toBe(ITERATIONS - 1);
  for (const moment of held) expect({ ...moment, iteration: 0 }).toEqual({ ...first, iteration: 0 });
  expect(first?.sessions).toBe(1);
  expect([open.sessions, host.tf.memory().numTensors - before]).toEqual([0, 0]);
  const megabytes = (bytes = 0): number => Math.round(bytes / 2 ** 20);
  console.log(`resident: ${megabytes(resident[0])} MB after a tenth, ${megabytes(resident.at(-1))} MB at the end`);
}, 600_000);
