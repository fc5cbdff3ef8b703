import type { Diagnostic, Fix } from '@/lib/graph/diagnostic';
import type { Document } from '@/lib/graph/document';
import type { Dim } from '@/lib/tensor/spec';
import type { CompileLimits } from './context';
import { type Flat, type FlatNode, holderOf, placeOf, titleOf } from './flat';
import { formatBytes, formatCount } from './format';
import type { Inferred } from './infer-specs';
import type { Variables } from './make-variables';
import { fittingBatch } from './measure-memory';
import type { NodeReport, Path } from './program';
import type { Totals } from './result';

interface Sizes {
  flat: Flat;
  order: readonly FlatNode[];
  inferred: ReadonlyMap<Path, Inferred>;
  variables: Variables;
  reports: ReadonlyMap<Path, NodeReport>;
  totals: Totals;
  symbols: Record<string, number>;
  limits: CompileLimits;
}

/** Names, lengths, parameters and memory, by counting alone: nothing of that size is ever made. */
export function checkSizes(sizes: Sizes, document: Document): Diagnostic[] {
  return [
    ...checkNames(sizes),
    ...checkSymbols(sizes, document),
    ...checkParameters(sizes),
    ...checkMemory(sizes, document),
  ];
}

/** Two variables of one name could not be told apart in an exported model. */
function checkNames({ flat, variables }: Sizes): Diagnostic[] {
  const taken = new Map<string, FlatNode>();
  const diagnostics: Diagnostic[] = [];
  const names = new Set([...flat.nodes.values()].map((node) => node.name));
  for (const variable of variables.all.values()) {
    const node = flat.nodes.get(variable.id.slice(0, variable.id.lastIndexOf('#')));
    if (!node) continue;
    const other = taken.get(node.name);
    if (!other) taken.set(node.name, node);
    if (!other || other === node) continue;
    // Equal names far apart come from their instances: the outermost part that differs is to be renamed.
    const holder = clashingHolder(flat, node, other);
    if (diagnostics.some(({ at }) => at.node === holder.id && (at.graph ?? 'main') === holder.graph)) continue;
    const base = holder.node.name || holder.id;
    const prefix = node.name.slice(0, node.name.length - base.length);
    let number = 2;
    while (names.has(`${prefix}${base}-${number}`)) number++;
    names.add(`${prefix}${base}-${number}`);
    diagnostics.push({
      code: 'name-clash',
      severity: 'error',
      message: `Two nodes with weights are called ${node.name}, so their weights would have one name. Rename one of them.`,
      at: placeOf(holder),
      expected: 'names that differ',
      received: node.name,
      fix: {
        title: `Rename it to ${base}-${number}`,
        command: { do: 'set-node', graph: holder.graph, id: holder.id, set: { name: `${base}-${number}` } },
      },
    });
  }
  return diagnostics;
}

function clashingHolder(flat: Flat, node: FlatNode, other: FlatNode) {
  const outer = [...node.scopes].reverse();
  const others = [...other.scopes].reverse();
  const depth = outer.findIndex((scope, index) => scope !== others[index]);
  const scope = depth < 0 ? undefined : outer[depth];
  return (scope === undefined ? undefined : holderOf(flat, scope)) ?? node;
}

function checkSymbols({ order, inferred, symbols }: Sizes, document: Document): Diagnostic[] {
  const unset = new Map<string, FlatNode>();
  for (const node of order)
    for (const spec of Object.values(inferred.get(node.path)?.outputs ?? {}))
      for (const dim of spec.shape ?? []) {
        const symbol = symbolOf(dim);
        if (symbol && symbol !== 'examples' && symbols[symbol] === undefined && !unset.has(symbol))
          unset.set(symbol, node);
      }
  return [...unset].map(([symbol, node]) => {
    const lengths = { ...document.settings.lengths, [symbol]: 32 };
    return {
      code: 'unknown-static',
      severity: 'error',
      message: `${titleOf(node)} gives sequences of ${symbol}, but the document does not say how long they are. Set the length.`,
      at: placeOf(node),
      expected: `a length for ${symbol}`,
      received: 'none',
      fix: {
        title: `Set ${symbol} to 32`,
        command: { do: 'set-document', set: { settings: { ...document.settings, lengths } } },
      },
    };
  });
}

const symbolOf = (dim: Dim): string | null =>
  typeof dim === 'string' ? dim : typeof dim === 'object' && dim !== null ? dim.of : null;

