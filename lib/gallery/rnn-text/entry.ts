import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const set = { width: { '=': 'width' } };

const document = buildDocument({
  title: 'A network that writes',
  pitch: 264,
  params: {
    iterations: { title: 'Iterations', default: 6000, min: 1 },
    width: { title: 'Units', default: 256, min: 1 },
  },
  presets: { quick: { iterations: 240, width: 96 } },
  expected: [
    { metric: 'val.perplexity', op: '<', than: { metric: 'val.n-gram-perplexity' } },
    { metric: 'val.perplexity', op: '<', than: { metric: 'val.n-gram-perplexity' }, preset: 'quick' },
  ],
  settings: { batch: 64, lengths: {} },
  blocks: {
    writer: {
      title: 'Writer',
      inputs: [{ id: 'x', name: 'Characters so far', type: 'tensor' }],
      outputs: [{ id: 'y', name: 'Scores of the next one', type: 'tensor' }],
      params: { width: { title: 'Units', default: 256, min: 1 } },
      rows: [
        {
          nodes: {
            letters: { kind: 'embedding', params: { tokens: 38, size: 32 }, from: { x: '$in.x' } },
            memory: { kind: 'gru', params: { units: { '=': 'width' }, gives: 'every' }, from: { x: 'letters' } },
            scores: { kind: 'dense', params: { units: 38 }, from: { x: 'memory' } },
          },
        },
      ],
      gives: { y: 'scores' },
    },
  },
  rows: [
    {
      nodes: {
        novel: { kind: 'dataset', params: { dataset: 'moby-dick' } },
        'one-later': { kind: 'shift-right', from: { x: 'novel.text' } },
        writer: { kind: 'instance', params: { block: 'writer', set }, from: { x: 'one-later' } },
        loss: { kind: 'cross-entropy', from: { logits: 'writer', labels: 'novel.text' } },
        adam: {
          kind: 'adam',
          params: { rate: 0.01, clip: 'global-norm', clipAt: 1 },
          promoted: ['rate'],
          from: { loss: 'loss.loss', 'param:rate': 'rate.value' },
        },
        training: {
          kind: 'training',
          params: { lengthBy: 'iterations', iterations: { '=': 'iterations' }, validate: 120 },
          from: { steps: ['adam.step'], monitor: 'perplexity.metric' },
        },
      },
    },
    {
      nodes: {
        rate: {
          kind: 'cosine',
          params: { from: 0.01, to: 0.001, over: { '=': 'iterations' }, unit: 'iterations' },
          at: { column: 3 },
        },
        perplexity: { kind: 'perplexity', from: { logits: 'writer', labels: 'novel.text' }, at: { column: 4 } },
        'three-letters': { kind: 'n-gram', from: { x: 'novel.text' }, at: { column: 2, down: 150 } },
        rival: {
          kind: 'perplexity',
          params: { key: 'n-gram-perplexity' },
          from: { logits: 'three-letters', labels: 'novel.text' },
          at: { column: 4, down: 150 },
        },
      },
    },
    {
      nodes: {
        beginning: { kind: 'slice', params: { axis: 1, size: 8 }, from: { x: 'novel.text' }, at: { column: 1 } },
        write: {
          kind: 'generate',
          params: { block: 'writer', set, length: 160, temperature: 0.7 },
          from: { prompt: 'beginning', weights: 'writer.weights' },
        },
        page: { kind: 'text-samples', params: { every: 120 }, from: { tokens: 'write', names: 'novel.text' } },
        continue: { kind: 'output', params: { key: 'continue' }, from: { x: 'write' } },
      },
    },
  ],
  frames: [{ title: 'What it writes', around: ['beginning', 'continue'] }],
});

/** A recurrent network learns to write, letter by letter, and is measured against counting. */
export const entry: GalleryEntry = {
  id: 'rnn-text',
  title: 'A network that writes',
  section: 'E',
  summary: 'Letter by letter, in the style of a novel',
  minutes: 20,
  document,
  thumbnail: { draw: 'text', lines: ['the sea was the sea', 'and the whale of the', 'captain said the shi▮'] },
  lesson: [
    {
      text: 'Moby-Dick in pieces of 64 characters. The task could not be plainer: you have read so far, which letter comes next? To get it right again and again takes spelling, grammar, and in the end a story.',
      nodes: ['novel'],
    },
    {
      text: 'The text goes in shifted by one step, so that at each place the network sees what came before and is asked for what stands there. A recurrent layer keeps in memory what it has read.',
      nodes: ['one-later', 'writer'],
    },
    {
      text: 'Perplexity says between how many letters it hesitates: 38 is guessing, 1 is certainty. The rival below never learns: it has counted, over the whole novel, which letter follows which two.',
      nodes: ['perplexity', 'three-letters', 'rival'],
    },
    {
      text: 'To write, the network gets eight letters of the novel, draws the next one from its own chances, reads it back in and goes on. A low temperature makes it careful, a high one reckless.',
      nodes: ['beginning', 'write'],
    },
    {
      text: 'Run it and read along. First come letters, then words that could be English, then words that are. When does it beat the counting of three letters?',
      nodes: ['page', 'perplexity'],
    },
  ],
};
