import type { Tensor } from '@/lib/nodes/kind';
import type { NativeTensorflow } from './load-native';

/**
 * Gather without reading the indices back to check them: TensorFlow checks them itself, and a value that is read back
 * could not be traced into a graph.
 */
export function installNativeGather({ tf, binding, backend }: NativeTensorflow): void {
  const types: Record<string, number> = {
    float32: binding.TF_FLOAT,
    int32: binding.TF_INT32,
    bool: binding.TF_BOOL,
    string: binding.TF_STRING,
  };
  const type = (name: string, dtype: string) => ({ name, type: binding.TF_ATTR_TYPE, value: types[dtype] });
  tf.unregisterKernel('GatherV2', 'tensorflow');
  tf.registerKernel({
    kernelName: 'GatherV2',
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs }) {
      const { x, indices } = inputs as Record<'x' | 'indices', Tensor>;
      const { axis, batchDims } = attrs as unknown as { axis: number; batchDims: number };
      const along = tf.scalar(axis, 'int32');
      const picked = backend.executeSingleOutput(
        'GatherV2',
        [
          { name: 'batch_dims', type: binding.TF_ATTR_INT, value: batchDims },
          type('Tparams', x.dtype),
          type('Tindices', indices.dtype),
          type('Taxis', 'int32'),
        ],
        [x, indices, along],
      );
      along.dispose();
      return picked;
    },
  });
}
