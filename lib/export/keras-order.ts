import { required } from '@/lib/base/invariant';
import type { GraphLayer, TensorRef } from './keras-graph';

/**
 * The order of `model.layers` in a loaded functional model: by depth (the longest way to an output, inputs first), then
 * by the order in which a depth-first walk from the outputs meets them. Weights in a `.keras` file are found by this
 * order: two layers in the wrong order would swap theirs. After Keras 3's `map_graph`.
 */
export function inKerasOrder(
  layers: readonly GraphLayer[],
  outputs: readonly { from: TensorRef }[],
  inputs: readonly { name: string }[],
): GraphLayer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const keyOf = ({ layer, call }: TensorRef): string => `${layer} ${call}`;
  const sourcesOf = ({ layer, call }: TensorRef): TensorRef[] =>
    required(byName.get(layer)?.calls[call], `call ${call} of ${layer}`).inputs;

  const met = new Map<string, number>();
  const finished = new Set<string>();
  const inwards: TensorRef[] = [];
  // A walk with its own stack: deep networks must not overflow ours.
  const stack: { ref: TensorRef; next: number }[] = [];
  const enter = (ref: TensorRef): void => {
    if (finished.has(keyOf(ref))) return;
    if (!met.has(ref.layer)) met.set(ref.layer, met.size);
    stack.push({ ref, next: 0 });
  };
  for (const { from } of outputs) {
    enter(from);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const source = sourcesOf(top.ref)[top.next++];
      if (source) enter(source);
      else {
        stack.pop();
        if (finished.has(keyOf(top.ref))) continue;
        finished.add(keyOf(top.ref));
        inwards.push(top.ref);
      }
    }
  }

  const callDepth = new Map<string, number>();
  const layerDepth = new Map<string, number>();
  for (const ref of inwards.reverse()) {
    const depth = Math.max(callDepth.get(keyOf(ref)) ?? 0, layerDepth.get(ref.layer) ?? 0);
    layerDepth.set(ref.layer, depth);
    callDepth.set(keyOf(ref), depth);
    for (const source of sourcesOf(ref))
      callDepth.set(keyOf(source), Math.max(depth + 1, callDepth.get(keyOf(source)) ?? 0));
  }
  for (const { name } of inputs) {
    if (layerDepth.has(name)) continue;
    layerDepth.set(name, 0);
    met.set(name, -1);
  }
  const depthOf = (layer: GraphLayer): number => layerDepth.get(layer.name) ?? 0;
  const meetingOf = (layer: GraphLayer): number => met.get(layer.name) ?? 0;
  return layers
    .filter((layer) => layerDepth.has(layer.name))
    .sort((a, b) => depthOf(b) - depthOf(a) || meetingOf(a) - meetingOf(b));
}
