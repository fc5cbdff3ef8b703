// Made by `npm run generate` from file names. Do not edit.
import { face as accuracyFace } from './metrics/accuracy.node';
import { face as activationFace } from './core/activation.node';
import { face as adamFace } from './optimizers/adam.node';
import { face as averagePool2dFace } from './convolution/average-pool-2d.node';
import { face as confusionFace } from './metrics/confusion.node';
import { face as conv2dFace } from './convolution/conv-2d.node';
import { face as crossEntropyFace } from './losses/cross-entropy.node';
import { face as datasetFace } from './data/dataset.node';
import { face as decisionBoundaryFace } from './sinks/decision-boundary.node';
import { face as denseFace } from './core/dense.node';
import { face as dropoutFace } from './normalisation/dropout.node';
import { face as flattenFace } from './core/flatten.node';
import { face as maxPool2dFace } from './convolution/max-pool-2d.node';
import { face as momentumFace } from './optimizers/momentum.node';
import { face as outputFace } from './sinks/output.node';
import { face as sampleGridFace } from './sinks/sample-grid.node';
import { face as sgdFace } from './optimizers/sgd.node';
import { face as softmaxFace } from './core/softmax.node';
import { face as trainingFace } from './optimizers/training.node';
import type { Face } from './kind';

export const faces: Record<string, Face> = {
  accuracy: accuracyFace,
  activation: activationFace,
  adam: adamFace,
  'average-pool-2d': averagePool2dFace,
  confusion: confusionFace,
  'conv-2d': conv2dFace,
  'cross-entropy': crossEntropyFace,
  dataset: datasetFace,
  'decision-boundary': decisionBoundaryFace,
  dense: denseFace,
  dropout: dropoutFace,
  flatten: flattenFace,
  'max-pool-2d': maxPool2dFace,
  momentum: momentumFace,
  output: outputFace,
  'sample-grid': sampleGridFace,
  sgd: sgdFace,
  softmax: softmaxFace,
  training: trainingFace,
};
