import { expect, test } from 'vitest';
import { checkProgram } from '@/lib/compile/check-program';
import { buildDocument, mnistCnn } from '@/tests/helpers/build-document';
import { compiled, context, programOf, sketch } from '@/tests/helpers/compile-context';
import { gan } from '@/tests/helpers/example-documents';

test('mnist-cnn: one update, two sweeps and a function, as the specification lists them', () => {
  const result = compiled(mnistCnn());
  expect(result.diagnostics).toEqual([]);
  const program = programOf(mnistCnn());
  expect(sketch(program)).toEqual([
    'fetch d keeps d.image d.label',
    'upd opt[L.loss | conv1#kernel conv1#bias conv2#kernel conv2#bias dense1#kernel dense1#bias logits#kernel logits#bias | ] folds loss accuracy',
    'validation: sweep validation{loss accuracy}',
    'end: sweep test{loss accuracy}',
  ]);
  expect(program.functions).toEqual([
    {
      name: 'digit',
      inputs: [{ name: 'image', value: 'd.image' }],
      outputs: [{ name: 'digit', value: 'soft.y' }],
      ops: ['conv1', 'pool1', 'conv2', 'pool2', 'flat', 'drop', 'dense1', 'logits', 'soft'],
    },
  ]);
  expect(program.run).toMatchObject({
    length: { epochs: 5 },
    epochSource: 'd',
    monitor: { metric: 'val.accuracy', better: 'higher' },
  });
  expect(program.symbols).toEqual({ batch: 64 });
  expect(checkProgram(program, context.kinds)).toEqual([]);
});

