import ELK, { type ElkNode, type LayoutOptions } from 'elkjs/lib/elk.bundled.js';
import { required } from '@/lib/base/invariant';
import type { Drawing, Places } from './lay-out';

const OPTIONS: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.spacing.nodeNode': '40',
  'elk.layered.spacing.nodeNodeBetweenLayers': '64',
  'elk.spacing.edgeNode': '16',
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  // What has no wires comes in rows of its own below.
  'elk.separateConnectedComponents': 'true',
};

/** From here on fewer orders of each layer are tried: 1,500 dense nodes take 10 s of processor time instead of 17. */
const LARGE = 500;
const HASTE: LayoutOptions = {
  'elk.layered.thoroughness': '1',
  'elk.layered.crossingMinimization.greedySwitch.type': 'OFF',
};

/** Room for a frame's title above, and a margin around. */
const FRAME: LayoutOptions = { 'elk.padding': '[top=40,left=16,bottom=16,right=16]' };

/** The ends of a block stand at its borders. */
const ENDS: Readonly<Record<string, LayoutOptions>> = {
  $in: { 'elk.layered.layering.layerConstraint': 'FIRST' },
  $out: { 'elk.layered.layering.layerConstraint': 'LAST' },
};

const portId = (node: string, side: 'in' | 'out', handle: string): string => `${node} ${side} ${handle}`;

/** ELK's layers (C. D. Schulze, M. Spönemann, R. von Hanxleden, "Drawing layered graphs with port constraints", 2014). */
export async function layOutWithElk({ nodes, wires, frames }: Drawing): Promise<Places> {
  const haste = nodes.length > LARGE ? HASTE : {};
  const root: ElkNode = { id: '', layoutOptions: { ...OPTIONS, ...haste }, children: [], edges: [] };
  const areas = new Map<string | null, ElkNode>([[null, root]]);
  const framed = new Map<string, string>();
  for (const { id, nodes: held } of frames) {
    areas.set(id, { id: `frame ${id}`, layoutOptions: { ...FRAME, ...haste }, children: [] });
    for (const node of held) framed.set(node, id);
  }
  const areaOf = (frame: string | null): ElkNode => required(areas.get(frame), 'a frame stands on one that is there');
  for (const { id, within } of frames) areaOf(within).children?.push(areaOf(id));

  const known = new Set<string>();
  for (const { id, width, height, ports } of nodes) {
    areaOf(framed.get(id) ?? null).children?.push({
      id,
      width,
      height,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS', ...ENDS[id] },
      ports: ports.map(({ handle, side, y }) => {
        known.add(portId(id, side, handle));
        return {
          id: portId(id, side, handle),
          x: side === 'in' ? 0 : width,
          y,
          width: 0,
          height: 0,
          layoutOptions: { 'elk.port.side': side === 'in' ? 'WEST' : 'EAST' },
        };
      }),
    });
  }
  root.edges = wires
    .map(({ from, to }) => ({ source: portId(from[0], 'out', from[1]), target: portId(to[0], 'in', to[1]) }))
    .filter(({ source, target }) => known.has(source) && known.has(target))
    .map(({ source, target }, index) => ({ id: `wire ${index}`, sources: [source], targets: [target] }));

  const drawn = await new ELK().layout(root);
  const places: Places = { nodes: {}, frames: {} };
  // Children's places count from their parent's corner.
  const walk = (area: ElkNode, left: number, top: number): void => {
    for (const child of area.children ?? []) {
      const [x, y] = [left + (child.x ?? 0), top + (child.y ?? 0)];
      if (!child.children) places.nodes[child.id] = { x, y };
      else {
        places.frames[child.id.slice('frame '.length)] = { x, y, width: child.width ?? 0, height: child.height ?? 0 };
        walk(child, x, y);
      }
    }
  };
  walk(drawn, 0, 0);
  return places;
}
