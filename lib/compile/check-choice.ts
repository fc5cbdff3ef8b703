import type { Command } from '@/lib/graph/command';
import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import { type Choice, type ChoiceGraph, canTrain } from './choice';
import { freshId } from './fixes/fresh-id';
import { type FlatInstance, type FlatNode, holderOf, placeOf, titleOf } from './flat';
import { gradientPorts, type Reach } from './gradient-reach';
import { producerOf } from './make-ops';
import type { Op, Path, VariableId } from './program';
import { remedyParam } from './remedy-param';
import type { Step } from './steps';

/** Whether each step has something to train, its gradient gets there, and no weight is pulled two ways or left over. */
export function checkChoices(choices: readonly Choice[], graph: ChoiceGraph): Diagnostic[] {
  const sound = choices.filter(({ step }) => !graph.isTainted(step.node.path));
  const each = sound.flatMap((choice) => checkChoice(choice, graph));
  return sound.length < choices.length
    ? each
    : [...each, ...checkFights(choices, graph), ...checkUntrained(choices, graph)];
}

function checkChoice(choice: Choice, graph: ChoiceGraph): Diagnostic[] {
  const { step, scope, reach, weights } = choice;
  const { variables, slicer } = graph;
  const name = titleOf(step.node);
  const above = slicer.ancestors([step.loss]);
  const trainable = [...variables.all.values()].filter(canTrain);
  const used = scope ?? new Set(slicer.opsOf(above).flatMap((op) => Object.values(op.uses)));
  const wanted = trainable.filter((variable) => used.has(variable.id));
  if (wanted.length === 0) {
    const frozen = frozenOwners(scope, above, graph);
    return [
      {
        code: 'no-weights',
        severity: 'error',
        message: frozen.length
          ? `${name} has nothing to train: all weights ${scope ? 'that it was given' : 'before its loss'} are frozen. Unfreeze a layer.`
          : `${name} has nothing to train: there are no weights ${scope ? 'behind its weights input' : 'before its loss'}. Wire a layer with weights, such as Dense.`,
        at: placeOf(step.node, { port: scope ? 'weights' : 'loss' }),
        expected: 'at least one trainable variable',
        received: frozen.length ? 'only frozen ones' : 'none',
        ...(frozen.length ? { fix: unfreeze(frozen, graph) } : {}),
      },
    ];
  }
  const cut = wanted.filter((variable) => !reach.variables.has(variable.id));
  // By default a step trains what it reaches: a part behind a stop, such as a fixed target network, is meant so.
  if (cut.length === 0 || (scope === null && weights.length > 0)) return [];
  const first = cut[0];
  const stop = first ? stoppingOp(first.id, reach, above, graph) : undefined;
  const stopTitle = stop ? titleOf(stop) : undefined;
  const names = [...new Set(cut.map((variable) => variable.name.split('/').slice(0, -1).join('/')))];
  const what = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
  return [
    {
      code: 'no-gradient-path',
      severity: weights.length === 0 ? 'error' : 'warning',
      message: stopTitle
        ? `${name} cannot train ${what}: the gradient of its loss stops at ${stopTitle}. Take the loss from before ${stopTitle}.`
        : `${name} cannot train ${what}: its loss does not depend on ${names.length > 1 ? 'them' : 'it'}. Choose weights before this loss, or move the loss.`,
      at: stop ? placeOf(stop) : placeOf(step.node, { port: 'weights' }),
      expected: 'a path from the weights to the loss that carries a gradient',
      received: stopTitle ? `a stop at ${stopTitle}` : 'no path',
      ...(stop?.face?.differentiates
        ? remedyParam(placeOf(stop), 'use', 'differentiable', `Learn through ${titleOf(stop)}`)
        : scope === null
          ? {}
          : { fix: trainDefault(step, 'Train whatever the loss depends on') }),
    },
  ];
}

const trainDefault = (step: Step, title: string): Fix => ({
  title,
  command: {
    do: 'batch',
    title,
    commands: (step.node.wires.get('weights') ?? []).map((wire) => ({
      do: 'remove-edge',
      graph: step.node.graph,
      id: wire.edge,
    })),
  },
});

function frozenOwners(
  scope: Set<VariableId> | null,
  above: ReadonlySet<Path>,
  { slicer, variables }: ChoiceGraph,
): Path[] {
  const paths = new Set<Path>();
  const ids = scope ?? new Set(slicer.opsOf(above).flatMap((op) => Object.values(op.uses)));
  for (const id of ids) {
    const variable = variables.all.get(id);
    if (variable?.role === 'trainable' && variable.frozen) paths.add(id.slice(0, id.lastIndexOf('#')));
  }
  return [...paths];
}

/** Takes the flag off the nodes, or off the instances around them. */
function unfreeze(paths: Path[], { flat }: ChoiceGraph): Fix {
  const flags = new Map<string, { graph: string; id: string }>();
  for (const path of paths) {
    const node = flat.nodes.get(path);
    if (!node) continue;
    const holders = [node, ...node.scopes.map((scope) => holderOf(flat, scope))];
    for (const holder of holders)
      if (holder?.node.frozen) flags.set(`${holder.graph} ${holder.id}`, { graph: holder.graph, id: holder.id });
  }
  return {
    title: 'Unfreeze the weights',
    command: {
      do: 'batch',
      title: 'Unfreeze the weights',
      commands: [...flags.values()].map(({ graph, id }) => ({ do: 'set-node', graph, id, set: { frozen: null } })),
    },
  };
}

