import { required } from '@/lib/base/invariant';
import { isMerge } from '../keras/keras-config';
import type { GraphLayer, KerasGraph, LayerCall, TensorRef } from '../keras-graph';
import { pythonLiteral, pythonName, pythonString } from '../python-text';
import { layerCode, operationCode } from './layer-code';

/** The body of `build_model`: one line a layer, in the order in which data flows; without indentation. */
export function modelCode(graph: KerasGraph): string[] {
  const layers = new Map(graph.layers.map((layer) => [layer.name, layer]));
  const lines = graph.inputs.map(({ name }) => {
    const { batch_shape: shape, dtype } = layers.get(name)?.config ?? {};
    const kind = dtype === 'float32' ? '' : `, dtype=${pythonLiteral(dtype ?? null)}`;
    const sizes = Array.isArray(shape) ? shape.slice(1) : [];
    return `${pythonName(name)} = keras.Input(shape=${sizes.length === 0 ? '()' : pythonLiteral(sizes)}${kind}, name=${pythonString(name)})`;
  });
  const declared = new Set<string>();
  for (const { layer, call } of inDataOrder(graph, layers)) {
    if (layer.className === 'InputLayer') continue;
    const made = required(layer.calls[call], `call ${call} of ${layer.name}`);
    const argument = argumentsOf(layer, made);
    const result = made.outputs.map((_, tensor) => variable({ layer: layer.name, call, tensor })).join(', ');
    if (layer.operation) lines.push(`${result} = ${operationCode(layer, argument)}`);
    else if (layer.calls.length === 1) lines.push(`${result} = ${layerCode(layer)}(${argument})`);
    else {
      const shared = `${pythonName(layer.name)}_layer`;
      if (!declared.has(layer.name)) lines.push(`${shared} = ${layerCode(layer)}  # used ${layer.calls.length} times`);
      declared.add(layer.name);
      lines.push(`${result} = ${shared}(${argument})`);
    }
  }
  const list = (items: string[]) => (items.length === 1 ? items[0] : `[${items.join(', ')}]`);
  const inputs = list(graph.inputs.map(({ name }) => pythonName(name)));
  const outputs = list(graph.outputs.map(({ from }) => variable(from)));
  return [...lines, `return keras.Model(inputs=${inputs}, outputs=${outputs}, name=${pythonString(graph.name)})`];
}

/** What stands between the brackets of a call. */
function argumentsOf(layer: GraphLayer, { inputs, form }: LayerCall): string {
  const sources = inputs.map((ref) => variable(ref));
  if (!form) return isMerge(layer) || sources.length > 1 ? `[${sources.join(', ')}]` : sources.join(', ');
  const at = (index: number): string => required(sources[index], `argument ${index} of ${layer.name}`);
  const taken = (of: number | number[]): string => (Array.isArray(of) ? `[${of.map(at).join(', ')}]` : at(of));
  return [
    ...form.args.map(taken),
    ...Object.entries(form.named).map(([name, of]) => `${name}=${taken(of)}`),
    ...Object.entries(form.set).map(([name, value]) => `${name}=${pythonLiteral(value)}`),
  ].join(', ');
}

/** `conv1`; a shared layer's later results are `conv1_call2` and so on, further outputs `lstm1_out2`. */
const variable = ({ layer, call, tensor = 0 }: TensorRef): string =>
  `${pythonName(layer)}${call === 0 ? '' : `_call${call + 1}`}${tensor === 0 ? '' : `_out${tensor + 1}`}`;

/** Every call after those that it needs: a depth-first walk from the outputs, with its own stack. */
function inDataOrder(graph: KerasGraph, layers: Map<string, GraphLayer>): { layer: GraphLayer; call: number }[] {
  const order: { layer: GraphLayer; call: number }[] = [];
  const seen = new Set<string>();
  for (const { from } of graph.outputs) {
    const stack: { ref: TensorRef; ready: boolean }[] = [{ ref: from, ready: false }];
    for (let item = stack.pop(); item; item = stack.pop()) {
      const { ref, ready } = item;
      const layer = layers.get(ref.layer);
      if (!layer) continue;
      if (ready) {
        order.push({ layer, call: ref.call });
        continue;
      }
      const key = `${ref.layer} ${ref.call}`;
      if (seen.has(key)) continue;
      seen.add(key);
      stack.push({ ref, ready: true });
      for (const source of [...(layer.calls[ref.call]?.inputs ?? [])].reverse())
        stack.push({ ref: source, ready: false });
    }
  }
  return order;
}
