// Made by `npm run generate` from file names. Do not edit.
import { face as accuracyFace, run as accuracyRun } from './metrics/accuracy.node';
import { face as activationFace, run as activationRun, emit as activationEmit } from './core/activation.node';
import { face as adamFace, run as adamRun } from './optimizers/adam.node';
import { face as averagePool2dFace, run as averagePool2dRun, emit as averagePool2dEmit } from './convolution/average-pool-2d.node';
import { face as confusionFace, run as confusionRun } from './metrics/confusion.node';
import { face as conv2dFace, run as conv2dRun, emit as conv2dEmit } from './convolution/conv-2d.node';
import { face as crossEntropyFace, run as crossEntropyRun, emit as crossEntropyEmit } from './losses/cross-entropy.node';
import { face as datasetFace } from './data/dataset.node';
import { face as decisionBoundaryFace, run as decisionBoundaryRun } from './sinks/decision-boundary.node';
import { face as denseFace, run as denseRun, emit as denseEmit } from './core/dense.node';
import { face as dropoutFace, run as dropoutRun, emit as dropoutEmit } from './normalisation/dropout.node';
import { face as flattenFace, run as flattenRun, emit as flattenEmit } from './core/flatten.node';
import { face as maxPool2dFace, run as maxPool2dRun, emit as maxPool2dEmit } from './convolution/max-pool-2d.node';
import { face as momentumFace, run as momentumRun } from './optimizers/momentum.node';
import { face as outputFace } from './sinks/output.node';
import { face as sampleGridFace, run as sampleGridRun } from './sinks/sample-grid.node';
import { face as sgdFace, run as sgdRun } from './optimizers/sgd.node';
import { face as softmaxFace, run as softmaxRun, emit as softmaxEmit } from './core/softmax.node';
import { face as trainingFace } from './optimizers/training.node';
import type { Kind } from './kind';

export const kinds: Record<string, Kind> = {
  accuracy: { face: accuracyFace, run: accuracyRun },
  activation: { face: activationFace, run: activationRun, emit: activationEmit },
  adam: { face: adamFace, run: adamRun },
  'average-pool-2d': { face: averagePool2dFace, run: averagePool2dRun, emit: averagePool2dEmit },
  confusion: { face: confusionFace, run: confusionRun },
  'conv-2d': { face: conv2dFace, run: conv2dRun, emit: conv2dEmit },
  'cross-entropy': { face: crossEntropyFace, run: crossEntropyRun, emit: crossEntropyEmit },
  dataset: { face: datasetFace },
  'decision-boundary': { face: decisionBoundaryFace, run: decisionBoundaryRun },
  dense: { face: denseFace, run: denseRun, emit: denseEmit },
  dropout: { face: dropoutFace, run: dropoutRun, emit: dropoutEmit },
  flatten: { face: flattenFace, run: flattenRun, emit: flattenEmit },
  'max-pool-2d': { face: maxPool2dFace, run: maxPool2dRun, emit: maxPool2dEmit },
  momentum: { face: momentumFace, run: momentumRun },
  output: { face: outputFace },
  'sample-grid': { face: sampleGridFace, run: sampleGridRun },
  sgd: { face: sgdFace, run: sgdRun },
  softmax: { face: softmaxFace, run: softmaxRun, emit: softmaxEmit },
  training: { face: trainingFace },
};