/** The op at which the gradient on its way from the loss to a variable ends, nearest to the variable. */
function stoppingOp(
  id: VariableId,
  reach: Reach,
  above: ReadonlySet<Path>,
  { slicer, flat, bodies, values }: ChoiceGraph,
) {
  const within = { ops: slicer.ops, nodes: flat.nodes, bodies, values };
  const users = slicer.opsOf(above).filter((op) => Object.values(op.uses).includes(id));
  const feeds = new Map<Path, Op[]>();
  for (const op of slicer.opsOf(above))
    for (const value of Object.values(op.in).flat()) {
      const from = producerOf(value);
      feeds.set(from, [...(feeds.get(from) ?? []), op]);
    }
  const seen = new Set<Path>(users.map((op) => op.id));
  const queue = [...users];
  for (let op = queue.shift(); op; op = queue.shift()) {
    const node = flat.nodes.get(op.id);
    if (node && op.where !== 'device') return node;
    for (const next of feeds.get(op.id) ?? []) {
      const consumer = flat.nodes.get(next.id);
      if (!consumer) continue;
      if (reach.ops.has(next.id)) {
        const carries = gradientPorts(consumer, next, within).some((port) =>
          next.in[port]?.some((value) => producerOf(value) === op.id),
        );
        // The consumer has a gradient, but passes none to this op: whole numbers out of the op, or a port without.
        return carries ? node : consumer;
      }
      if (!seen.has(next.id)) {
        seen.add(next.id);
        queue.push(next);
      }
    }
  }
  return undefined;
}

function checkFights(choices: readonly Choice[], graph: ChoiceGraph): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const [index, choice] of choices.entries()) {
    for (const other of choices.slice(0, index)) {
      const both = choice.weights.filter((id) => other.weights.includes(id));
      const [first] = both;
      if (first === undefined) continue;
      const byDefault = choice.scope === null ? choice : other.scope === null ? other : undefined;
      const name = graph.variables.all.get(first)?.name ?? first;
      const [a, b] = [titleOf(other.step.node), titleOf(choice.step.node)];
      diagnostics.push({
        code: 'weights-fought',
        severity: byDefault || graph.together ? 'error' : 'warning',
        message: `${a} and ${b} both train ${name}${both.length > 1 ? ` and ${both.length - 1} more` : ''}. ${
          byDefault
            ? `${titleOf(byDefault.step.node)} takes everything before its loss: wire to its weights input what it shall train.`
            : 'Each pulls it its own way; give it to one of them.'
        }`,
        at: placeOf((byDefault ?? choice).step.node, { port: 'weights' }),
        expected: 'each weight in one optimizer',
        received: `${both.length} in two`,
        ...chooseRest(byDefault ?? choice, byDefault === choice || !byDefault ? other : choice, graph),
      });
    }
  }
  return diagnostics;
}

/** Wires to an optimizer what it trains and the other one does not. */
function chooseRest(choice: Choice, other: Choice, { document, flat }: ChoiceGraph): { fix?: Fix } {
  const { node } = choice.step;
  const rest = new Map<string, FlatNode | FlatInstance>();
  for (const id of choice.weights) {
    if (other.weights.includes(id)) continue;
    const owner = flat.nodes.get(id.slice(0, id.lastIndexOf('#')));
    const outermost = owner?.scopes.at(-1);
    const holder = (outermost === undefined ? undefined : holderOf(flat, outermost)) ?? owner;
    if (holder && holder.graph === node.graph) rest.set(holder.path, holder);
  }
  if (rest.size === 0) return {};
  const title = `Let ${titleOf(node)} train only ${[...rest.values()].map((holder) => holder.node.name || holder.id).join(', ')}`;
  const commands: Command[] = (node.wires.get('weights') ?? []).map((wire) => ({
    do: 'remove-edge',
    graph: node.graph,
    id: wire.edge,
  }));
  let order = '';
  for (const holder of rest.values()) {
    order += 'V';
    commands.push({
      do: 'add-edge',
      graph: node.graph,
      id: freshId(document, node.graph, 'e', holder.id, node.id),
      edge: { from: [holder.id, 'weights'], to: [node.id, 'weights'], order },
    });
  }
  return { fix: { title, command: { do: 'batch', title, commands } } };
}

function checkUntrained(choices: readonly Choice[], graph: ChoiceGraph): Diagnostic[] {
  const chosen = new Set(choices.flatMap((choice) => choice.weights));
  const idle = new Map<Path, Choice>();
  for (const choice of choices) {
    for (const id of choice.reach.variables) {
      const variable = graph.variables.all.get(id);
      const owner = id.slice(0, id.lastIndexOf('#'));
      if (variable && canTrain(variable) && !chosen.has(id) && !idle.has(owner)) idle.set(owner, choice);
    }
  }
  const [entry] = idle;
  if (!entry) return [];
  const [path, choice] = entry;
  const node = graph.flat.nodes.get(path);
  const outermost = node?.scopes.at(-1);
  const holder = (outermost === undefined ? undefined : holderOf(graph.flat, outermost)) ?? node;
  if (!node || !holder) return [];
  const names = idle.size > 1 ? `${node.name} and ${idle.size - 1} more` : node.name;
  return [
    {
      code: 'weights-untrained',
      severity: 'warning',
      message: `${names} ${idle.size > 1 ? 'are' : 'is'} before a loss, but no optimizer was given ${idle.size > 1 ? 'their' : 'its'} weights. Freeze ${idle.size > 1 ? 'them' : 'it'}, or wire the weights to an optimizer.`,
      at: placeOf(holder),
      expected: 'weights that an optimizer trains, or frozen ones',
      received: 'neither',
      fix: {
        title: `Freeze ${titleOf({ node: holder.node, face: undefined })}`,
        command: { do: 'set-node', graph: holder.graph, id: holder.id, set: { frozen: true } },
      },
      alternatives: [trainDefault(choice.step, `Let ${titleOf(choice.step.node)} train everything before its loss`)],
    },
  ];
}
