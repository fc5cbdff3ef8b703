import { required } from '@/lib/base/invariant';
import type { Json } from '@/lib/base/json';
import type { GraphLayer, KerasGraph, LayerCall, TensorRef } from '../keras-graph';

/** `config.json` of a `.keras` file: a functional model in Keras 3's own form. */
export function kerasConfig(graph: KerasGraph): Json {
  const calls = new Map(graph.layers.map((layer) => [layer.name, layer.calls]));
  const tensor = (ref: TensorRef): Json => {
    const index = ref.tensor ?? 0;
    const { shape, dtype } = required(
      calls.get(ref.layer)?.[ref.call]?.outputs[index],
      `output ${index} of ${ref.layer}`,
    );
    return {
      class_name: '__keras_tensor__',
      config: { shape, dtype, keras_history: [ref.layer, ref.call, index] },
    };
  };
  const node = (layer: GraphLayer, call: LayerCall): Json => {
    const tensors = call.inputs.map(tensor);
    if (call.form) {
      const { args, named, set } = call.form;
      const at = (index: number): Json => tensors[index] ?? null;
      const taken = (of: number | number[]): Json => (Array.isArray(of) ? of.map(at) : at(of));
      const kwargs = Object.entries(named).map(([name, of]) => [name, taken(of)]);
      return { args: args.map(taken), kwargs: { ...Object.fromEntries(kwargs), ...set } };
    }
    // Merging layers take one list; all others take one tensor.
    return { args: tensors.length === 1 && !isMerge(layer) ? tensors : [tensors], kwargs: {} };
  };
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config: {
      name: graph.name,
      trainable: true,
      layers: graph.layers.map((layer) => ({
        module: layer.operation ? `keras.src.ops.${layer.operation}` : 'keras.layers',
        class_name: layer.className,
        config: { ...layer.config, name: layer.name },
        registered_name: null,
        name: layer.name,
        inbound_nodes: layer.className === 'InputLayer' ? [] : layer.calls.map((call) => node(layer, call)),
      })),
      input_layers: graph.inputs.map(({ name }) => [name, 0, 0]),
      output_layers: graph.outputs.map(({ from }) => [from.layer, from.call, from.tensor ?? 0]),
    },
    registered_name: 'Functional',
    build_config: { input_shape: null },
  };
}

const MERGES = new Set(['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Concatenate', 'Dot']);

/** Layers that are called with a list of tensors, even of one. */
export const isMerge = (layer: Pick<GraphLayer, 'className' | 'operation'>): boolean =>
  layer.operation === undefined && MERGES.has(layer.className);
