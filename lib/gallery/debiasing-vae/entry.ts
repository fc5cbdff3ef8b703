import { buildDocument } from '../build-document';
import type { GalleryEntry } from '../gallery-entry';

const conv = (filters: number) => ({ filters, kernel: [3, 3], stride: [2, 2], activation: 'relu' });

const document = buildDocument({
  title: 'Debiasing faces',
  pitch: 280,
  params: {
    epochs: { title: 'Epochs', default: 20, min: 1 },
    strength: { title: 'Strength of resampling', default: 1, min: 0, max: 1 },
    vae: { title: 'Weight of the autoencoder', default: 1, min: 0 },
  },
  presets: { quick: { epochs: 9 } },
  variants: [
    { id: 'plain', title: 'Classifier alone', set: { strength: 0, vae: 0 } },
    { id: 'debiased', title: 'With latent resampling', set: { strength: 1, vae: 1 } },
  ],
  expected: ['quick', undefined].flatMap((preset) => {
    const when = preset === undefined ? {} : { preset };
    const than = (metric: string) => ({ metric, variant: 'plain' });
    return [
      { metric: 'test.group-gap', variant: 'debiased', op: '<' as const, than: than('test.group-gap'), ...when },
      {
        metric: 'test.accuracy',
        variant: 'debiased',
        op: '>=' as const,
        than: than('test.accuracy'),
        plus: -0.02,
        ...when,
      },
    ];
  }),
  settings: { batch: 64, lengths: {} },
  rows: [
    {
      nodes: {
        faces: { kind: 'dataset', params: { dataset: 'faces' }, from: { sampling: 'rare' } },
        conv1: { kind: 'conv-2d', params: conv(12), from: { x: 'faces.image' } },
        conv2: { kind: 'conv-2d', params: conv(24), from: { x: 'conv1' } },
        flat: { kind: 'flatten', from: { x: 'conv2' } },
        features: { kind: 'dense', params: { units: 48, activation: 'relu' }, from: { x: 'flat' } },
        logit: { kind: 'dense', params: { units: 1 }, from: { x: 'features' } },
        sure: { kind: 'activation', params: { function: 'sigmoid' }, from: { x: 'logit' } },
        face: { kind: 'output', params: { key: 'face' }, from: { x: 'sure' } },
      },
    },
    {
      nodes: {
        mu: { kind: 'dense', params: { units: 6 }, from: { x: 'features' } },
        logvar: { kind: 'dense', params: { units: 6 }, from: { x: 'features' } },
        z: { kind: 'gaussian-sample', from: { mu: 'mu', logvar: 'logvar' } },
        seed: { kind: 'dense', params: { units: 432, activation: 'relu' }, from: { x: 'z.z' } },
        small: { kind: 'reshape', params: { shape: [6, 6, 12] }, from: { x: 'seed' } },
        up1: { kind: 'conv-2d-transpose', params: conv(12), from: { x: 'small' } },
        up2: {
          kind: 'conv-2d-transpose',
          params: { filters: 3, kernel: [3, 3], stride: [2, 2], activation: 'sigmoid' },
          from: { x: 'up1' },
        },
      },
    },
    {
      nodes: {
        rare: {
          kind: 'latent-resampling',
          params: { strength: { '=': 'strength' }, smoothing: 0.1 },
          from: { mu: 'mu', keep: 'faces.face' },
        },
        classify: { kind: 'bce', from: { x: 'logit', labels: 'faces.face' } },
        rebuild: { kind: 'mse', from: { x: 'up2', target: 'faces.image', sampleWeight: 'faces.face' } },
        prior: { kind: 'kl-normal', from: { mu: 'mu', logvar: 'logvar', sampleWeight: 'faces.face' } },
        encode: {
          kind: 'loss-sum',
          params: { weights: [10, 0.01] },
          from: { losses: ['rebuild.loss', 'prior.loss'] },
        },
        share: { kind: 'linear-ramp', params: { from: { '=': 'vae' }, to: { '=': 'vae' }, over: 1 } },
        loss: {
          kind: 'loss-sum',
          params: { weights: [1, 1] },
          promoted: ['weights.1'],
          from: { losses: ['classify.loss', 'encode.loss'], 'param:weights.1': 'share.value' },
        },
        adam: { kind: 'adam', params: { rate: 0.002 }, from: { loss: 'loss.loss' } },
        training: { kind: 'training', params: { epochs: { '=': 'epochs' } }, from: { steps: ['adam.step'] } },
      },
    },
    {
      nodes: {
        accuracy: { kind: 'accuracy', from: { logits: 'logit', labels: 'faces.face' } },
        gap: {
          kind: 'group-gap',
          from: { logits: 'logit', labels: 'faces.face', group: 'faces.tone', among: 'faces.face' },
        },
      },
    },
  ],
});

/** DB-VAE: what is rare in the latent space is drawn more often. */
export const entry: GalleryEntry = {
  id: 'debiasing-vae',
  title: 'Debiasing faces',
  section: 'C',
  summary: 'Finds what is rare and shows it more often',
  minutes: 20,
  document,
  thumbnail: { draw: 'pictures', dataset: 'faces' },
  lesson: [
    {
      text: 'Is there a face in the picture? In these training pictures only one face in twenty is dark. Nobody told the network; but it has hardly seen any.',
      nodes: ['faces', 'logit'],
    },
    {
      text: 'Accuracy alone hides it. Group gap compares the accuracy on light and dark faces of the test pictures, where both are equally common.',
      nodes: ['accuracy', 'gap'],
    },
    {
      text: 'Beside the answer, the encoder learns to describe a face by six numbers from which it can be drawn again: a variational autoencoder. What makes faces differ, tone among it, becomes visible there without any label.',
      nodes: ['mu', 'logvar', 'z', 'up2'],
    },
    {
      text: 'When an epoch begins, all faces are encoded. The histograms of the six numbers say how common each face is, and the data set draws rare ones more often.',
      nodes: ['rare', 'faces'],
    },
    {
      text: 'Run both variants. With resampling the gap between the groups shrinks, and the accuracy over all stays.',
      nodes: ['gap', 'accuracy'],
    },
  ],
};
