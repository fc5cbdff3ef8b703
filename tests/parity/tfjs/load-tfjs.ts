import * as tfjs from '@tensorflow/tfjs';
import { unzipSync } from 'fflate';
import type { HostTensor } from '@/lib/nodes/kind';

/** Loads an exported ZIP in TensorFlow.js, as a page would, and predicts; inputs by name. */
export async function predictWithTfjs(zip: Uint8Array, inputs: Record<string, HostTensor>): Promise<HostTensor> {
  const members = unzipSync(zip);
  const bytes = (member: string) => Buffer.from(members[member] ?? []);
  const { modelTopology, weightsManifest } = JSON.parse(bytes('model.json').toString('utf8'));
  const weightData = Uint8Array.from(Buffer.concat(weightsManifest[0].paths.map(bytes))).buffer;
  await tfjs.setBackend('cpu');
  const model = await tfjs.loadLayersModel(
    tfjs.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
  );
  const given = model.inputNames.map((name) => {
    const tensor = inputs[name];
    if (!tensor) throw new Error(`no input ${name}`);
    return tfjs.tensor(tensor.data, tensor.shape, tensor.data instanceof Int32Array ? 'int32' : 'float32');
  });
  const result = model.predict(given) as tfjs.Tensor;
  const answer = { data: result.dataSync() as Float32Array, shape: result.shape };
  tfjs.dispose([...given, result]);
  model.dispose();
  return answer;
}
