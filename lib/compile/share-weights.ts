import { canonicalJson } from '@/lib/base/hash';
import type { Diagnostic, Place } from '@/lib/graph/diagnostic';
import type { EdgeId, GraphId } from '@/lib/graph/document';
import { SHARED } from '@/lib/nodes/common/ports';
import type { PlainParams, VariableDecl } from '@/lib/nodes/kind';
import { type Flat, type FlatInstance, type FlatNode, holderOf, placeOf, titleOf, wireInto } from './flat';
import type { Inferred } from './infer-specs';
import type { Path } from './program';

/** A moving average between a node and the variables at the root of its sharing chain. */
export interface Averaged {
  by: FlatNode;
  /** Where its variables for that node are: below the average, as those that it follows are below what is wired to it. */
  path: Path;
  name: string;
}

/** Whose variables each node with variables uses: its own path, or that of the root of its sharing chain. */
export interface Sharing {
  owners: Map<Path, Path>;
  /** Averages on the way, from the node to the root. */
  averages: Map<Path, Averaged[]>;
}

type Trail = { path: Path; via: Link | undefined; averages: Averaged[] } | { fault: 'circle' | 'gone'; via: Link };

/** The `weights` wire of a node, or of the innermost enclosing instance that has one. */
interface Link {
  from: Path;
  /** What the wire ends at, and what of its path lies further inside. */
  at: FlatNode | FlatInstance;
  edge: EdgeId;
}

/** Follows `weights` wires to their roots. Errors: `weights-cycle`, `weights-differ`, each once for each wire. */
export function shareWeights(
  flat: Flat,
  order: readonly FlatNode[],
  inferred: ReadonlyMap<Path, Inferred>,
): Sharing & { diagnostics: Diagnostic[] } {
  const owners = new Map<Path, Path>();
  const averages = new Map<Path, Averaged[]>();
  const diagnostics: Diagnostic[] = [];
  const blamed = new Set<string>();
  const blame = (link: Link, make: () => Diagnostic) => {
    const key = `${link.at.graph} ${link.edge}`;
    if (blamed.has(key)) return;
    blamed.add(key);
    diagnostics.push(make());
  };
  for (const node of order) {
    const declared = inferred.get(node.path)?.inference.variables ?? [];
    if (declared.length === 0) continue;
    const trail = rootOf(flat, node);
    if ('fault' in trail) {
      owners.set(node.path, node.path);
      blame(trail.via, () =>
        trail.fault === 'circle' ? circle(trail.via) : differs(trail.via, node, 'the same node'),
      );
      continue;
    }
    owners.set(node.path, trail.path);
    if (trail.path === node.path || !trail.via) continue;
    const { via } = trail;
    const root = flat.nodes.get(trail.path);
    const difference = root ? differenceOf(node, root, declared, inferred) : 'the same node';
    if (difference === null) {
      if (trail.averages.length > 0) averages.set(node.path, trail.averages);
      continue;
    }
    owners.set(node.path, node.path);
    if (!inferred.get(node.path)?.tainted) blame(via, () => differs(via, node, difference));
  }
  return { owners, averages, diagnostics };
}

function rootOf(flat: Flat, node: FlatNode): Trail {
  const seen = new Set<Path>([node.path]);
  const averages: Averaged[] = [];
  let path = node.path;
  let first: Link | undefined;
  for (;;) {
    const here = flat.nodes.get(path);
    const link = here ? linkOf(flat, here) : undefined;
    if (!here) return first ? { fault: 'gone', via: first } : { path: node.path, via: undefined, averages: [] };
    if (!link) return { path, via: first, averages };
    first ??= link;
    const inside = path.slice(link.at.path.length);
    const between: FlatNode[] = [];
    let { from } = link;
    for (let by = averageAt(flat, from); by; by = averageAt(flat, from)) {
      if (between.includes(by)) return { fault: 'circle', via: first };
      between.push(by);
      const source = wireInto(by, 'weights');
      // That nothing is wired to the average was said at its input.
      if (!source) return { path: node.path, via: undefined, averages: [] };
      from = source.from;
    }
    path = `${from}${inside}`;
    const name = (flat.nodes.get(path)?.name ?? '').slice((holderOf(flat, from)?.name ?? '').length);
    for (const by of between) averages.push({ by, path: `${by.path}${inside}`, name: `${by.name}${name}` });
    if (seen.has(path)) return { fault: 'circle', via: first };
    seen.add(path);
  }
}

