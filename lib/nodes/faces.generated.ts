// Made by `npm run generate` from file names. Do not edit.
import { face as accuracyFace } from './metrics/accuracy.node.ts';
import { face as activationFace } from './core/activation.node.ts';
import { face as adamFace } from './optimizers/adam.node.ts';
import { face as addFace } from './ops/add.node.ts';
import { face as asLossFace } from './losses/as-loss.node.ts';
import { face as averageFace } from './ops/average.node.ts';
import { face as averagePool2dFace } from './convolution/average-pool-2d.node.ts';
import { face as batchNormFace } from './normalisation/batch-norm.node.ts';
import { face as bceFace } from './losses/bce.node.ts';
import { face as concatFace } from './ops/concat.node.ts';
import { face as confusionFace } from './metrics/confusion.node.ts';
import { face as constantFace } from './data/constant.node.ts';
import { face as conv2dFace } from './convolution/conv-2d.node.ts';
import { face as conv2dTransposeFace } from './convolution/conv-2d-transpose.node.ts';
import { face as cosineFace } from './schedules/cosine.node.ts';
import { face as cropping2dFace } from './convolution/cropping-2d.node.ts';
import { face as crossEntropyFace } from './losses/cross-entropy.node.ts';
import { face as datasetFace } from './data/dataset.node.ts';
import { face as decisionBoundaryFace } from './sinks/decision-boundary.node.ts';
import { face as denseFace } from './core/dense.node.ts';
import { face as depthwiseConv2dFace } from './convolution/depthwise-conv-2d.node.ts';
import { face as divideFace } from './ops/divide.node.ts';
import { face as dropoutFace } from './normalisation/dropout.node.ts';
import { face as embeddingFace } from './core/embedding.node.ts';
import { face as flattenFace } from './core/flatten.node.ts';
import { face as gaussianNoiseFace } from './normalisation/gaussian-noise.node.ts';
import { face as globalAveragePool2dFace } from './convolution/global-average-pool-2d.node.ts';
import { face as globalMaxPool2dFace } from './convolution/global-max-pool-2d.node.ts';
import { face as groupNormFace } from './normalisation/group-norm.node.ts';
import { face as gruFace } from './recurrent/gru.node.ts';
import { face as instanceFace } from './blocks/instance.node.ts';
import { face as layerNormFace } from './normalisation/layer-norm.node.ts';
import { face as linearRampFace } from './schedules/linear-ramp.node.ts';
import { face as lossSumFace } from './losses/loss-sum.node.ts';
import { face as lstmFace } from './recurrent/lstm.node.ts';
import { face as maeFace } from './losses/mae.node.ts';
import { face as matmulFace } from './ops/matmul.node.ts';
import { face as maxPool2dFace } from './convolution/max-pool-2d.node.ts';
import { face as maximumFace } from './ops/maximum.node.ts';
import { face as meanMetricFace } from './metrics/mean-metric.node.ts';
import { face as minimumFace } from './ops/minimum.node.ts';
import { face as momentumFace } from './optimizers/momentum.node.ts';
import { face as mseFace } from './losses/mse.node.ts';
import { face as multiplyFace } from './ops/multiply.node.ts';
import { face as noiseFace } from './data/noise.node.ts';
import { face as oneHotFace } from './ops/one-hot.node.ts';
import { face as outputFace } from './sinks/output.node.ts';
import { face as parameterFace } from './data/parameter.node.ts';
import { face as rescalingFace } from './core/rescaling.node.ts';
import { face as reshapeFace } from './core/reshape.node.ts';
import { face as rmspropFace } from './optimizers/rmsprop.node.ts';
import { face as sampleGridFace } from './sinks/sample-grid.node.ts';
import { face as separableConv2dFace } from './convolution/separable-conv-2d.node.ts';
import { face as sgdFace } from './optimizers/sgd.node.ts';
import { face as simpleRnnFace } from './recurrent/simple-rnn.node.ts';
import { face as softmaxFace } from './core/softmax.node.ts';
import { face as subtractFace } from './ops/subtract.node.ts';
import { face as trainingFace } from './optimizers/training.node.ts';
import { face as upsampling2dFace } from './convolution/upsampling-2d.node.ts';
import { face as zeroPadding2dFace } from './convolution/zero-padding-2d.node.ts';
import type { Face } from './kind';

export const faces: Record<string, Face> = {
  accuracy: accuracyFace,
  activation: activationFace,
  adam: adamFace,
  add: addFace,
  'as-loss': asLossFace,
  average: averageFace,
  'average-pool-2d': averagePool2dFace,
  'batch-norm': batchNormFace,
  bce: bceFace,
  concat: concatFace,
  confusion: confusionFace,
  constant: constantFace,
  'conv-2d': conv2dFace,
  'conv-2d-transpose': conv2dTransposeFace,
  cosine: cosineFace,
  'cropping-2d': cropping2dFace,
  'cross-entropy': crossEntropyFace,
  dataset: datasetFace,
  'decision-boundary': decisionBoundaryFace,
  dense: denseFace,
  'depthwise-conv-2d': depthwiseConv2dFace,
  divide: divideFace,
  dropout: dropoutFace,
  embedding: embeddingFace,
  flatten: flattenFace,
  'gaussian-noise': gaussianNoiseFace,
  'global-average-pool-2d': globalAveragePool2dFace,
  'global-max-pool-2d': globalMaxPool2dFace,
  'group-norm': groupNormFace,
  gru: gruFace,
  instance: instanceFace,
  'layer-norm': layerNormFace,
  'linear-ramp': linearRampFace,
  'loss-sum': lossSumFace,
  lstm: lstmFace,
  mae: maeFace,
  matmul: matmulFace,
  'max-pool-2d': maxPool2dFace,
  maximum: maximumFace,
  'mean-metric': meanMetricFace,
  minimum: minimumFace,
  momentum: momentumFace,
  mse: mseFace,
  multiply: multiplyFace,
  noise: noiseFace,
  'one-hot': oneHotFace,
  output: outputFace,
  parameter: parameterFace,
  rescaling: rescalingFace,
  reshape: reshapeFace,
  rmsprop: rmspropFace,
  'sample-grid': sampleGridFace,
  'separable-conv-2d': separableConv2dFace,
  sgd: sgdFace,
  'simple-rnn': simpleRnnFace,
  softmax: softmaxFace,
  subtract: subtractFace,
  training: trainingFace,
  'upsampling-2d': upsampling2dFace,
  'zero-padding-2d': zeroPadding2dFace,
};
