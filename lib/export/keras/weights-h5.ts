import type { Group } from 'h5wasm';
import { required } from '@/lib/base/invariant';
import type { VariableId } from '@/lib/compile/program';
import type { HostTensor } from '@/lib/nodes/kind';
import { type KerasGraph, kerasWeight } from '../keras-graph';

/**
 * `model.weights.h5` of a `.keras` file: `layers/<key>/vars/<i>`, where the key is the snake-cased class, numbered in
 * the order of `model.layers`. Written in memory; no file is touched.
 */
export async function writeWeightsH5(graph: KerasGraph, weights: Record<VariableId, HostTensor>): Promise<Uint8Array> {
  const { default: h5wasm } = await import('h5wasm');
  const { FS } = await h5wasm.ready;
  const file = `netloom-${graph.name}.h5`;
  const h5 = new h5wasm.File(file, 'w');
  try {
    h5.create_group('vars');
    const layers = h5.create_group('layers');
    for (const [key, layer] of keyedLayers(graph)) {
      if (layer.weights.length === 0) continue;
      const group = layers.create_group(key);
      const places = new Map<string, { vars: Group; count: number }>();
      for (const index of layer.weights.keys()) {
        const { data, shape } = kerasWeight(layer, index, weights);
        for (const path of required(layer.weightsAt[index], 'places of a weight')) {
          const place = places.get(path) ?? { vars: groupAt(group, path, layer.name), count: 0 };
          places.set(path, place);
          const name = String(place.count++);
          place.vars.create_dataset({ name, data: Float32Array.from(data), shape, dtype: '<f' });
        }
      }
    }
    h5.flush();
  } finally {
    h5.close();
  }
  const bytes = Uint8Array.from(FS.readFile(file) as Uint8Array);
  FS.unlink(file);
  return bytes;
}

/** The group at a path, made where it is missing. Keras writes the layer's name beside the weights. */
function groupAt(layer: Group, path: string, name: string): Group {
  const vars = path
    .split('/')
    .reduce((parent, part) => (parent.get(part) as Group | null) ?? parent.create_group(part), layer);
  vars.create_attribute('name', name);
  return vars;
}

/** Layers by the key under which Keras stores them: `conv2d`, `conv2d_1`, `input_layer` … */
export function keyedLayers(graph: KerasGraph): [string, KerasGraph['layers'][number]][] {
  const used = new Map<string, number>();
  const layers = graph.layers.filter(({ operation }) => operation === undefined);
  return layers.map((layer) => {
    const base = snakeCase(layer.className);
    const times = used.get(base) ?? 0;
    used.set(base, times + 1);
    return [times === 0 ? base : `${base}_${times}`, layer];
  });
}

/** Keras' own rule (`keras.src.utils.naming`): `Conv2DTranspose` → `conv2d_transpose`, `ReLU` → `re_lu`. */
export const snakeCase = (className: string): string =>
  className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