function averageAt(flat: Flat, path: Path): FlatNode | undefined {
  const node = flat.nodes.get(path);
  return node?.face?.role === 'average' ? node : undefined;
}

function linkOf(flat: Flat, node: FlatNode): Link | undefined {
  const own = wireInto(node, 'weights');
  if (own) return { from: own.from, at: node, edge: own.edge };
  for (const scope of node.scopes) {
    const instance = holderOf(flat, scope);
    // A block may take `weights` as an argument of its own; then the wire is not about the whole instance.
    const wire = instance && isShared(instance) ? wireInto(instance, 'weights') : undefined;
    if (instance && wire) return { from: wire.from, at: instance, edge: wire.edge };
  }
  return undefined;
}

const isShared = (holder: FlatInstance | FlatNode): boolean =>
  holder.inputs.some((port) => port.id === 'weights' && port.title === SHARED);

/** What keeps two nodes from having the same variables, in words; null where nothing does. */
function differenceOf(
  node: FlatNode,
  root: FlatNode,
  declared: readonly VariableDecl[],
  inferred: ReadonlyMap<Path, Inferred>,
): string | null {
  if (node.node.kind !== root.node.kind) return `kind ${root.node.kind}`;
  if (canonicalJson(structuralParams(node)) !== canonicalJson(structuralParams(root))) {
    const [a, b] = [structuralParams(node), structuralParams(root)];
    const key = Object.keys(b).find((name) => canonicalJson(a[name]) !== canonicalJson(b[name])) ?? '';
    return `${root.face?.fields[key]?.title ?? key} ${JSON.stringify(b[key])}`;
  }
  const others = inferred.get(root.path)?.inference.variables ?? [];
  for (const variable of declared) {
    const other = others.find(({ slot }) => slot === variable.slot);
    if (other?.shape.join() !== variable.shape.join())
      return `${variable.slot} of shape ${other?.shape.join('×') ?? '?'} (here ${variable.shape.join('×')})`;
  }
  return null;
}

/** Params that decide shapes or the program: all but live numbers. */
export function structuralParams(node: Pick<FlatNode, 'face' | 'params'>): PlainParams {
  const known = structurals.get(node.params);
  if (known) return known;
  const structural: PlainParams = {};
  for (const [key, value] of Object.entries(node.params)) {
    const field = node.face?.fields[key];
    const live = field !== undefined && 'live' in field && field.live === true;
    if (!live || value === null) structural[key] = value;
  }
  structurals.set(node.params, structural);
  return structural;
}

const structurals = new WeakMap<PlainParams, PlainParams>();

const nameOf = (at: FlatNode | FlatInstance): string =>
  titleOf({ node: at.node, face: 'face' in at ? at.face : undefined });

const linkPlace = (link: Link): Place => placeOf(link.at, { port: 'weights', edge: link.edge });

const ownFix = (link: Link) => ({
  title: `Give ${nameOf(link.at)} weights of its own`,
  command: { do: 'remove-edge', graph: link.at.graph as GraphId, id: link.edge } as const,
});

function circle(link: Link): Diagnostic {
  return {
    code: 'weights-cycle',
    severity: 'error',
    message: `The weights of ${nameOf(link.at)} come round to itself, so nobody owns them. Remove one of the weights wires.`,
    at: linkPlace(link),
    fix: ownFix(link),
  };
}

function differs(link: Link, node: FlatNode, expected: string): Diagnostic {
  return {
    code: 'weights-differ',
    severity: 'error',
    message: `${nameOf(link.at)} cannot share these weights: ${titleOf(node)} would need ${expected} at the other end. Both ends must have the same kind, block and settings.`,
    at: linkPlace(link),
    expected,
    received: `${node.node.kind}`,
    fix: ownFix(link),
  };
}
