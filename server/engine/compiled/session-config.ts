import { ProtoWriter } from '@/lib/base/protobuf';

/** Threads that one op may use, and how many ops may compute at once. */
export interface Shares {
  threads: number;
  atOnce: number;
}

/**
 * How a session computes: a ConfigProto (config.proto, rewriter_config.proto) and the RunOptions of each call. Where ops run one
 * after the other they do so on the calling thread; the executor for that costs a fraction of the usual one for each op. On a GPU
 * the usual executor is needed, and one op at a time is enough.
 * TensorFlow's optimiser looks at a graph once, and not for what it has not (loops, functions) or need not have: layouts
 * matter to a GPU alone, and no more memory is wanted than there is. That halves the time to the first result.
 */
export function sessionOptions(where: Shares & { gpu: boolean }): { config: Uint8Array; call: Uint8Array } {
  const { threads, gpu } = where;
  const atOnce = gpu ? 1 : where.atOnce;
  const [INTRA_OP, INTER_OP, GPU, SOFT_PLACEMENT, OWN_THREADS, GRAPH, EXPERIMENTAL] = [2, 5, 6, 7, 9, 10, 16];
  const [ALLOW_GROWTH, EXECUTOR] = [4, 3];
  const config = new ProtoWriter().int(INTRA_OP, threads).int(INTER_OP, atOnce).int(SOFT_PLACEMENT, true);
  // Else the first session of the process says for all how many there are.
  if (atOnce > 1) config.int(OWN_THREADS, true);
  const [REWRITE, LAYOUT, MEMORY, LOOPS, FUNCTIONS, ITERATIONS] = [10, 1, 4, 9, 10, 12];
  const [OFF, NONE, ONCE] = [2, 1, 1];
  config.message(GRAPH, (graph) =>
    graph.message(REWRITE, (rewrite) => {
      if (!gpu) rewrite.int(LAYOUT, OFF);
      rewrite.int(MEMORY, NONE).int(LOOPS, OFF).int(FUNCTIONS, OFF).int(ITERATIONS, ONCE);
    }),
  );
  if (gpu) config.message(GPU, (options) => options.int(ALLOW_GROWTH, true));
  else if (atOnce === 1) config.message(EXPERIMENTAL, (options) => options.text(EXECUTOR, 'SINGLE_THREADED_EXECUTOR'));
  const [THREAD_POOL, CALLERS_OWN] = [3, -1];
  const call = new ProtoWriter();
  if (atOnce === 1) call.int(THREAD_POOL, CALLERS_OWN);
  return { config: config.finish(), call: call.finish() };
}
