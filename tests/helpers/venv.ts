import { PEERS, type PythonEnvironment, pythonEnvironment } from '@/server/engine/python-environment';

let peers: Promise<PythonEnvironment> | undefined;

/**
 * Runs a Python script beside TensorFlow, Keras, h5py, ONNX and ONNX Runtime (fetched once into the user's cache, 1.6 GB
 * on disk) and answers the JSON of its last line of output. Give a suite's first call ten minutes: see `preparePeers`.
 */
export async function runPython(script: string, args: string[] = []): Promise<unknown> {
  peers ??= pythonEnvironment(PEERS);
  return (await peers).runJson(script, args);
}

/** For `beforeAll(preparePeers, PEERS_TIMEOUT)`. */
export async function preparePeers(): Promise<void> {
  peers ??= pythonEnvironment(PEERS);
  await peers;
}

export const PEERS_TIMEOUT = 900_000;
