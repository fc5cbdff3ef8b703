import type { Block, BlockPort } from '@/lib/graph/document';
import { SHARED } from '@/lib/nodes/common/ports';
import type { PortFace } from '@/lib/nodes/kind';

/** Ports of an instance are those of its block, with `weights` in and out unless the block names its own. */
export function blockPorts(block: Block): { inputs: PortFace[]; outputs: PortFace[] } {
  const own = (ports: BlockPort[]): PortFace[] =>
    ports.map((port) => ({
      id: port.id,
      title: port.name || port.id,
      type: port.type,
      ...(port.optional ? { optional: true as const } : {}),
    }));
  const [inputs, outputs] = [own(block.inputs), own(block.outputs)];
  if (!inputs.some((port) => port.id === 'weights'))
    inputs.push({ id: 'weights', title: SHARED, type: 'weights', optional: true });
  if (!outputs.some((port) => port.id === 'weights'))
    outputs.push({ id: 'weights', title: 'Weights', type: 'weights' });
  return { inputs, outputs };
}
