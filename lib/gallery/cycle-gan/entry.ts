import type { Params } from '@/lib/graph/document';
import { type BlockPlan, buildDocument, type NodePlan } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const conv = (x: string, filters: Params[string], stride = 1, activation = 'relu'): NodePlan => ({
  kind: 'conv-2d',
  params: { filters, kernel: [3, 3], stride: [stride, stride], activation },
  from: { x },
});

const width = { width: { title: 'Width', default: 24, min: 4, max: 256 } };

/** Paints a picture from a picture. */
const translator = (title: string): BlockPlan => ({
  title,
  params: width,
  inputs: [{ id: 'x', name: 'Picture', type: 'tensor' }],
  outputs: [{ id: 'y', name: 'Picture', type: 'tensor' }],
  rows: [
    {
      nodes: {
        conv1: conv('$in.x', { '=': 'width' }),
        conv2: conv('conv1', { '=': 'width' }),
        conv3: conv('conv2', { '=': 'width' }),
        picture: conv('conv3', 1, 1, 'sigmoid'),
      },
    },
  ],
  gives: { y: 'picture' },
});

/** Scores patches, not whole pictures: what counts is the coat. */
const judge = (title: string, last: string): BlockPlan => ({
  title,
  params: width,
  inputs: [{ id: 'x', name: 'Picture', type: 'tensor' }],
  outputs: [{ id: 'y', name: 'Score', type: 'tensor' }],
  rows: [
    {
      nodes: {
        conv1: conv('$in.x', { '=': 'width' }, 2, 'leaky-relu'),
        conv2: conv('conv1', { '=': '2*width' }, 2, 'leaky-relu'),
        score: conv('conv2', 1, 1, 'linear'),
        ...(last === 'mean' ? { mean: { kind: 'global-average-pool-2d', from: { x: 'score' } } } : {}),
      },
    },
  ],
  gives: { y: last },
});

const use = (block: string, x: string, weights?: string): NodePlan => ({
  kind: 'instance',
  params: { block, set: { width: { '=': 'width' } } },
  from: { x, ...(weights ? { weights: `${weights}.weights` } : {}) },
});

const gan = (x: string, real?: string): NodePlan => ({
  kind: 'gan-loss',
  params: { side: real ? 'discriminator' : 'generator', form: 'least-squares' },
  from: { x, ...(real ? { real } : {}) },
});

const distance = (x: string, target: string): NodePlan => ({ kind: 'mae', from: { x, target } });

const adam = (loss: string, weights: string): NodePlan => ({
  kind: 'adam',
  params: { rate: 0.001, beta1: 0.5 },
  from: { loss: `${loss}.loss`, weights: [`${weights}.weights`] },
});

