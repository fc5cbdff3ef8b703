import { compile } from '@/lib/compile/compile';
import type { CompileContext } from '@/lib/compile/context';
import type { DatasetCard } from '@/lib/datasets/card';
import { type ResidualDepth, residualNetwork } from '@/lib/gallery/residual-network';
import type { Document } from '@/lib/graph/document';
import { kinds } from '@/lib/nodes/kinds.generated';
import { machine } from './machine';
import { median } from './median';

export interface CompileReport {
  name: string;
  machine: Record<string, string | number>;
  /** Milliseconds, medians. `ours`: compiling again after one edit; `peers.whole`: compiling from nothing. */
  rows: {
    case: string;
    title: string;
    ours: number;
    peers: { whole: number };
    ratio: number;
    nodes: number;
    parameters: number;
  }[];
}

/** What ImageNet looks like to the compiler; no row is read. */
const pictures: DatasetCard = {
  id: 'pictures',
  title: 'Pictures',
  summary: 'Pictures of 1,000 classes.',
  fields: {
    image: {
      spec: { shape: ['batch', 224, 224, 3], dtype: 'float32', meaning: 'image', range: [0, 1] },
      title: 'Picture',
      stored: 'uint8',
    },
    label: {
      spec: { shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 1000 },
      title: 'Class',
      stored: 'int32',
    },
  },
  counts: { train: 1_281_167, validation: 25_000, test: 25_000 },
  licence: 'none: only the form',
  source: 'ILSVRC 2012',
};

const DEPTHS: ResidualDepth[] = [18, 50, 152];

/**
 * How long the compiler takes for residual networks made of blocks: from nothing (no node is remembered, as in a new
 * process) and again after an edit of one node, as in the editor while somebody types.
 */
export function benchCompile({ rounds }: { rounds: number }): CompileReport {
  const rows = DEPTHS.map((depth) => {
    const whole: number[] = [];
    const edit: number[] = [];
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
      const edited = withUnits(document, 999);
      const again = performance.now();
      compile(edited, { ...context, program: false });
      edit.push(performance.now() - again);
    }
    const [ours, from] = [median(edit.slice(WARM_UP)), median(whole.slice(WARM_UP))];
    return {
      case: `resnet-${depth}`,
      title: `ResNet-${depth}`,
      ours,
      peers: { whole: from },
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
    Object.entries(kinds).map(([id, kind]) => [
      id,
      {
        ...kind,
        face: { ...kind.face, infer: (context: Parameters<typeof kind.face.infer>[0]) => kind.face.infer(context) },
      },
    ]),
  );

/** The same document but for the size of its last layer; all else is the same object, as in the editor. */
function withUnits(document: Document, units: number): Document {
  const { logits } = document.graph.nodes;
  if (!logits) throw new Error('Invariant: the network ends in logits');
  const nodes = { ...document.graph.nodes, logits: { ...logits, params: { ...logits.params, units } } };
  return { ...document, graph: { ...document.graph, nodes } };
}