test('mnist-cnn with batch norm: the update trains its scale and writes its statistics, sweeps and functions only read them', () => {
  const document = mnistCnn();
  document.graph.nodes.bn = { kind: 'batch-norm', version: 1, name: 'bn', params: {} };
  for (const edge of Object.values(document.graph.edges)) if (edge.to[0] === 'pool1') edge.to = ['bn', 'x'];
  document.graph.edges.bn = { from: ['bn', 'y'], to: ['pool1', 'x'] };
  const program = programOf(document);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  const [, update, validation] = sketch(program);
  expect(update).toMatch(/ bn#gamma bn#beta .*\| bn#moving_mean by bn bn#moving_variance by bn\] folds loss accuracy$/);
  expect(validation).toBe('validation: sweep validation{loss accuracy}');
  expect(program.functions[0]?.ops.slice(0, 3)).toEqual(['conv1', 'bn', 'pool1']);
});

test('mnist-cnn: parameters, FLOPs and receptive fields are those that can be worked out by hand', () => {
  const { totals, nodes } = compiled(mnistCnn());
  expect(totals.parameters).toBe(320 + 18_496 + 401_536 + 1_290);
  expect(totals.trainableParameters).toBe(totals.parameters);
  expect(nodes.conv1).toMatchObject({ parameters: 320, receptiveField: [3, 3] });
  expect(nodes.pool1).toMatchObject({ receptiveField: [4, 4] });
  expect(nodes.conv2).toMatchObject({ parameters: 18_496, receptiveField: [8, 8] });
  expect(nodes.pool2).toMatchObject({ receptiveField: [10, 10] });
  expect(nodes.dense1?.flops).toBeGreaterThanOrEqual(2 * 3136 * 128);
  expect(nodes.conv1?.outputs[0]?.spec?.shape).toEqual(['batch', 28, 28, 32]);
  expect(nodes.conv1?.activationBytes).toBe(28 * 28 * 32 * 4);
});

test('gan: each step trains its own network and writes its own statistics, real before fake', () => {
  const program = programOf(gan());
  expect(checkProgram(program, context.kinds)).toEqual([]);
  expect(sketch(program)).toEqual([
    'fetch d z keeps d.point z.y',
    'upd oD[Ld.loss | Dr/h#kernel Dr/h#bias Dr/bn#gamma Dr/bn#beta Dr/o#kernel Dr/o#bias | Dr/bn#moving_mean by Dr/bn Dr/bn#moving_variance by Dr/bn Dr/bn#moving_mean by Df/bn Dr/bn#moving_variance by Df/bn] folds loss',
    'every 5: upd oG[Lg.loss | G/h#kernel G/h#bias G/bn#gamma G/bn#beta G/o#kernel G/o#bias | G/bn#moving_mean by G/bn G/bn#moving_variance by G/bn] folds as-loss',
    'validation: sweep validation{loss as-loss}',
    'end: sweep test{loss as-loss}',
  ]);
  expect(program.variables.filter(({ id }) => id.startsWith('Df/'))).toEqual([]);
  expect(program.variables.find(({ id }) => id === 'Dr/h#kernel')?.name).toBe('Dr/h/kernel');
  expect(program.functions[0]).toMatchObject({ name: 'generate', inputs: [{ name: 'noise', value: 'z.y' }] });
});

test('a schedule drives a learning rate and the weight of a loss through fetch', () => {
  const document = buildDocument({
    nodes: {
      d: ['dataset', { dataset: 'iris' }],
      h: ['dense', { units: 3 }],
      L: ['cross-entropy'],
      P: ['as-loss'],
      S: ['loss-sum', { weights: [1, 0.5] }],
      ramp: ['linear-ramp'],
      slow: ['cosine'],
      opt: ['adam'],
      T: ['training', { lengthBy: 'iterations', iterations: 40 }],
    },
    wires: [
      ['d.features', 'h'],
      ['h', 'L.logits'],
      ['d.label', 'L.labels'],
      ['h', 'P'],
      ['L.loss', 'S.losses'],
      ['P.loss', 'S.losses'],
      ['ramp.value', 'S.param:weights.1'],
      ['slow.value', 'opt.param:rate'],
      ['S.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
    ],
  });
  const program = programOf(document);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  const [fetch, update] = program.tasks;
  expect(fetch).toMatchObject({ sources: ['d'], ops: ['ramp', 'slow'] });
  expect(fetch?.do === 'fetch' && fetch.keep).toEqual(['d.features', 'd.label', 'ramp.value', 'slow.value']);
  expect(update?.do === 'update' && update.numbers.rate).toBe('slow.value');
  expect(program.ops.find(({ id }) => id === 'S')?.numbers).toEqual({ 'weights.0': 1, 'weights.1': 'ramp.value' });
  expect(program.ops.find(({ id }) => id === 'S')?.params).toEqual({});
  expect(program.run.length).toEqual({ iterations: 40 });
});

test('a document without Training has functions only', () => {
  const document = buildDocument({
    nodes: { x: ['constant', { value: [[-1, 2]] }], h: ['dense', { units: 1 }], out: ['output', { key: 'z' }] },
    wires: [
      ['x', 'h'],
      ['h', 'out'],
    ],
  });
  const program = programOf(document);
  expect(program.tasks).toEqual([]);
  expect(program.folds).toEqual([]);
  expect(program.functions).toEqual([
    { name: 'z', inputs: [], outputs: [{ name: 'z', value: 'h.y' }], ops: ['x', 'h'] },
  ]);
  expect(checkProgram(program, context.kinds)).toEqual([]);
});

test('a function starts at the wires that the output node is given', () => {
  const document = mnistCnn();
  document.graph.edges.in = { from: ['flat', 'y'], to: ['out', 'inputs'] };
  const [fn] = programOf(document).functions;
  expect(fn?.inputs).toEqual([{ name: 'flatten', value: 'flat.y' }]);
  expect(fn?.ops).toEqual(['drop', 'dense1', 'logits', 'soft']);
});

test('a metric of something that no update computes is measured in sweeps only', () => {
  const document = mnistCnn();
  document.graph.nodes.acc2 = {
    kind: 'accuracy',
    version: 1,
    name: 'acc2',
    params: { key: 'sure', from: 'probabilities' },
  };
  document.graph.edges.s1 = { from: ['soft', 'y'], to: ['acc2', 'logits'] };
  document.graph.edges.s2 = { from: ['d', 'label'], to: ['acc2', 'labels'] };
  const lines = sketch(programOf(document));
  expect(lines[1]).toMatch(/folds loss accuracy$/);
  expect(lines[2]).toBe('validation: sweep validation{loss accuracy sure}');
});

test('a frozen layer keeps its weights, and its batch norm its statistics', () => {
  const document = gan();
  const G = document.graph.nodes.Dr;
  if (G) G.frozen = true;
  const { diagnostics } = compiled(document);
  expect(diagnostics.map(({ code }) => code)).toContain('no-weights');
  const trainOnlyG = gan();
  const { Dr, T } = trainOnlyG.graph.nodes;
  if (Dr) Dr.frozen = true;
  if (T) delete trainOnlyG.graph.edges.stepD;
  delete trainOnlyG.graph.nodes.oD;
  for (const [id, edge] of Object.entries(trainOnlyG.graph.edges))
    if (edge.from[0] === 'oD' || edge.to[0] === 'oD') delete trainOnlyG.graph.edges[id];
  const program = programOf(trainOnlyG);
  const update = program.tasks.find((task) => task.do === 'update');
  expect(update?.writes.map(({ variable }) => variable)).toEqual(['G/bn#moving_mean', 'G/bn#moving_variance']);
  expect(program.variables.filter(({ frozen }) => frozen).map(({ id }) => id)).toContain('Dr/bn#moving_mean');
  expect(program.ops.find(({ id }) => id === 'Dr/bn')?.frozen).toBe(true);
});

test('presets and settings reach the program through document params', () => {
  const document = mnistCnn();
  document.params = { width: { title: 'Width', default: 32, min: 1, max: 64 }, n: { title: 'Batch', default: 64 } };
  document.presets = { quick: { width: 8 } };
  document.settings.batch = { '=': 'n // 2' };
  const { conv1, conv2 } = document.graph.nodes;
  if (conv1 && conv2) {
    conv1.params.filters = { '=': 'width' };
    conv2.params.filters = { '=': '2*width' };
  }
  const shape = (id: string, program = programOf(document)) => program.variables.find((each) => each.id === id)?.shape;
  expect(shape('conv2#kernel')).toEqual([3, 3, 32, 64]);
  expect(shape('conv2#kernel', programOf(document, { preset: 'quick' }))).toEqual([3, 3, 8, 16]);
  expect(shape('conv2#kernel', programOf(document, { preset: 'quick', set: { width: 2 } }))).toEqual([3, 3, 2, 4]);
  expect(programOf(document).symbols.batch).toBe(32);
  expect(programOf(document, { batch: 7 }).symbols.batch).toBe(7);
});

test('r-cnn: proposals and targets come with the batch, in sweeps the head looks at every proposal', () => {
  const port = (id: string) => ({ id, name: id, type: 'tensor' as const });
  const document = buildDocument({
    blocks: {
      head: {
        inputs: [port('x')],
        outputs: [port('logits'), port('delta')],
        nodes: { f: ['flatten'], h: ['dense', { units: 8 }], c: ['dense', { units: 4 }], r: ['dense', { units: 4 }] },
        wires: [
          ['$in.x', 'f'],
          ['f', 'h'],
          ['h', 'c'],
          ['h', 'r'],
          ['c', '$out.logits'],
          ['r', '$out.delta'],
        ],
      },
    },
    nodes: {
      d: ['dataset', { dataset: 'scenes' }],
      p: ['propose-regions', { max: 64 }],
      t: ['assign-targets', { keep: 16 }],
      c: ['crop-resize', { size: [8, 8] }],
      H: ['instance', { block: 'head' }],
      L1: ['cross-entropy'],
      L2: ['huber'],
      L: ['loss-sum'],
      opt: ['adam'],
      T: ['training', { epochs: 1 }],
      c2: ['crop-resize', { size: [8, 8] }],
      H2: ['instance', { block: 'head' }],
      n: ['nms', { max: 10 }],
      map: ['mean-ap'],
      see: ['boxes'],
      out: ['output', { key: 'detect' }],
    },
    wires: [
      ['d.image', 'p.image'],
      ['p.boxes', 't.boxes'],
      ['d.boxes', 't.truth'],
      ['d.classes', 't.classes'],
      ['d.image', 'c.x'],
      ['t.rois', 'c.boxes'],
      ['c', 'H'],
      ['H.logits', 'L1.logits'],
      ['t.class', 'L1.labels'],
      ['t.weight', 'L1.sampleWeight'],
      ['H.delta', 'L2.x'],
      ['t.delta', 'L2.target'],
      ['t.fg', 'L2.sampleWeight'],
      ['L1.loss', 'L.losses'],
      ['L2.loss', 'L.losses'],
      ['L.loss', 'opt.loss'],
      ['opt.step', 'T.steps'],
      ['d.image', 'c2.x'],
      ['p.boxes', 'c2.boxes'],
      ['c2', 'H2'],
      ['H.weights', 'H2.weights'],
      ['p.boxes', 'n.boxes'],
      ['H2.logits', 'n.scores'],
      ['H2.delta', 'n.delta'],
      ['n.detections', 'map.detections'],
      ['d.boxes', 'map.boxes'],
      ['d.classes', 'map.classes'],
      ['d.image', 'see.image'],
      ['n.detections', 'see.detections'],
      ['n.detections', 'out'],
    ],
  });
  const program = programOf(document);
  expect(checkProgram(program, context.kinds)).toEqual([]);
  const weights = ['h', 'c', 'r'].flatMap((layer) => [`H/${layer}#kernel`, `H/${layer}#bias`]).join(' ');
  const [fetch, update, ...rest] = sketch(program);
  expect(fetch).toBe('fetch d p t keeps d.image t.class t.delta t.fg t.rois t.weight');
  expect(update).toBe(`upd opt[L.loss | ${weights} | ] folds cross-entropy huber loss`);
  expect(rest.filter((line) => line.startsWith('validation'))[0]).toBe(
    'validation: sweep validation{cross-entropy huber mean-ap loss}',
  );
  const sweep = program.tasks.find((task) => task.do === 'sweep' && task.split === 'validation');
  const inSweep = sweep?.do === 'sweep' ? sweep.ops : [];
  const order = ['p', 'H2/c', 'n'].map((path) => inSweep.indexOf(path));
  expect(order.every((place, at) => place > (order[at - 1] ?? -1))).toBe(true);
  expect(program.ops.find(({ id }) => id === 'n')?.where).toBe('host');
  expect(program.functions).toMatchObject([{ name: 'detect', inputs: [{ name: 'image', value: 'd.image' }] }]);
});
