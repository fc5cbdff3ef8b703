import type { Json } from '@/lib/base/json';
import type { VariableId } from '@/lib/compile/program';
import type { HostTensor } from '@/lib/nodes/kind';
import { type GraphLayer, type KerasGraph, kerasWeight } from '../keras-graph';

/** One entry of a weights manifest. */
export type WeightSpec = { name: string; shape: number[]; dtype: 'float32' };

/** The model as TensorFlow.js' layers format tells it: Keras 2's config, weights by name in one buffer. */
export interface TfjsModel {
  topology: Json;
  specs: WeightSpec[];
  data: Uint8Array;
}

/** Topology and weights of `model.json`. */
export function makeTfjsModel(graph: KerasGraph, weights: Record<VariableId, HostTensor>): TfjsModel {
  const specs: WeightSpec[] = [];
  const parts: Float32Array[] = [];
  for (const layer of graph.layers)
    for (const index of layer.weights.keys()) {
      const { data, shape } = kerasWeight(layer, index, weights);
      specs.push({ name: `${layer.name}/${weightName(layer, index)}`, shape, dtype: 'float32' });
      parts.push(Float32Array.from(data));
    }
  return { topology: topologyOf(graph), specs, data: joined(parts) };
}

function topologyOf(graph: KerasGraph): Json {
  return {
    keras_version: '2.15.0',
    backend: 'tensorflow',
    model_config: {
      class_name: 'Functional',
      config: {
        name: graph.name,
        trainable: true,
        layers: graph.layers.map((layer) => ({
          class_name: layer.tfjs.className ?? layer.className,
          name: layer.name,
          config: tfjsConfig(layer),
          inbound_nodes:
            layer.className === 'InputLayer'
              ? []
              : layer.calls.map((call) => call.inputs.map((from) => [from.layer, from.call, from.tensor ?? 0, {}])),
        })),
        input_layers: graph.inputs.map(({ name }) => [name, 0, 0]),
        output_layers: graph.outputs.map(({ from }) => [from.layer, from.call, from.tensor ?? 0]),
      },
    },
  };
}

/** Names that TensorFlow.js spells otherwise replace those of Keras. */
function tfjsConfig(layer: GraphLayer): Json {
  if (layer.className === 'InputLayer') return { ...layer.tfjs.config, name: layer.name };
  const { negative_slope: _, ...config } = layer.config;
  const base = layer.className === 'LeakyReLU' ? config : layer.config;
  // The weights come along: how they were first drawn, which TensorFlow.js spells in its own way, can stay behind.
  const told = Object.entries({ ...base, ...layer.tfjs.config }).filter(([key]) => !key.endsWith('_initializer'));
  return { ...Object.fromEntries(told), name: layer.name, trainable: true, dtype: 'float32' };
}

const WEIGHT_NAMES: Record<string, string[]> = {
  DepthwiseConv2D: ['depthwise_kernel', 'bias'],
  Embedding: ['embeddings'],
  LSTM: ['kernel', 'recurrent_kernel', 'bias'],
  GRU: ['kernel', 'recurrent_kernel', 'bias'],
  SimpleRNN: ['kernel', 'recurrent_kernel', 'bias'],
  PReLU: ['alpha'],
  SeparableConv2D: ['depthwise_kernel', 'pointwise_kernel', 'bias'],
};

/** TensorFlow.js finds weights by these names; a variable's own slot where the two agree. */
function weightName(layer: GraphLayer, index: number): string {
  const slot = layer.weights[index]?.split('#').at(-1) ?? '';
  // Of the two layers within, which are called after the direction and the `name` in the config.
  if (layer.className === 'Bidirectional') return slot.replace(/^(forward|backward)_/, '$1_layer/');
  return WEIGHT_NAMES[layer.className]?.[index] ?? slot;
}

function joined(parts: Float32Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(new Uint8Array(part.buffer), at);
    at += part.byteLength;
  }
  return all;
}