const document = buildDocument({
  title: 'CycleGAN',
  pitch: 296,
  params: {
    ...width,
    epochs: { title: 'Epochs', default: 60, min: 1 },
  },
  presets: { quick: { epochs: 12, width: 12 } },
  expected: [
    { metric: 'val.accepted', op: '>=', value: 0.8 },
    { metric: 'val.cycle', op: '<', than: { metric: 'val.cycle', over: 'first' }, times: 0.5 },
    { metric: 'val.accepted', op: '>=', value: 0.8, preset: 'quick' },
    { metric: 'val.cycle', op: '<', than: { metric: 'val.cycle', over: 'first' }, times: 0.5, preset: 'quick' },
  ],
  settings: { batch: 16, lengths: {} },
  blocks: {
    'to-striped': translator('Add stripes'),
    'to-plain': translator('Take stripes off'),
    'judge-plain': judge('Judge of plain ones', 'score'),
    'judge-striped': judge('Judge of striped ones', 'score'),
    classifier: judge('Classifier', 'mean'),
  },
  rows: [
    {
      nodes: {
        plain: { kind: 'dataset', params: { dataset: 'plain-blobs' } },
        fakeStriped: use('to-striped', 'plain.image'),
        againPlain: use('to-plain', 'fakeStriped', 'fakePlain'),
        cyclePlain: distance('againPlain', 'plain.image'),
        samePlain: use('to-plain', 'plain.image', 'fakePlain'),
        identityPlain: distance('samePlain', 'plain.image'),
      },
    },
    {
      nodes: {
        striped: { kind: 'dataset', params: { dataset: 'striped-blobs' } },
        fakePlain: use('to-plain', 'striped.image'),
        againStriped: use('to-striped', 'fakePlain', 'fakeStriped'),
        cycleStriped: distance('againStriped', 'striped.image'),
        sameStriped: use('to-striped', 'striped.image', 'fakeStriped'),
        identityStriped: distance('sameStriped', 'striped.image'),
      },
    },
    {
      nodes: {
        realPlain: use('judge-plain', 'plain.image'),
        newPlain: use('judge-plain', 'fakePlain', 'realPlain'),
        oldPlain: { kind: 'history', params: { size: 50 }, from: { x: 'fakePlain' } },
        seenPlain: use('judge-plain', 'oldPlain', 'realPlain'),
        lossPlain: gan('seenPlain', 'realPlain'),
        fooledPlain: gan('newPlain'),
      },
    },
    {
      nodes: {
        realStriped: use('judge-striped', 'striped.image'),
        newStriped: use('judge-striped', 'fakeStriped', 'realStriped'),
        oldStriped: { kind: 'history', params: { size: 50 }, from: { x: 'fakeStriped' } },
        seenStriped: use('judge-striped', 'oldStriped', 'realStriped'),
        lossStriped: gan('seenStriped', 'realStriped'),
        fooledStriped: gan('newStriped'),
      },
    },
    {
      nodes: {
        translate: {
          kind: 'loss-sum',
          params: { weights: [1, 1, 10, 10, 2, 2] },
          from: {
            losses: [
              'fooledPlain.loss',
              'fooledStriped.loss',
              'cyclePlain.loss',
              'cycleStriped.loss',
              'identityPlain.loss',
              'identityStriped.loss',
            ],
          },
        },
        adamToStriped: adam('translate', 'fakeStriped'),
        adamToPlain: adam('translate', 'fakePlain'),
        adamJudgePlain: adam('lossPlain', 'realPlain'),
        adamJudgeStriped: adam('lossStriped', 'realStriped'),
        training: {
          kind: 'training',
          params: { epochs: { '=': 'epochs' }, updates: 'together', seed: 4 },
          from: {
            steps: [
              'adamToStriped.step',
              'adamToPlain.step',
              'adamJudgePlain.step',
              'adamJudgeStriped.step',
              'adamClassifier.step',
            ],
          },
        },
      },
    },
    {
      nodes: {
        seesPlain: use('classifier', 'plain.image'),
        seesStriped: use('classifier', 'striped.image', 'seesPlain'),
        saysPlain: { kind: 'bce', from: { x: 'seesPlain', labels: 'plain.striped' } },
        saysStriped: { kind: 'bce', from: { x: 'seesStriped', labels: 'striped.striped' } },
        classify: { kind: 'loss-sum', from: { losses: ['saysPlain.loss', 'saysStriped.loss'] } },
        adamClassifier: adam('classify', 'seesPlain'),
      },
    },
    {
      nodes: {
        seesFake: use('classifier', 'fakeStriped', 'seesPlain'),
        accepted: {
          kind: 'accuracy',
          params: { key: 'accepted' },
          from: { logits: 'seesFake', labels: 'striped.striped' },
        },
        cycle: { kind: 'mean-metric', params: { key: 'cycle' }, from: { x: 'cyclePlain.perExample' } },
        wall: { kind: 'sample-grid', params: { count: 16, every: 50 }, from: { image: 'fakeStriped' } },
        back: { kind: 'sample-grid', params: { count: 16, every: 50 }, from: { image: 'againPlain' } },
        stripes: { kind: 'output', params: { key: 'stripes' }, from: { x: 'fakeStriped' } },
        plainer: { kind: 'output', params: { key: 'plainer' }, from: { x: 'fakePlain' } },
      },
    },
  ],
  frames: [{ title: 'Does it work?', around: ['seesFake', 'back'], height: 290 }],
});

/** Zhu et al., Unpaired image-to-image translation using cycle-consistent adversarial networks, 2017. */
export const entry: GalleryEntry = {
  id: 'cycle-gan',
  title: 'CycleGAN',
  section: 'C',
  summary: 'Put stripes on, take them off',
  minutes: 45,
  document,
  thumbnail: { draw: 'pictures', dataset: 'striped-blobs' },
  lesson: [
    {
      text: 'Two heaps of pictures: plain animals and striped ones. No picture of one heap belongs to one of the other; nobody ever shows the network the same animal twice.',
      nodes: ['plain', 'striped'],
    },
    {
      text: 'One translator puts stripes on, the other takes them off. Two judges score patches: does this look like the other heap?',
      nodes: ['fakeStriped', 'fakePlain', 'realPlain', 'realStriped'],
    },
    {
      text: 'A translator could fool its judge with any striped animal. So it must be able to come back: there and back again has to give the same picture. That is the cycle.',
      nodes: ['againPlain', 'againStriped', 'cyclePlain', 'cycleStriped'],
    },
    {
      text: 'Judges forget. They are shown older fakes too, from a history of fifty.',
      nodes: ['oldPlain', 'oldStriped'],
    },
    {
      text: 'Four optimizers move four networks at the same moment, all from the same forward pass. A fifth trains a classifier on the real heaps alone; it tells how many translated animals pass as striped.',
      nodes: ['training', 'adamToStriped', 'adamToPlain', 'adamJudgePlain', 'adamJudgeStriped', 'accepted'],
    },
  ],
};