function checkParameters({ flat, variables, reports, totals, limits }: Sizes): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const variable of variables.all.values()) {
    if (variable.shape.every((size) => Number.isInteger(size) && size > 0)) continue;
    const node = flat.nodes.get(variable.id.slice(0, variable.id.lastIndexOf('#')));
    if (!node) continue;
    diagnostics.push({
      code: 'unknown-static',
      severity: 'error',
      message: `${titleOf(node)} cannot make its weights: the size ${variable.shape.join('×')} of ${variable.name} is not fixed.`,
      at: placeOf(node),
      expected: 'sizes of at least 1',
      received: variable.shape.join('×'),
    });
  }
  if (totals.parameters <= limits.parameters) return diagnostics;
  const biggest = biggestBy(reports, (report) => report.parameters);
  const node = biggest === undefined ? undefined : flat.nodes.get(biggest);
  const own = (biggest === undefined ? undefined : reports.get(biggest)?.parameters) ?? 0;
  const fix = node ? shrink(node) : undefined;
  diagnostics.push({
    code: 'too-large',
    severity: 'error',
    message: `This network would have ${formatCount(totals.parameters)} parameters; at most ${formatCount(limits.parameters)} can be trained here.${
      node ? ` ${titleOf(node)} alone has ${formatCount(own)}. Make it smaller, or flatten less into it.` : ''
    }`,
    at: node ? placeOf(node) : {},
    expected: `at most ${formatCount(limits.parameters)} parameters`,
    received: `${formatCount(totals.parameters)} parameters`,
    ...(fix ? { fix } : {}),
  });
  return diagnostics;
}

/** Takes the whole number that has grown furthest beyond its default back to it. */
function shrink(node: FlatNode): Fix | undefined {
  let worst: { key: string; title: string; value: number; by: number } | undefined;
  for (const [key, field] of Object.entries(node.face?.fields ?? {})) {
    const value = node.params[key];
    if (field.type !== 'number' || !field.integer || typeof value !== 'number' || field.default <= 0) continue;
    const by = value / field.default;
    if (by > 1 && by > (worst?.by ?? 1)) worst = { key, title: field.title, value: field.default, by };
  }
  if (!worst) return undefined;
  return {
    title: `Set ${worst.title.toLowerCase()} to ${formatCount(worst.value)}`,
    command: { do: 'set-param', graph: node.graph, id: node.id, param: worst.key, value: worst.value },
  };
}

/** Weights, gradients, what the optimizer keeps, and the activations that a backward pass keeps, against the device. */
function checkMemory({ flat, totals, symbols, limits }: Sizes, document: Document): Diagnostic[] {
  const { memory } = totals;
  const tooLarge = memory.activations > limits.activationBytes;
  if (totals.parameters > limits.parameters || (!tooLarge && memory.bytes <= limits.tightBytes)) return [];
  const batch = symbols.batch ?? 1;
  const node = memory.biggest && flat.nodes.get(memory.biggest.path);
  const fitting = fittingBatch(memory, Math.min(limits.activationBytes, limits.tightBytes));
  return [
    {
      code: tooLarge ? 'too-large' : 'memory-tight',
      severity: tooLarge ? 'error' : 'warning',
      message: `Training with batches of ${batch} needs about ${formatBytes(memory.bytes)}${tooLarge ? ', more than can be had' : ', which may not fit'}.${
        node && memory.biggest ? ` ${titleOf(node)} takes the most, ${formatBytes(memory.biggest.bytes)}.` : ''
      } ${fitting === null ? 'Make it smaller.' : 'Use smaller batches, or make it smaller.'}`,
      at: node ? placeOf(node) : {},
      expected: `at most ${formatBytes(tooLarge ? limits.activationBytes : limits.tightBytes)}`,
      received: formatBytes(memory.bytes),
      ...(fitting === null
        ? {}
        : {
            fix: {
              title: `Set the batch to ${fitting}`,
              command: { do: 'set-document', set: { settings: { ...document.settings, batch: fitting } } } as const,
            },
          }),
    },
  ];
}

function biggestBy(reports: ReadonlyMap<Path, NodeReport>, figure: (report: NodeReport) => number): Path | undefined {
  let biggest: Path | undefined;
  let most = 0;
  for (const [path, report] of reports) {
    if (figure(report) <= most) continue;
    most = figure(report);
    biggest = path;
  }
  return biggest;
}
