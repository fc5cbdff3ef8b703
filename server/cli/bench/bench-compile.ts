import { compile } from '@/lib/compile/compile';
import type { CompileContext } from '@/lib/compile/context';
import { Reinference } from '@/lib/compile/reinfer';
import { type ResidualDepth, residualNetwork } from '@/lib/gallery/residual-network';
import type { Document } from '@/lib/graph/document';
import type { InferContext } from '@/lib/nodes/kind';
import { kinds } from '@/lib/nodes/kinds.generated';
import { imagenetForm as pictures } from './imagenet-form';
import { machine } from './machine';
import { median } from './median';

export interface CompileReport {
  name: string;
  machine: Record<string, string | number>;
  /**
   * Milliseconds, medians. `ours`: specs of all wires again after one edit of a param; `peers.all`: after one that
   * changes every shape; `peers.whole`: a compile from nothing. `ratio`: ours / whole.
   */
  rows: {
    case: string;
    title: string;
    ours: number;
    peers: { all: number; whole: number };
    ratio: number;
    nodes: number;
    parameters: number;
  }[];
}

const DEPTHS: ResidualDepth[] = [18, 50, 152];

/**
 * How long the compiler takes for residual networks made of blocks: from nothing (no node is remembered, as in a new
 * process), and for the specs alone after an edit, as in the editor while somebody types.
 */
export function benchCompile({ rounds }: { rounds: number }): CompileReport {
  const rows = DEPTHS.map((depth) => {
    const whole: number[] = [];
    const edit: number[] = [];
    const all: number[] = [];
    let nodes = 0;
    let parameters = 0;
    for (let round = 0; round < rounds + WARM_UP; round++) {
      const context: CompileContext = { kinds: fresh(), datasets: { pictures } };
      const document = residualNetwork({
        title: `ResNet-${depth}`,
        depth,
        dataset: 'pictures',
        classes: 1000,
        iterations: 10,
        settings: { batch: 8, lengths: {} },
      });
      const began = performance.now();
      const first = compile(document, context);
      whole.push(performance.now() - began);
      if (!first.program) throw new Error(`Invariant: ResNet-${depth} compiles (${first.diagnostics[0]?.message})`);
      nodes = first.totals.nodes;
      parameters = first.totals.trainableParameters;
      const session = new Reinference(document, context);
      const timed = (changed: Document): number => {
        const start = performance.now();
        if (!session.edit(changed)) throw new Error('Invariant: an edit of a param is followed');
        return performance.now() - start;
      };
      const edited = withParam(document, 'logits', 'units', 999);
      edit.push(timed(edited));
      all.push(timed(withParam(edited, 'stem', 'stride', [1, 1])));
    }
    const [ours, every, from] = [edit, all, whole].map((taken) => median(taken.slice(WARM_UP)));
    if (ours === undefined || every === undefined || from === undefined) throw new Error('Invariant: three medians');
    return {
      case: `resnet-${depth}`,
      title: `ResNet-${depth}`,
      ours,
      peers: { all: every, whole: from },
      ratio: ours / from,
      nodes,
      parameters,
    };
  });
  return { name: 'compile', machine: machine(), rows };
}

/** The just-in-time compiler of JavaScript needs a few rounds. */
const WARM_UP = 5;

/** Kinds whose inferences are not remembered yet: they are remembered by function. */
const fresh = (): CompileContext['kinds'] =>
  Object.fromEntries(
    Object.entries(kinds).map(([id, kind]) => [id, { ...kind, infer: (context: InferContext) => kind.infer(context) }]),
  );

/** The same document but for one param; all else is the same object, as in the editor. */
function withParam(document: Document, id: string, param: string, value: number | number[]): Document {
  const node = document.graph.nodes[id];
  if (!node) throw new Error(`Invariant: there is a node ${id}`);
  const nodes = { ...document.graph.nodes, [id]: { ...node, params: { ...node.params, [param]: value } } };
  return { ...document, graph: { ...document.graph, nodes } };
}
