import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import { timeOf } from '@/lib/nodes/common/time-of';
import type { Face, PortFace } from '@/lib/nodes/kind';
import { type Flat, type FlatNode, isEntry, isResultPort, placeOf, titleOf } from './flat';
import type { Variables } from './make-variables';
import type { Path } from './program';

/** What stands in the block of a caller must be able to run at each call, and not look ahead where it is asked step by step. */
export function checkCalls(flat: Flat, { all, uses }: Pick<Variables, 'all' | 'uses'>): Diagnostic[] {
  const remembers = ({ path }: FlatNode): boolean =>
    Object.values(uses.get(path) ?? {}).some((id) => all.get(id)?.resets !== undefined);
  const fitted = new Set<Path>();
  for (const { id, role, init } of all.values())
    if (role === 'fitted' && init.by !== 'asset') fitted.add(id.slice(0, id.lastIndexOf('#')));
  const members = new Map<Path, FlatNode[]>();
  for (const node of flat.nodes.values())
    if (node.within !== undefined && !isEntry(node))
      members.set(node.within, [...(members.get(node.within) ?? []), node]);
  return [...members].flatMap(([path, inside]) => {
    const caller = flat.nodes.get(path);
    if (!caller) return [];
    const unfit = inside.filter((node) => node.face && !runsInside(node.face, caller));
    return [
      ...inside.filter(({ path: own }) => fitted.has(own)).map((node) => notFitted(node, caller)),
      ...unfit.map((node) => notCallable(node, caller)),
      ...(caller.face?.calls?.evaluates ? [] : inside.filter(remembers).map((node) => notOneBatch(node, caller))),
      ...(caller.face?.calls?.causal ? checkCausal(flat, caller, inside) : []),
    ];
  });
}

/** Ops, schedules and noise; host ops where the caller itself runs on the host. */
function runsInside(face: Face, caller: FlatNode): boolean {
  const onHost = caller.face?.host === true || caller.face?.role === 'source';
  if (face.role === 'op') return onHost || !face.host;
  return face.role === 'clock' || (face.role === 'source' && face.calls === undefined);
}

const notCallable = (node: FlatNode, caller: FlatNode): Diagnostic => ({
  code: 'not-callable',
  severity: 'error',
  message: `${titleOf(node)} cannot run inside ${titleOf(caller)}, which calls its block as a function from tensors to tensors. Move ${titleOf(node)} out of the block and wire its value in.`,
  at: placeOf(node),
  expected: 'layers, ops and losses',
  received: node.node.kind,
});

/** What it remembers of a batch goes on in the next iteration, not in the next call. */
const notOneBatch = (node: FlatNode, caller: FlatNode): Diagnostic => ({
  code: 'not-callable',
  severity: 'error',
  message: `${titleOf(node)} goes on where it stopped in the iteration before, but ${titleOf(caller)} calls its block with other examples. Let it begin at zero, or move it out of the block.`,
  at: placeOf(node, { param: 'stateful' }),
  expected: 'layers that begin at zero',
  received: 'a stateful layer',
  fix: {
    title: `Let ${node.node.name || node.id} begin at zero`,
    command: { do: 'set-param', graph: node.graph, id: node.id, param: 'stateful', value: false },
  },
});

/** What is fitted to the data is fitted outside, where the data is; inside it may be shared. */
const notFitted = (node: FlatNode, caller: FlatNode): Diagnostic => ({
  code: 'not-callable',
  severity: 'error',
  message: `${titleOf(node)} is fitted to the data, but inside ${titleOf(caller)} it never sees any. Use its block, or the same kind, before the data too and wire those weights in.`,
  at: placeOf(node),
  expected: 'weights shared with what is fitted outside',
  received: 'weights of its own',
});

/** The first op between the tokens and the result that lets a step see later ones. */
function checkCausal(flat: Flat, caller: FlatNode, inside: readonly FlatNode[]): Diagnostic[] {
  const { entry } = caller;
  const tokens = entry?.outputs[0]?.id;
  if (!entry || tokens === undefined) return [];
  const behind = nodesBehind(entry.path, tokens, inside);
  const before = nodesBefore(flat, caller);
  const node = inside.find((one) => behind.has(one.path) && before.has(one.path) && mixes(one));
  if (!node) return [];
  return [
    {
      code: 'not-causal',
      severity: 'error',
      message: `${titleOf(caller)} asks its block for one step after the other, but ${titleOf(node)} lets each step see those that come later. Use a causal mask or a recurrent layer in its place.`,
      at: placeOf(node),
      expected: 'ops that see only what came before',
      received: node.node.kind,
      ...causalFix(node),
    },
  ];
}

/** The one setting of a layer that keeps it from looking ahead: a causal mask, causal padding, reading forwards. */
function causalFix({ face, params, node, graph, id }: FlatNode): { fix?: Fix } {
  for (const [key, field] of Object.entries(face?.fields ?? {})) {
    const values =
      field.type === 'switch' ? [true, false] : field.type === 'choice' ? field.choices.map(({ value }) => value) : [];
    for (const value of values) {
      if (!face || value === params[key] || timeOf(face, { ...params, [key]: value }) === 'mixing') continue;
      const shown =
        field.type === 'choice' ? field.choices.find((choice) => choice.value === value)?.title : value ? 'on' : 'off';
      return {
        fix: {
          title: `Set ${field.title} of ${node.name || id} to ${shown}`,
          command: { do: 'set-param', graph, id, param: key, value },
        },
      };
    }
  }
  return {};
}

const mixes = ({ face, params }: FlatNode): boolean => face?.role === 'op' && timeOf(face, params) === 'mixing';

function nodesBehind(entry: Path, port: PortFace['id'], inside: readonly FlatNode[]): Set<Path> {
  const behind = new Set<Path>();
  for (let grown = true; grown; ) {
    const size = behind.size;
    for (const node of inside)
      for (const { id, type } of node.inputs)
        if (type === 'tensor' || type === 'loss')
          for (const wire of node.wires.get(id) ?? [])
            if (behind.has(wire.from) || (wire.from === entry && wire.port === port)) behind.add(node.path);
    grown = behind.size > size;
  }
  return behind;
}

function nodesBefore(flat: Flat, caller: FlatNode): Set<Path> {
  const before = new Set<Path>();
  const stack = caller.inputs.filter(({ id }) => isResultPort(id)).flatMap(({ id }) => caller.wires.get(id) ?? []);
  for (let wire = stack.pop(); wire; wire = stack.pop()) {
    const node = flat.nodes.get(wire.from);
    if (!node || before.has(node.path)) continue;
    before.add(node.path);
    for (const { id, type } of node.inputs)
      if (type === 'tensor' || type === 'loss') stack.push(...(node.wires.get(id) ?? []));
  }
  return before;
}
