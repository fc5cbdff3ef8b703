import { canonicalJson } from '@/lib/base/hash';
import type { DatasetCard } from '@/lib/datasets/card';
import { cardFor } from '@/lib/datasets/hold-out';
import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import { type Document, graphOf } from '@/lib/graph/document';
import { freshId } from './fixes/fresh-id';
import { type Flat, type FlatInstance, type FlatNode, type FlatWire, placeOf, titleOf } from './flat';
import type { Op, Path, RunPolicy, Update, Variable, VariableId } from './program';
import type { Slicer } from './slices';

interface Habits {
  document: Document;
  flat: Flat;
  order: readonly FlatNode[];
  slicer: Slicer;
  updates: readonly Update[];
  run: RunPolicy;
  training: FlatNode | undefined;
  batch: number;
  variables: ReadonlyMap<VariableId, Variable>;
  card(dataset: string): DatasetCard | undefined;
}

/** What would run, but is hardly meant. */
export const checkHabits = (habits: Habits): Diagnostic[] => [
  ...habits.order.flatMap((node) => (node.face?.makes === 'loss' ? checkLoss(habits, node) : [])),
  ...checkPartialBatch(habits),
  ...checkOrder(habits),
  ...checkHostOps(habits),
];

function checkLoss(habits: Habits, loss: FlatNode): Diagnostic[] {
  return [...checkPairing(habits, loss), ...checkSharing(habits, loss)];
}

const isLabel = (port: string) => /^(label|target)s?$/.test(port);

/** Predictions from one dataset node against labels of another: the examples do not belong together. */
function checkPairing({ document, slicer, flat }: Habits, loss: FlatNode): Diagnostic[] {
  const dataOf = (ports: (id: string) => boolean) => {
    const values = loss.inputs.filter((port) => port.type === 'tensor' && ports(port.id));
    const wires = values.flatMap((port) => loss.wires.get(port.id) ?? []);
    const above = slicer.opsOf(slicer.ancestors(wires.map((wire) => `${wire.from}.${wire.port}`)));
    return above.filter((op) => flat.nodes.get(op.id)?.face?.role === 'dataset');
  };
  const given = dataOf((id) => !isLabel(id) && id !== 'sampleWeight');
  const wanted = dataOf(isLabel);
  if (given.length === 0 || wanted.length === 0 || wanted.some((op) => given.includes(op))) return [];
  const [a, b] = [given[0] as Op, wanted[0] as Op];
  const wire = loss.inputs.filter((port) => isLabel(port.id)).flatMap((port) => loss.wires.get(port.id) ?? [])[0];
  const edge = wire?.edge;
  const [own, other] = [flat.nodes.get(a.id), flat.nodes.get(b.id)];
  // Where the labels come straight from the other node, and this one has the same field.
  const rewired =
    wire && own && other && wire.from === b.id && own.graph === loss.graph && wire.port in a.out
      ? takeFrom(document, loss, wire, own)
      : null;
  return [
    {
      code: 'unpaired-fields',
      severity: 'warning',
      message: `${titleOf(loss)} compares what comes from ${a.name} with labels from ${b.name}. Each shuffles on its own, so the examples do not belong together. Take both from one data set node.`,
      at: placeOf(loss, edge === undefined ? {} : { edge }),
      expected: 'fields of one data set node',
      received: `${a.name} and ${b.name}`,
      ...(rewired && { fix: rewired }),
    },
  ];
}

/** The wire to the loss, from the same field of another data set node. */
function takeFrom(document: Document, loss: FlatNode, wire: FlatWire, source: FlatNode): Fix | null {
  const before = graphOf(document, loss.graph)?.edges[wire.edge];
  if (!before || before.to[0] !== loss.id) return null;
  const name = source.node.name || source.id;
  return {
    title: `Take it from ${name}`,
    command: {
      do: 'batch',
      title: `Take it from ${name}`,
      commands: [
        { do: 'remove-edge', graph: loss.graph, id: wire.edge },
        {
          do: 'add-edge',
          graph: loss.graph,
          id: freshId(document, loss.graph, 'e', loss.id, source.id),
          edge: { ...before, from: [source.id, wire.port] },
        },
      ],
    },
  };
}

