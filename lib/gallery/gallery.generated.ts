// Made by `npm run generate` from file names. Do not edit.
import { entry as activationsEntry } from './activations/entry';
import { entry as adversarialEntry } from './adversarial/entry';
import { entry as autoencoderEntry } from './autoencoder/entry';
import { entry as batchSizeEntry } from './batch-size/entry';
import { entry as cartpoleEntry } from './cartpole/entry';
import { entry as catchPixelsEntry } from './catch-pixels/entry';
import { entry as cycleGanEntry } from './cycle-gan/entry';
import { entry as debiasingVaeEntry } from './debiasing-vae/entry';
import { entry as fcnSegmentationEntry } from './fcn-segmentation/entry';
import { entry as gan2dEntry } from './gan-2d/entry';
import { entry as linearVsNonlinearEntry } from './linear-vs-nonlinear/entry';
import { entry as lossesEntry } from './losses/entry';
import { entry as mcDropoutEntry } from './mc-dropout/entry';
import { entry as mnistCnnEntry } from './mnist-cnn/entry';
import { entry as mnistMlpEntry } from './mnist-mlp/entry';
import { entry as multiTaskEntry } from './multi-task/entry';
import { entry as overfittingEntry } from './overfitting/entry';
import { entry as perceptronEntry } from './perceptron/entry';
import { entry as randomLabelsEntry } from './random-labels/entry';
import { entry as rcnnDetectionEntry } from './rcnn-detection/entry';
import { entry as rnnTextEntry } from './rnn-text/entry';
import { entry as universalApproximationEntry } from './universal-approximation/entry';
import { entry as vaeEntry } from './vae/entry';
import { entry as wganGpEntry } from './wgan-gp/entry';
import { entry as willIPassEntry } from './will-i-pass/entry';
import type { GalleryEntry } from './gallery-entry';

export const gallery: Record<string, GalleryEntry> = {
  activations: activationsEntry,
  adversarial: adversarialEntry,
  autoencoder: autoencoderEntry,
  'batch-size': batchSizeEntry,
  cartpole: cartpoleEntry,
  'catch-pixels': catchPixelsEntry,
  'cycle-gan': cycleGanEntry,
  'debiasing-vae': debiasingVaeEntry,
  'fcn-segmentation': fcnSegmentationEntry,
  'gan-2d': gan2dEntry,
  'linear-vs-nonlinear': linearVsNonlinearEntry,
  losses: lossesEntry,
  'mc-dropout': mcDropoutEntry,
  'mnist-cnn': mnistCnnEntry,
  'mnist-mlp': mnistMlpEntry,
  'multi-task': multiTaskEntry,
  overfitting: overfittingEntry,
  perceptron: perceptronEntry,
  'random-labels': randomLabelsEntry,
  'rcnn-detection': rcnnDetectionEntry,
  'rnn-text': rnnTextEntry,
  'universal-approximation': universalApproximationEntry,
  vae: vaeEntry,
  'wgan-gp': wganGpEntry,
  'will-i-pass': willIPassEntry,
};
