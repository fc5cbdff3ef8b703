import os from 'node:os';

/** Threads that a run uses where nobody says otherwise: all cores of this machine. */
export const defaultThreads = (): number => os.availableParallelism();

/**
 * Variables that TensorFlow reads once, when it is loaded: thread counts (a run's numbers are the same bit for bit only
 * at one thread count) and quiet logs. Put them into a child's environment.
 */
export const engineEnvironment = (threads: number): Record<string, string> => ({
  TF_NUM_INTRAOP_THREADS: String(threads),
  TF_NUM_INTEROP_THREADS: String(threads),
  TF_CPP_MIN_LOG_LEVEL: '3',
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
});