/** Two uses of one block in one loss, such as a discriminator on real and on fake, are usually meant to be the same. */
function checkSharing({ document, flat }: Habits, loss: FlatNode): Diagnostic[] {
  const uses: FlatInstance[] = [];
  for (const port of loss.inputs) {
    if (port.type !== 'tensor') continue;
    for (const wire of loss.wires.get(port.id) ?? []) {
      const outermost = flat.nodes.get(wire.from)?.scopes.at(-1);
      const instance = outermost === undefined ? undefined : flat.instances.get(outermost);
      if (instance && !uses.includes(instance)) uses.push(instance);
    }
  }
  const [first, second] = uses;
  if (!first || !second || first.block !== second.block || first.graph !== second.graph) return [];
  if (canonicalJson(first.params) !== canonicalJson(second.params)) return [];
  if (first.wires.get('weights')?.length || second.wires.get('weights')?.length) return [];
  const title = `Share the weights of ${second.node.name || second.id} with ${first.node.name || first.id}`;
  return [
    {
      code: 'sharing-suggested',
      severity: 'warning',
      message: `${first.node.name} and ${second.node.name} are the same block before one loss, but each learns weights of its own. If they are meant to be one network, share the weights.`,
      at: placeOf(first, { port: 'weights' }),
      fix: {
        title,
        command: {
          do: 'add-edge',
          graph: first.graph,
          id: freshId(document, first.graph, 'e', first.id, second.id),
          edge: { from: [second.id, 'weights'], to: [first.id, 'weights'] },
        },
      },
    },
  ];
}

/** Statistics of a batch of one example are meaningless: its variance is zero. */
function checkPartialBatch({ flat, slicer, updates, run, training, batch, card }: Habits): Diagnostic[] {
  const source = run.epochSource === null ? undefined : slicer.ops.get(run.epochSource);
  const examples = (source && cardFor(source.params, card))?.counts.train ?? 0;
  if (!training || run.remainder !== 'keep' || examples === 0 || examples % Math.min(batch, examples) !== 1) return [];
  const paths = new Set<Path>(updates.flatMap((update) => update.writes.map((write) => write.by)));
  const found = [...paths].map((path) => flat.nodes.get(path)).find((node) => node?.face?.mixesExamples);
  if (!found) return [];
  return [
    {
      code: 'partial-batch',
      severity: 'warning',
      message: `${examples.toLocaleString('en-US')} examples in batches of ${batch} leave one over, and ${titleOf(found)} cannot normalise a batch of one. Drop the last batch, or change the batch size.`,
      at: placeOf(training, { param: 'remainder' }),
      expected: 'a last batch of more than one example',
      received: 'a last batch of 1',
      fix: {
        title: 'Drop the last batch',
        command: { do: 'set-param', graph: training.graph, id: training.id, param: 'remainder', value: 'drop' },
      },
    },
  ];
}

/** What goes on where the batch before stopped meets another sequence there, where the examples are shuffled. */
function checkOrder({ flat, slicer, updates, variables }: Habits): Diagnostic[] {
  const states = new Set([...variables.values()].filter(({ resets }) => resets).map(({ id }) => id));
  const goesOn = updates
    .flatMap(({ writes }) => writes)
    .find(({ variable, by }) => states.has(variable) && flat.nodes.has(by));
  const reader = goesOn && flat.nodes.get(goesOn.by);
  if (!goesOn || !reader) return [];
  const above = slicer.opsOf(slicer.ancestors(Object.values(slicer.ops.get(goesOn.by)?.in ?? {}).flat()));
  const shuffled = above
    .map((op) => flat.nodes.get(op.id))
    .find((node) => node?.face?.role === 'dataset' && node.params.order === 'shuffled');
  if (!shuffled) return [];
  return [
    {
      code: 'order-lost',
      severity: 'warning',
      message: `${titleOf(reader)} goes on where it stopped in the batch before, but ${titleOf(shuffled)} shuffles its examples, so another sequence stands there. Let each row go on.`,
      at: placeOf(shuffled, { param: 'order' }),
      expected: 'examples in order',
      received: 'shuffled',
      fix: {
        title: 'Let each row go on',
        command: { do: 'set-param', graph: shuffled.graph, id: shuffled.id, param: 'order', value: 'rows' },
      },
    },
  ];
}

function checkHostOps({ flat, slicer, updates }: Habits): Diagnostic[] {
  if (![...slicer.ops.values()].some((op) => op.where === 'host')) return [];
  const above = slicer.ancestors(updates.map((update) => update.loss));
  return slicer.opsOf(above).flatMap((op) => {
    const node = flat.nodes.get(op.id);
    if (op.where !== 'host' || !node) return [];
    return [
      {
        code: 'eager-segment',
        severity: 'info',
        message: `${titleOf(node)} runs on the host in every iteration, outside the compiled step, so training waits for it.`,
        at: placeOf(node),
      } as const,
    ];
  });
}
