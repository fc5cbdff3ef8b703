import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import type { PortId } from '@/lib/graph/document';
import { canConnect } from '@/lib/graph/port-type';
import type { FaceEnv, PortFace } from '@/lib/nodes/kind';
import { type Flat, type FlatNode, type FlatWire, isEntry, isResultPort, placeOf, titleOf } from './flat';

/**
 * Every wire ends at ports that exist and fit, inputs hold as many wires as they take, and required ones hold one.
 * Wires that do not fit are taken out, so that later passes meet only sound ones; their node is marked faulty.
 */
export function checkPorts(flat: Flat, env: FaceEnv): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const node of flat.nodes.values()) {
    // An entry has the wires of its caller.
    if (!node.face || isEntry(node)) continue;
    const ports = new Map(node.inputs.map((port) => [port.id, port]));
    const blamed = new Set<PortId>();
    for (const [id, wires] of node.wires) {
      const port = ports.get(id);
      if (!port) {
        node.wires.delete(id);
        if (!id.startsWith('param:')) diagnostics.push(...wires.map((wire) => noInput(node, id, wire)));
        continue;
      }
      const fitting = wires.filter((wire) => {
        const problem = misfit(flat, env, node, port, wire);
        if (problem) diagnostics.push(problem);
        return !problem;
      });
      if (fitting.length < wires.length) {
        node.faulty = true;
        blamed.add(id);
      }
      if (!port.variadic && fitting.length > 1) {
        diagnostics.push(tooMany(node, port, fitting.slice(1)));
        fitting.length = 1;
      }
      if (fitting.length > 0) node.wires.set(id, fitting);
      else node.wires.delete(id);
    }
    for (const port of node.inputs) {
      if (port.optional || node.wires.has(port.id) || blamed.has(port.id) || node.openEnds.get(port.id)?.circle)
        continue;
      diagnostics.push(missing(node, port));
    }
    if (node.inputs.some((port) => !port.optional && !node.wires.has(port.id))) node.faulty = true;
    if (node.entry) node.entry.faulty = node.faulty;
  }
  return diagnostics;
}

/** What the far end of a wire carries; undefined where that cannot be known. */
export function outputPort(flat: Flat, wire: FlatWire): PortFace | 'unknown' | undefined {
  const instance = flat.instances.get(wire.from);
  if (instance) return instance.outputs.find((port) => port.id === wire.port);
  const node = flat.nodes.get(wire.from);
  if (!node?.face) return 'unknown';
  return node.outputs.find((port) => port.id === wire.port);
}

/** A layer's variable used as a tensor (tied weights) is checked by inference, which knows the slots. */
const mayBeSlot = (flat: Flat, wire: FlatWire) => flat.nodes.get(wire.from)?.face?.learns === true;

function misfit(flat: Flat, env: FaceEnv, node: FlatNode, port: PortFace, wire: FlatWire): Diagnostic | null {
  const output = outputPort(flat, wire);
  if (output === 'unknown') return null;
  const source = flat.nodes.get(wire.from) ?? flat.instances.get(wire.from);
  const from = source ? titleOf({ node: source.node, face: 'face' in source ? source.face : undefined }) : wire.from;
  const at = placeOf(node, { port: port.id, edge: wire.edge });
  const remove = removeWire(node, [wire]);
  if (output === undefined) {
    if (mayBeSlot(flat, wire) && canConnect('tensor', port.type)) return null;
    // A dataset whose card is missing has no ports; that is reported at the dataset.
    const data = flat.nodes.get(wire.from);
    if (data?.face?.role === 'dataset' && !env.dataset(String(data.params.dataset))) return null;
    return {
      code: 'port-type',
      severity: 'error',
      message: `${from} has no output ${wire.port} (any more). Wire ${port.title} of ${titleOf(node)} to another output, or remove the wire.`,
      at,
      expected: port.type,
      received: `no output ${wire.port}`,
      fix: remove,
    };
  }
  if (canConnect(output.type, port.type)) return null;
  const held = output.type === 'metric' && (port.type === 'tensor' || port.type === 'loss');
  return {
    code: held ? 'fold-in-update' : 'port-type',
    severity: 'error',
    message: held
      ? `${from} is a metric: it is known only after a whole pass, so ${titleOf(node)} cannot compute with it. Use the tensor that it is measured from.`
      : `${port.title} of ${titleOf(node)} takes ${withArticle(port.type)}, but ${from} gives ${withArticle(output.type)}. ${advice(output.type, port.type)}`,
    at,
    expected: port.type,
    received: output.type,
    fix: remove,
  };
}

const withArticle = (type: string) => (type === 'weights' ? 'weights' : `a ${type}`);

const advice = (from: string, to: string) =>
  from === 'tensor' && to === 'loss'
    ? 'Put an “as loss” node between them, so that the loss has a name.'
    : `Wire an output that gives ${withArticle(to)}.`;

function noInput(node: FlatNode, port: string, wire: FlatWire): Diagnostic {
  return {
    code: 'port-type',
    severity: 'error',
    message: `${titleOf(node)} has no input ${port} (any more). Remove the wire, or draw it to another input.`,
    at: placeOf(node, { port, edge: wire.edge }),
    expected: node.inputs.map((input) => input.id).join(', ') || 'no inputs',
    received: port,
    fix: removeWire(node, [wire]),
  };
}

function tooMany(node: FlatNode, port: PortFace, extra: FlatWire[]): Diagnostic {
  return {
    code: 'port-type',
    severity: 'error',
    message: `${port.title} of ${titleOf(node)} takes one wire, but has ${extra.length + 1}. Keep one of them.`,
    at: placeOf(node, { port: port.id, ...(extra[0] ? { edge: extra[0].edge } : {}) }),
    expected: 'one wire',
    received: `${extra.length + 1} wires`,
    fix: removeWire(node, extra, extra.length > 1 ? 'Remove the other wires' : 'Remove the other wire'),
  };
}

function missing(node: FlatNode, port: PortFace): Diagnostic {
  if (isResultPort(port.id))
    return {
      code: 'input-missing',
      severity: 'error',
      message: `Nothing in the block of ${titleOf(node)} leads to its output ${port.title}. Open the block and wire it.`,
      at: placeOf(node, { param: node.face?.calls?.field ?? 'block' }),
      expected: port.type,
      received: 'no wire',
    };
  const open = node.openEnds.get(port.id);
  const atInstance = open?.at?.node !== undefined;
  return {
    code: node.face?.role === 'optimizer' && port.type === 'loss' ? 'no-loss' : 'input-missing',
    severity: 'error',
    message: atInstance
      ? `Input ${open.at?.port} of this block is not wired, but ${titleOf(node)} inside needs it. Wire it.`
      : `${titleOf(node)} needs ${withArticle(port.type)}, but nothing is wired to its input ${port.title}. Wire it, or mute ${titleOf(node)}.`,
    at: atInstance && open.at ? open.at : placeOf(node, { port: port.id }),
    expected: port.type,
    received: open ? 'a wire from a muted node' : 'no wire',
  };
}

/** An edge is named by the graph of the node that it ends at. */
function removeWire(node: FlatNode, wires: FlatWire[], title = 'Remove the wire'): Fix {
  const commands = wires.map((wire) => ({ do: 'remove-edge' as const, graph: node.graph, id: wire.edge }));
  const [first] = commands;
  return { title, command: commands.length === 1 && first ? first : { do: 'batch', title, commands } };
}
