import { required } from '@/lib/base/invariant';
import type { HostTensor } from '@/lib/nodes/kind';
import { DOCUMENT_KEY } from '../embed-document';
import type { Exporter } from '../exporter';
import { modelCard } from '../model-card';
import { functionOf, refuse } from '../refusal';
import { writeSafetensors } from './write-safetensors';

/**
 * The weights of a function alone, by the names that they have here (`generator/conv1/kernel`) and laid out as here, which
 * is as in Keras: kernels are `[height, width, in, out]` and `[in, out]`.
 */
export const exporter: Exporter = {
  format: 'safetensors',
  title: 'Safetensors',
  summary: 'The bare weights, laid out as in Keras, for JAX, NumPy, PyTorch and others.',
  extension: '.safetensors',
  mime: 'application/octet-stream',
  async export(input) {
    const asked = functionOf(input);
    if ('diagnostics' in asked) return asked;
    const { program, weights } = input;
    const inside = new Set(asked.fn.ops);
    const used = new Set(program.ops.flatMap(({ id, uses }) => (inside.has(id) ? Object.values(uses) : [])));
    const tensors: Record<string, HostTensor> = {};
    for (const { id, name, resets } of program.variables)
      if (used.has(id) && !resets) tensors[name] = required(weights[id], `weights ${id}`);
    if (Object.keys(tensors).length === 0) return refuse(`The function “${asked.fn.name}” has no weights to export.`);
    const spec = (value: string) => required(program.values[value], `spec of ${value}`);
    const card = modelCard(input, {
      inputs: asked.fn.inputs.map(({ name, value }) => ({ name, spec: spec(value) })),
      outputs: asked.fn.outputs.map(({ name, value }) => ({ name, spec: spec(value) })),
    });
    const metadata = { about: card.join('\n'), [DOCUMENT_KEY]: JSON.stringify(input.document) };
    return { bytes: writeSafetensors(tensors, metadata) };
  },
};
