import os from 'node:os';

/** Threads that a run uses where nobody says otherwise: all cores of this machine. */
export const defaultThreads = (): number => os.availableParallelism();

/**
 * Variables that TensorFlow reads once, when it is loaded: thread counts (a run's numbers are the same bit for bit only
 * at one thread count), a pool of threads for each session, so that small steps may use one only, an allocator that keeps
 * its pages (asking the system for them anew was a tenth of a convolutional network's time), quiet logs, and the same
 * kernels on every processor (compiled steps name oneDNN's where they pay). Put them into a child's environment.
 */
export const engineEnvironment = (threads: number): Record<string, string> => ({
  ...threadEnvironment(threads),
  TF_OVERRIDE_GLOBAL_THREADPOOL: '1',
  TF_CPU_ALLOCATOR_USE_BFC: '1',
  TF_ENABLE_ONEDNN_OPTS: '0',
  TF_CPP_MIN_LOG_LEVEL: '3',
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
});

export const threadEnvironment = (threads: number): Record<string, string> => ({
  TF_NUM_INTRAOP_THREADS: String(threads),
  TF_NUM_INTEROP_THREADS: String(threads),
});
