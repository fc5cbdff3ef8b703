import type { Json } from '@/lib/base/json';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { KerasGraph } from '../keras-graph';

/** Layers of TensorFlow.js 4.22 that mean the same as those of Keras 3 (its Conv3DTranspose does not, with padding or wide strides). */
const KNOWN = new Set(
  `Activation Add Average AveragePooling1D AveragePooling2D AveragePooling3D BatchNormalization Bidirectional Concatenate
  Conv1D Conv2D Conv2DTranspose Conv3D ConvLSTM2D Cropping2D Dense DepthwiseConv2D Dot Dropout ELU
  Embedding Flatten GRU GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D
  GlobalMaxPooling2D InputLayer LSTM LayerNormalization LeakyReLU Masking MaxPooling1D MaxPooling2D MaxPooling3D Maximum
  Minimum Multiply PReLU Permute ReLU RepeatVector Rescaling Reshape SeparableConv2D SimpleRNN Softmax SpatialDropout1D
  TimeDistributed UpSampling2D ZeroPadding2D`.split(/\s+/),
);

/** Whether TensorFlow.js 4.22 has this layer. */
export const isTfjsLayer = (className: string): boolean => KNOWN.has(className);

/** Settings that TensorFlow.js lacks or understands otherwise. */
const LACKING: Record<string, (config: Record<string, Json>) => string | null> = {
  Conv1D: ({ padding }) => (padding === 'causal' ? 'it cannot pad causally' : null),
  GRU: ({ reset_after }) => (reset_after === true ? 'its GRU cannot reset after the product' : null),
  UpSampling2D: ({ interpolation }) =>
    interpolation === 'bilinear' ? 'it interpolates between other points than Keras' : null,
};

/** What stands in the way of the layers format: each layer that has no equal in TensorFlow.js, by its node. */
export function tfjsProblems(graph: KerasGraph): Diagnostic[] {
  const layers = graph.layers.flatMap((layer) => {
    const className = layer.tfjs.className ?? layer.className;
    const known = layer.operation
      ? 'it has no functions beside its layers'
      : isTfjsLayer(className)
        ? LACKING[className]?.(layer.config)
        : `it has no layer ${className}`;
    const told = layer.calls.some(({ form, outputs }) => form !== undefined || outputs.length > 1);
    const reason = known ?? layer.tfjs.unsupported ?? (told ? 'it takes or gives several tensors' : null);
    return reason ? [problem(`“${layer.name}” cannot be exported to TensorFlow.js: ${reason}`, layer.at)] : [];
  });
  const inputs = graph.inputs
    .filter(({ spec }) => spec.shape?.length === 1)
    .map(({ name }) =>
      problem(
        `The input “${name}” is a single number for each example, which TensorFlow.js does not take: it wants a list`,
        {},
      ),
    );
  return [...layers, ...inputs];
}

const problem = (message: string, at: Diagnostic['at']): Diagnostic => ({
  code: 'export-unsupported',
  severity: 'error',
  message: `${message}. Export to Keras, or replace it.`,
  at,
});
