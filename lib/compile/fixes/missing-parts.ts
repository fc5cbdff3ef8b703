import type { Command } from '@/lib/graph/command';
import type { Fix } from '@/lib/graph/diagnostic';
import { type FlatNode, titleOf } from '../flat';
import { connectNearest, isInstance, type Member } from './connect-nearest';
import { batch, newNode, type Workbench, wire } from './workbench';

/** An open input: the nearest output that fits, or the node that is missing altogether; or leave the node out. */
export function fillInput(bench: Workbench, member: Member, portId: string): Fix[] {
  const port = member.inputs.find((candidate) => candidate.id === portId);
  if (!port) return [];
  const mute: Fix = {
    title: `Mute ${member.node.name || member.id}`,
    command: { do: 'set-node', graph: member.graph, id: member.id, set: { muted: true } },
  };
  const connect = connectNearest(bench, member, port);
  const insert = connect || isInstance(member) ? undefined : insertFor(bench, member, port.type);
  return [connect, insert, mute].filter((fix) => fix !== undefined);
}

function insertFor(bench: Workbench, node: FlatNode, type: string): Fix | undefined {
  if (type === 'loss') return insertLoss(bench, node);
  if (type === 'step') return insertOptimizer(bench, node);
  return undefined;
}

/** A cross-entropy between the last scores and the labels of the data. */
function insertLoss(bench: Workbench, optimizer: FlatNode): Fix | undefined {
  const made = newNode(bench, optimizer.graph, 'cross-entropy', {}, { before: optimizer.id });
  if (!made) return undefined;
  const title = `Insert ${made.face.title}`;
  const commands: Command[] = [made.command];
  for (const [port, meanings] of [
    ['logits', null],
    ['labels', ['class', 'one-hot']],
  ] as const) {
    const from = meanings ? labels(bench, optimizer, meanings) : lastLayer(bench, optimizer);
    if (from) commands.push(wire(bench, optimizer.graph, from, [made.id, port]));
  }
  commands.push(wire(bench, optimizer.graph, [made.id, 'loss'], [optimizer.id, 'loss']));
  return { title, command: batch(title, commands) };
}

function labels(bench: Workbench, near: FlatNode, meanings: readonly string[]): [string, string] | undefined {
  for (const node of bench.order) {
    if (node.graph !== near.graph || node.face?.role !== 'dataset') continue;
    const outputs = bench.inferred.get(node.path)?.outputs ?? {};
    const port = Object.keys(outputs).find((id) => meanings.includes(outputs[id]?.meaning ?? ''));
    if (port !== undefined) return [node.id, port];
  }
  return undefined;
}

/** The last node with weights. */
function lastLayer(bench: Workbench, near: FlatNode): [string, string] | undefined {
  const layers = bench.order.filter(
    (node) => node.graph === near.graph && node.face?.learns && node.outputs.some((port) => port.id === 'y'),
  );
  const last = layers.at(-1);
  return last ? [last.id, 'y'] : undefined;
}

/** An Adam for the loss at hand, as a step of Training. */
function insertOptimizer(bench: Workbench, training: FlatNode): Fix | undefined {
  const made = newNode(bench, training.graph, 'adam', {}, { before: training.id });
  if (!made) return undefined;
  const title = `Insert ${made.face.title}`;
  const loss = [...bench.order].reverse().find((node) => node.graph === training.graph && node.face?.makes === 'loss');
  const port = loss?.outputs.find((output) => output.type === 'loss');
  const commands: Command[] = [made.command];
  if (loss && port) commands.push(wire(bench, training.graph, [loss.id, port.id], [made.id, 'loss']));
  commands.push(wire(bench, training.graph, [made.id, 'step'], [training.id, 'steps'], true));
  return { title, command: batch(title, commands) };
}

/** A Training node that runs all optimizers of the main graph. */
export function insertTraining(bench: Workbench): Fix | undefined {
  const optimizers = bench.order.filter((node) => node.face?.role === 'optimizer' && node.graph === 'main');
  const last = optimizers.at(-1);
  const made = last ? newNode(bench, 'main', 'training', {}, { after: last.id }) : undefined;
  if (!made) return undefined;
  const title = `Insert ${made.face.title}`;
  let order = 'V';
  const wires = optimizers.map((node): Command => {
    const command = wire(bench, 'main', [node.id, 'step'], [made.id, 'steps']);
    if (command.do === 'add-edge') command.edge.order = order;
    order += 'V';
    return command;
  });
  return { title, command: batch(title, [made.command, ...wires]) };
}

/** The step of an idle optimizer, last in Training. */
export function appendStep(bench: Workbench, optimizer: FlatNode): Fix | undefined {
  const training = bench.order.find((node) => node.face?.role === 'training' && node.graph === optimizer.graph);
  const step = optimizer.outputs.find((port) => port.type === 'step');
  if (!training || !step) return undefined;
  const title = `Append it to ${titleOf(training)}`;
  return { title, command: wire(bench, training.graph, [optimizer.id, step.id], [training.id, 'steps'], true) };
}

/** A tensor where a loss is wanted: give it a name as a loss. */
export function nameAsLoss(bench: Workbench, node: FlatNode, portId: string, edge: string): Fix | undefined {
  const graph = node.graph;
  const made = newNode(bench, graph, 'as-loss', {}, { before: node.id }, edge);
  const held = graph === 'main' ? bench.document.graph : bench.document.blocks[graph]?.graph;
  const wired = held?.edges[edge];
  if (!made || !wired) return undefined;
  const inputs = typeof made.face.inputs === 'function' ? made.face.inputs({}, bench.env) : made.face.inputs;
  const input = inputs.find((port) => port.type === 'tensor')?.id ?? 'x';
  const title = `Insert ${made.face.title}`;
  return {
    title,
    command: batch(title, [
      made.command,
      { do: 'remove-edge', graph, id: edge },
      wire(bench, graph, wired.from, [made.id, input]),
      wire(bench, graph, [made.id, 'loss'], [node.id, portId]),
    ]),
  };
}
