import path from 'node:path';
import { EngineUnavailable } from './engine-problem';
import { extractZip } from './extract-zip';
import type { Release, Wheel } from './release';

const HEADER =
  /^tensorflow\/include\/((?:tensorflow\/c\/(?:c_api|c_api_macros|kernels|ops|tf_attrtype|tf_buffer|tf_datatype|tf_status|tf_tensor|tf_tstring)|tensorflow\/c\/eager\/c_api|tensorflow\/c\/experimental\/stream_executor\/stream_executor|tensorflow\/core\/common_runtime\/next_pluggable_device\/c\/tf_rendezvous_c_api|tsl\/platform\/platform|(?:tensorflow\/core|tsl)\/platform\/ctstring(?:_internal)?|xla\/tsl\/c\/tsl_status)\.h)$/;
const CUDA_FILE = /^nvidia\/[^/]+\/(?:lib\/[^/]*\.so[^/]*|bin\/ptxas|nvvm\/libdevice\/.*)$/;

/** Which members of TensorFlow's wheel an engine needs, and where they go below its folder. */
const tensorflowMember = (release: Release) => (name: string) => {
  const library = name.startsWith('tensorflow/') ? name.slice('tensorflow/'.length) : '';
  if (release.libraries.includes(library)) return `tensorflow/${library}`;
  const header = HEADER.exec(name)?.[1];
  return header === undefined ? null : `include/${header}`;
};

/** Extracts what the engine needs of a wheel: libraries and the C headers, or the CUDA libraries of a part. */
export async function extractWheel(release: Release, wheel: Wheel, file: string, stage: string): Promise<void> {
  const main = wheel === release.tensorflow;
  const member = main ? tensorflowMember(release) : (name: string) => (CUDA_FILE.test(name) ? name : null);
  const names = await extractZip(file, (name) => {
    const below = member(name);
    return below === null ? null : path.join(stage, below);
  }).catch((error: unknown) => {
    throw new EngineUnavailable({
      code: 'wheel',
      message: `The wheel of ${wheel.requirement} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      fix: 'Try again: npm run engine:install',
    });
  });
  const missing = main ? release.libraries.filter((library) => !names.includes(`tensorflow/${library}`)) : [];
  if (missing.length > 0) {
    throw new EngineUnavailable({
      code: 'wheel',
      message: `The wheel of ${wheel.requirement} does not hold ${missing.join(' and ')}.`,
      fix: 'Report this: the pinned wheel has changed.',
    });
  }
}
