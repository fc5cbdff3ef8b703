import { ProtoWriter } from '@/lib/base/protobuf';

/**
 * A ConfigProto (config.proto, rewriter_config.proto): how many threads one op may use, and ops one after the other on the
 * calling thread; the executor for that costs a fraction of the usual one for each op. On a GPU the usual one is needed.
 * TensorFlow's optimiser looks at a graph once, and not for what it has not (loops, functions) or need not have: layouts
 * matter to a GPU alone, and no more memory is wanted than there is. That halves the time to the first result.
 */
export function sessionConfig({ threads, gpu }: { threads: number; gpu: boolean }): Uint8Array {
  const [INTRA_OP, INTER_OP, GPU, SOFT_PLACEMENT, GRAPH, EXPERIMENTAL] = [2, 5, 6, 7, 10, 16];
  const [ALLOW_GROWTH, EXECUTOR] = [4, 3];
  const config = new ProtoWriter().int(INTRA_OP, threads).int(INTER_OP, 1).int(SOFT_PLACEMENT, true);
  const [REWRITE, LAYOUT, MEMORY, LOOPS, FUNCTIONS, ITERATIONS] = [10, 1, 4, 9, 10, 12];
  const [OFF, NONE, ONCE] = [2, 1, 1];
  config.message(GRAPH, (graph) =>
    graph.message(REWRITE, (rewrite) => {
      if (!gpu) rewrite.int(LAYOUT, OFF);
      rewrite.int(MEMORY, NONE).int(LOOPS, OFF).int(FUNCTIONS, OFF).int(ITERATIONS, ONCE);
    }),
  );
  if (gpu) config.message(GPU, (options) => options.int(ALLOW_GROWTH, true));
  else config.message(EXPERIMENTAL, (options) => options.text(EXECUTOR, 'SINGLE_THREADED_EXECUTOR'));
  return config.finish();
}
