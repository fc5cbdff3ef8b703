import { isRecord } from '@/lib/base/json';
import type { Document } from '@/lib/graph/document';
import { formatShape, type Spec } from '@/lib/tensor/spec';
import { childrenOf, spaceOf } from '../common/children';
import { specOn } from '../common/inference';
import { tensorOn } from '../common/operands';
import type { Emit, Face, InferContext, Inference, KindDocs, KindExample, KindRun, Problem } from '../kind';

export const face: Face = {
  id: 'child-score',
  version: 1,
  title: 'Child score',
  summary: 'Trains the networks that tokens describe and says how good they are.',
  category: 'blocks',
  makes: 'op',
  role: 'op',
  host: true,
  aliases: ['neural architecture search', 'nas', 'automl', 'reward of an architecture', 'hyperparameter search'],
  icon: 'seedling',
  fields: {
    document: {
      type: 'json',
      title: 'Child',
      default: null,
      help: 'The document that is trained, as it is saved; its params are what tokens choose.',
    },
    space: {
      type: 'json',
      title: 'Choices',
      default: [],
      help: 'For each token of a row a param of the child and its values: [{ "param": "units", "values": [4, 8, 16] }].',
    },
    metric: {
      type: 'text',
      title: 'Metric',
      default: 'val.accuracy',
      essential: true,
      help: 'What a child is judged by at its end.',
    },
    budget: {
      type: 'number',
      title: 'Budget',
      default: 100,
      min: 1,
      max: 1_000_000,
      integer: true,
      essential: true,
      help: 'For how many iterations each child is trained.',
    },
    otherwise: {
      type: 'number',
      title: 'Otherwise',
      default: 0,
      help: 'The score of a child that cannot be built or trained.',
    },
  },
  inputs: [{ id: 'tokens', title: 'Tokens', type: 'tensor' }],
  outputs: [{ id: 'y', title: 'Scores', type: 'tensor' }],
  grad: [],
  trains: true,
  oftenNext: ['running-mean', 'policy-gradient'],
};

export const docs: KindDocs = {
  text: 'Each row of tokens describes a network: a token chooses a value of a param of the child document. Every child is trained for the budget and judged by the metric; one that came before is not trained again. A controller that writes such rows learns from the scores with Policy gradient. Children are trained while the run fetches its next batch, and there alone: elsewhere their scores are not known.',
  source: 'Zoph and Le, Neural architecture search with reinforcement learning, 2017',
};

export const examples: KindExample[] = [
  {
    title: 'Two choices',
    params: {
      document: {
        schema: 1,
        title: 'Child',
        graph: { nodes: {}, edges: {} },
        blocks: {},
        params: { units: { title: 'Units', default: 8 }, rate: { title: 'Rate', default: 0.1 } },
        presets: {},
        variants: [],
        expected: [],
        notes: [],
        frames: [],
        settings: { batch: 32, lengths: {} },
        layout: { main: {} },
      },
      space: [
        { param: 'units', values: [4, 8, 16] },
        { param: 'rate', values: [0.1, 0.01] },
      ],
    },
    inputs: { tokens: [{ shape: ['batch', 2], dtype: 'int32', meaning: 'tokens', classes: 3 }] },
  },
];

export function infer({ params, inputs }: InferContext): Inference {
  const tokens = specOn(inputs, 'tokens');
  const y: Spec = { shape: [tokens?.shape?.[0] ?? null], dtype: 'float32', meaning: 'reward' };
  return { outputs: { y }, problems: [...childProblems(params.document), ...spaceProblems(params, tokens)] };
}

function childProblems(child: unknown): Problem[] {
  const document = documentOf(child);
  const wrong = (message: string, expected: string, received: string): Problem[] => [
    { code: 'document-invalid', severity: 'error', param: 'document', message, expected, received },
  ];
  if (!document)
    return wrong(
      'Child score needs a document to train, as it is saved: with its graph, blocks and params.',
      'a saved document',
      isRecord(child) ? `an object with ${Object.keys(child).join(', ') || 'nothing'}` : JSON.stringify(child ?? null),
    );
  return nodesOf(document).some(({ kind }) => kind === face.id)
    ? wrong('A child cannot have children of its own. Take Child score out of it.', 'a document without', face.title)
    : [];
}

/** By its main parts alone; whether all of it is sound is seen when a child is built (`lib/engine/train-child.ts`). */
function documentOf(child: unknown): Document | null {
  if (!isRecord(child) || !isRecord(child.blocks) || !isRecord(child.params)) return null;
  const graphs = [child.graph, ...Object.values(child.blocks).map((block) => isRecord(block) && block.graph)];
  return graphs.every(hasNodes) ? (child as unknown as Document) : null;
}

const hasNodes = (graph: unknown): boolean =>
  isRecord(graph) && isRecord(graph.nodes) && Object.values(graph.nodes).every(isRecord);

const nodesOf = ({ graph, blocks }: Document) =>
  [graph, ...Object.values(blocks).map((block) => block.graph)].flatMap(({ nodes }) => Object.values(nodes));

function spaceProblems(params: InferContext['params'], tokens: Spec | undefined): Problem[] {
  const space = spaceOf(params);
  const wrong = (message: string, expected: string): Problem[] => [
    {
      code: 'param-range',
      severity: 'error',
      param: 'space',
      message,
      expected,
      received: JSON.stringify(params.space),
    },
  ];
  if (!space) return wrong('Choices are a list of params with their values.', '[{ "param": …, "values": […] }]');
  const known = documentOf(params.document)?.params ?? {};
  const missing = space.find(({ param }) => !Object.hasOwn(known, param));
  if (missing)
    return wrong(
      `The child has no param ${missing.param}, so no token can choose it.`,
      Object.keys(known).join(', ') || 'a child with params',
    );
  if (!tokens?.shape) return [];
  const [, length = null] = tokens.shape;
  if (tokens.dtype === 'int32' && tokens.shape.length === 2 && (length === null || length === space.length)) return [];
  return [
    {
      code: tokens.dtype === 'int32' ? 'shape-mismatch' : 'dtype-mismatch',
      severity: 'error',
      port: 'tokens',
      message: `Child score takes a row of tokens for each child, one for each of its ${space.length} choices, but gets ${tokens.dtype} ${formatShape(tokens.shape)}.`,
      expected: `batch×${space.length} of int32`,
      received: `${formatShape(tokens.shape)} of ${tokens.dtype}`,
    },
  ];
}

export const run: KindRun = {
  as: 'op',
  run(tf, { params, inputs, child }) {
    const tokens = tensorOn(inputs, 'tokens');
    const requests = childrenOf(params, { data: tokens.dataSync() as Int32Array, shape: tokens.shape });
    return { outputs: { y: tf.tensor1d(requests.map((request) => child?.(request) ?? Number.NaN)) } };
  },
};

const NO_FORMAT = { unsupported: 'it trains other networks, which no file can' };

export const emit: Emit = { keras: () => NO_FORMAT, torch: () => NO_FORMAT, onnx: () => NO_FORMAT };
