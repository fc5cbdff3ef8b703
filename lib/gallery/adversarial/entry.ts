import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const document = buildDocument({
  title: 'Adversarial examples',
  pitch: 248,
  params: {
    strength: { title: 'Largest change of a pixel', default: 0.2, min: 0, max: 1 },
    mix: { title: 'Weight of attacked digits in training', default: 1, min: 0, max: 10 },
    width: { title: 'Filters of the first layer', default: 32, min: 1, max: 256 },
    epochs: { title: 'Epochs', default: 6, min: 1 },
  },
  presets: { quick: { width: 16, epochs: 2 } },
  variants: [
    { id: 'plain', title: 'Trained on clean digits', set: { mix: 0 } },
    { id: 'trained', title: 'Trained on attacked digits too', set: { mix: 1 } },
  ],
  expected: (['quick', undefined] as const).flatMap((preset) =>
    [
      { variant: 'plain', metric: 'test.accuracy', op: '>=' as const, value: 0.97 },
      { variant: 'plain', metric: 'test.under-fgsm', op: '<=' as const, value: 0.6 },
      { variant: 'plain', metric: 'test.under-pgd', op: '<=' as const, value: 0.1 },
      { variant: 'trained', metric: 'test.accuracy', op: '>=' as const, value: 0.97 },
      { variant: 'trained', metric: 'test.under-fgsm', op: '>=' as const, value: 0.8 },
    ].map((expectation) => (preset === undefined ? expectation : { ...expectation, preset })),
  ),
  settings: { batch: 128, lengths: {} },
  blocks: {
    network: {
      title: 'Reader of digits',
      params: { width: { title: 'Filters', default: 8 } },
      inputs: [{ id: 'x', name: 'Picture', type: 'tensor' }],
      outputs: [{ id: 'y', name: 'Scores', type: 'tensor' }],
      rows: [
        {
          nodes: {
            conv1: {
              kind: 'conv-2d',
              params: { filters: { '=': 'width' }, kernel: [5, 5], stride: [2, 2], activation: 'relu' },
              from: { x: '$in.x' },
            },
            conv2: {
              kind: 'conv-2d',
              params: { filters: { '=': '2*width' }, kernel: [3, 3], stride: [2, 2], activation: 'relu' },
              from: { x: 'conv1' },
            },
            flatten: { kind: 'flatten', from: { x: 'conv2' } },
            dense: { kind: 'dense', params: { units: { '=': '8*width' }, activation: 'relu' }, from: { x: 'flatten' } },
            scores: { kind: 'dense', params: { units: 10 }, from: { x: 'dense' } },
          },
        },
      ],
      gives: { y: 'scores' },
    },
    attack: {
      title: 'One step of the attack',
      pitch: 248,
      params: {
        strength: { title: 'Largest change', default: 0.2 },
        width: { title: 'Filters', default: 8 },
      },
      inputs: [
        { id: 'x', name: 'Picture', type: 'tensor' },
        { id: 'x0', name: 'Original', type: 'tensor' },
        { id: 'label', name: 'Label', type: 'tensor' },
        { id: 'network', name: 'Network', type: 'weights' },
      ],
      outputs: [{ id: 'x', name: 'Picture', type: 'tensor' }],
      rows: [
        {
          nodes: {
            reader: {
              kind: 'instance',
              params: { block: 'network', set: { width: { '=': 'width' } } },
              from: { x: '$in.x', weights: '$in.network' },
            },
            surprise: { kind: 'cross-entropy', from: { logits: 'reader', labels: '$in.label' } },
            uphill: { kind: 'gradient', from: { of: 'surprise.loss', wrt: '$in.x' } },
            sign: { kind: 'sign', from: { x: 'uphill' } },
          },
        },
        {
          nodes: {
            small: { kind: 'rescaling', params: { scale: { '=': 'strength/4' } }, from: { x: 'sign' } },
            moved: { kind: 'add', from: { x: ['$in.x', 'small'] } },
            near: {
              kind: 'project',
              params: { radius: { '=': 'strength' } },
              from: { x: 'moved', x0: '$in.x0' },
            },
          },
        },
      ],
      gives: { x: 'near' },
    },
  },
  rows: [
    {
      nodes: {
        digits: { kind: 'dataset', params: { dataset: 'mnist' } },
        network: {
          kind: 'instance',
          params: { block: 'network', set: { width: { '=': 'width' } } },
          from: { x: 'digits.image' },
        },
        surprise: { kind: 'cross-entropy', from: { logits: 'network', labels: 'digits.label' } },
        accuracy: { kind: 'accuracy', from: { logits: 'network', labels: 'digits.label' } },
        softmax: { kind: 'softmax', from: { x: 'network' }, at: { column: 5 } },
        digit: { kind: 'output', params: { key: 'digit' }, from: { x: 'softmax' } },
      },
    },
    {
      nodes: {
        uphill: { kind: 'gradient', from: { of: 'surprise.loss', wrt: 'digits.image' }, at: { column: 1 } },
        sign: { kind: 'sign', from: { x: 'uphill' } },
        small: { kind: 'rescaling', params: { scale: { '=': 'strength' } }, from: { x: 'sign' } },
        moved: { kind: 'add', from: { x: ['digits.image', 'small'] } },
        attacked: { kind: 'clip', from: { x: 'moved' } },
        again: {
          kind: 'instance',
          params: { block: 'network', set: { width: { '=': 'width' } } },
          from: { x: 'attacked', weights: 'network.weights' },
        },
        fooled: {
          kind: 'accuracy',
          params: { key: 'under-fgsm' },
          from: { logits: 'again', labels: 'digits.label' },
        },
        wall: {
          kind: 'sample-grid',
          params: { count: 24, every: 100 },
          from: { image: 'attacked', label: 'digits.label', scores: 'again' },
        },
      },
    },
    {
      nodes: {
        attack: {
          kind: 'iterate',
          params: {
            block: 'attack',
            times: 10,
            carry: 1,
            set: { strength: { '=': 'strength' }, width: { '=': 'width' } },
          },
          from: { x: 'digits.image', x0: 'digits.image', label: 'digits.label', network: 'network.weights' },
          at: { column: 1 },
        },
        third: {
          kind: 'instance',
          params: { block: 'network', set: { width: { '=': 'width' } } },
          from: { x: 'attack.x', weights: 'network.weights' },
        },
        beaten: {
          kind: 'accuracy',
          params: { key: 'under-pgd' },
          from: { logits: 'third', labels: 'digits.label' },
        },
      },
    },
    {
      nodes: {
        anyway: { kind: 'cross-entropy', from: { logits: 'again', labels: 'digits.label' }, at: { column: 1 } },
        share: { kind: 'linear-ramp', params: { from: { '=': 'mix' }, to: { '=': 'mix' }, over: 1 } },
        both: {
          kind: 'loss-sum',
          params: { weights: [1, 1] },
          promoted: ['weights.1'],
          from: { losses: ['surprise.loss', 'anyway.loss'], 'param:weights.1': 'share.value' },
        },
        adam: { kind: 'adam', params: { rate: 0.002 }, from: { loss: 'both.loss' } },
        training: { kind: 'training', params: { epochs: { '=': 'epochs' } }, from: { steps: ['adam.step'] } },
      },
    },
  ],
  frames: [
    { title: 'The fast attack', around: ['uphill', 'wall'] },
    { title: 'The same in ten steps', around: ['attack', 'beaten'] },
    { title: 'Training against it', around: ['anyway', 'training'] },
  ],
});

/** FGSM, PGD and adversarial training on digits: the attack is wired, not coded. */
export const entry: GalleryEntry = {
  id: 'adversarial',
  title: 'Adversarial examples',
  section: 'D',
  summary: 'A little noise fools it; training helps',
  minutes: 30,
  document,
  thumbnail: { draw: 'pictures', dataset: 'mnist' },
  lesson: [
    {
      text: 'A network reads digits. Its loss says how surprised it is by the right answer.',
      nodes: ['network', 'surprise'],
    },
    {
      text: 'Training asks how the loss changes with the weights. An attacker asks another question: how does it change with each pixel? That is one node.',
      nodes: ['uphill'],
    },
    {
      text: 'Only the sign counts: each pixel is moved by 0.2 to the side that makes the network more surprised. You still see the digit; the network no longer does.',
      nodes: ['sign', 'small', 'moved', 'attacked', 'wall'],
    },
    {
      text: 'Ten smaller steps, each looking where uphill is now, fool it nearly always. No step may leave the neighbourhood of the original.',
      nodes: ['attack', 'beaten'],
    },
    {
      text: 'The remedy: attack in every step of training and learn from the attacked digits too. Compare the two runs.',
      nodes: ['anyway', 'both', 'adam'],
    },
  ],
};
