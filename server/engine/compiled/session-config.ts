import { ProtoWriter } from '@/lib/base/protobuf';

/**
 * A ConfigProto (config.proto): how many threads one op may use, and ops one after the other on the calling thread; the
 * executor for that costs a fraction of the usual one for each op. On a GPU the usual one is needed.
 */
export function sessionConfig({ threads, gpu }: { threads: number; gpu: boolean }): Uint8Array {
  const [INTRA_OP, INTER_OP, GPU, SOFT_PLACEMENT, EXPERIMENTAL] = [2, 5, 6, 7, 16];
  const [ALLOW_GROWTH, EXECUTOR] = [4, 3];
  const config = new ProtoWriter().int(INTRA_OP, threads).int(INTER_OP, 1).int(SOFT_PLACEMENT, true);
  if (gpu) config.message(GPU, (options) => options.int(ALLOW_GROWTH, true));
  else config.message(EXPERIMENTAL, (options) => options.text(EXECUTOR, 'SINGLE_THREADED_EXECUTOR'));
  return config.finish();
}
