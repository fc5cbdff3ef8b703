import type { BlockPort, PortId } from '@/lib/graph/document';
import type { Spec } from '@/lib/tensor/spec';
import type { Field } from '../field';
import type { FaceEnv, KerasEmission, PlainParams, PortFace, Tensor } from '../kind';
import { textOf } from './params';

/** The fields that name a caller's block and set its params. */
export const blockFields = (help: string): Record<string, Field> => ({
  block: { type: 'block', title: 'Block', default: '', essential: true, help },
  set: { type: 'json', title: 'Params', default: {}, help: 'Values for the params that the block exposes.' },
});

const portFace = ({ id, name, type, optional }: BlockPort): PortFace => ({
  id,
  title: name || id,
  type,
  ...(optional && { optional }),
});

const isTensor = ({ type }: { type: string }): boolean => type === 'tensor' || type === 'loss';

/** Inputs of the block as the caller's own; the first `given` tensors among them the caller makes itself. */
export function blockInputs(params: PlainParams, env: FaceEnv, given = 0): PortFace[] {
  const inputs = env.block(textOf(params, 'block'))?.inputs ?? [];
  const made = new Set(inputs.filter(isTensor).slice(0, given));
  return inputs.filter((input) => !made.has(input)).map(portFace);
}

export const blockOutputs = (params: PlainParams, env: FaceEnv): PortFace[] =>
  (env.block(textOf(params, 'block'))?.outputs ?? []).map(portFace);

/** Ports of the block that hold tensors, in its order. */
export function blockTensors(params: PlainParams, env: FaceEnv): { inputs: PortId[]; outputs: PortId[] } | undefined {
  const block = env.block(textOf(params, 'block'));
  const ids = (ports: BlockPort[]) => ports.filter(isTensor).map(({ id }) => id);
  return block && { inputs: ids(block.inputs), outputs: ids(block.outputs) };
}

/** What the block gives, by its outputs. */
export function resultsOf(inputs: Record<PortId, Spec[]>): Record<PortId, Spec> {
  const results: Record<PortId, Spec> = {};
  for (const [port, [spec]] of Object.entries(inputs))
    if (port.startsWith('$out.') && spec) results[port.slice(5)] = spec;
  return results;
}

/** The one tensor on each of the ports that are wired. */
export function tensorsOn(inputs: Record<PortId, Tensor[]>, ports: readonly PortId[]): Record<PortId, Tensor> {
  const tensors: Record<PortId, Tensor> = {};
  for (const port of ports) if (inputs[port]?.[0]) tensors[port] = inputs[port][0];
  return tensors;
}

export const NO_FILE_FORMAT = {
  unsupported: 'a file format has no function that calls a part of the network',
} satisfies KerasEmission;
