// Made by `npm run generate` from file names. Do not edit.
import { docs as abcValidDocs } from './metrics/abc-valid.node.ts';
import { docs as absDocs } from './ops/abs.node.ts';
import { docs as accuracyDocs } from './metrics/accuracy.node.ts';
import { docs as activationDocs } from './core/activation.node.ts';
import { docs as adadeltaDocs } from './optimizers/adadelta.node.ts';
import { docs as adagradDocs } from './optimizers/adagrad.node.ts';
import { docs as adainDocs } from './normalisation/adain.node.ts';
import { docs as adamDocs } from './optimizers/adam.node.ts';
import { docs as adamaxDocs } from './optimizers/adamax.node.ts';
import { docs as adamwDocs } from './optimizers/adamw.node.ts';
import { docs as addDocs } from './ops/add.node.ts';
import { docs as additiveAttentionDocs } from './attention/additive-attention.node.ts';
import { docs as alphaDropoutDocs } from './normalisation/alpha-dropout.node.ts';
import { docs as argmaxDocs } from './ops/argmax.node.ts';
import { docs as asLossDocs } from './losses/as-loss.node.ts';
import { docs as assignTargetsDocs } from './detection/assign-targets.node.ts';
import { docs as attentionDocs } from './attention/attention.node.ts';
import { docs as aucDocs } from './metrics/auc.node.ts';
import { docs as augmentDocs } from './normalisation/augment.node.ts';
import { docs as averageDocs } from './ops/average.node.ts';
import { docs as averagePool1dDocs } from './convolution/average-pool-1d.node.ts';
import { docs as averagePool2dDocs } from './convolution/average-pool-2d.node.ts';
import { docs as averagePool3dDocs } from './convolution/average-pool-3d.node.ts';
import { docs as balancedAccuracyDocs } from './metrics/balanced-accuracy.node.ts';
import { docs as batchNormDocs } from './normalisation/batch-norm.node.ts';
import { docs as bceDocs } from './losses/bce.node.ts';
import { docs as bidirectionalDocs } from './recurrent/bidirectional.node.ts';
import { docs as boxesDocs } from './sinks/boxes.node.ts';
import { docs as calibrationErrorDocs } from './metrics/calibration-error.node.ts';
import { docs as captionsDocs } from './sinks/captions.node.ts';
import { docs as castDocs } from './shape/cast.node.ts';
import { docs as categoricalHingeDocs } from './losses/categorical-hinge.node.ts';
import { docs as causalMaskDocs } from './attention/causal-mask.node.ts';
import { docs as ceilDocs } from './ops/ceil.node.ts';
import { docs as childScoreDocs } from './blocks/child-score.node.ts';
import { docs as classWeightDocs } from './data/class-weight.node.ts';
import { docs as clipDocs } from './ops/clip.node.ts';
import { docs as compareDocs } from './ops/compare.node.ts';
import { docs as concatDocs } from './shape/concat.node.ts';
import { docs as confusionDocs } from './metrics/confusion.node.ts';
import { docs as constantDocs } from './data/constant.node.ts';
import { docs as constantScheduleDocs } from './schedules/constant-schedule.node.ts';
import { docs as contrastiveDocs } from './losses/contrastive.node.ts';
import { docs as conv1dDocs } from './convolution/conv-1d.node.ts';
import { docs as conv1dTransposeDocs } from './convolution/conv-1d-transpose.node.ts';
import { docs as conv2dDocs } from './convolution/conv-2d.node.ts';
import { docs as conv2dTransposeDocs } from './convolution/conv-2d-transpose.node.ts';
import { docs as conv3dDocs } from './convolution/conv-3d.node.ts';
import { docs as conv3dTransposeDocs } from './convolution/conv-3d-transpose.node.ts';
import { docs as convLstm2dDocs } from './recurrent/conv-lstm-2d.node.ts';
import { docs as correlationDocs } from './metrics/correlation.node.ts';
import { docs as corruptLabelsDocs } from './data/corrupt-labels.node.ts';
import { docs as cosDocs } from './ops/cos.node.ts';
import { docs as cosineDocs } from './schedules/cosine.node.ts';
import { docs as cosineSimilarityDocs } from './losses/cosine-similarity.node.ts';
import { docs as cropResizeDocs } from './detection/crop-resize.node.ts';
import { docs as cropping1dDocs } from './convolution/cropping-1d.node.ts';
import { docs as cropping2dDocs } from './convolution/cropping-2d.node.ts';
import { docs as cropping3dDocs } from './convolution/cropping-3d.node.ts';
import { docs as crossEntropyDocs } from './losses/cross-entropy.node.ts';
import { docs as cumsumDocs } from './ops/cumsum.node.ts';
import { docs as curveDocs } from './sinks/curve.node.ts';
import { docs as datasetDocs } from './data/dataset.node.ts';
import { docs as decisionBoundaryDocs } from './sinks/decision-boundary.node.ts';
import { docs as denseDocs } from './core/dense.node.ts';
import { docs as depthwiseConv1dDocs } from './convolution/depthwise-conv-1d.node.ts';
import { docs as depthwiseConv2dDocs } from './convolution/depthwise-conv-2d.node.ts';
import { docs as diceDocs } from './losses/dice.node.ts';
import { docs as disentanglementDocs } from './metrics/disentanglement.node.ts';
import { docs as divideDocs } from './ops/divide.node.ts';
import { docs as dotDocs } from './ops/dot.node.ts';
import { docs as dropoutDocs } from './normalisation/dropout.node.ts';
import { docs as einsumDocs } from './ops/einsum.node.ts';
import { docs as einsumDenseDocs } from './core/einsum-dense.node.ts';
import { docs as embeddingDocs } from './core/embedding.node.ts';
import { docs as erfDocs } from './ops/erf.node.ts';
import { docs as exactMatchDocs } from './metrics/exact-match.node.ts';
import { docs as expDocs } from './ops/exp.node.ts';
import { docs as expandDimsDocs } from './shape/expand-dims.node.ts';
import { docs as exponentialDocs } from './schedules/exponential.node.ts';
import { docs as f1Docs } from './metrics/f1.node.ts';
import { docs as flattenDocs } from './core/flatten.node.ts';
import { docs as floorDocs } from './ops/floor.node.ts';
import { docs as floorDivideDocs } from './ops/floor-divide.node.ts';
import { docs as focalDocs } from './losses/focal.node.ts';
import { docs as foldRowsDocs } from './shape/fold-rows.node.ts';
import { docs as ganLossDocs } from './losses/gan-loss.node.ts';
import { docs as gatherDocs } from './shape/gather.node.ts';
import { docs as gaussianDropoutDocs } from './normalisation/gaussian-dropout.node.ts';
import { docs as gaussianNllDocs } from './losses/gaussian-nll.node.ts';
import { docs as gaussianNoiseDocs } from './normalisation/gaussian-noise.node.ts';
import { docs as gaussianSampleDocs } from './ops/gaussian-sample.node.ts';
import { docs as generateDocs } from './blocks/generate.node.ts';
import { docs as globalAveragePool1dDocs } from './convolution/global-average-pool-1d.node.ts';
import { docs as globalAveragePool2dDocs } from './convolution/global-average-pool-2d.node.ts';
import { docs as globalAveragePool3dDocs } from './convolution/global-average-pool-3d.node.ts';
import { docs as globalMaxPool1dDocs } from './convolution/global-max-pool-1d.node.ts';
import { docs as globalMaxPool2dDocs } from './convolution/global-max-pool-2d.node.ts';
import { docs as globalMaxPool3dDocs } from './convolution/global-max-pool-3d.node.ts';
import { docs as gluDocs } from './core/glu.node.ts';
import { docs as gradientDocs } from './ops/gradient.node.ts';
import { docs as groupGapDocs } from './metrics/group-gap.node.ts';
import { docs as groupNormDocs } from './normalisation/group-norm.node.ts';
import { docs as gruDocs } from './recurrent/gru.node.ts';
import { docs as hingeDocs } from './losses/hinge.node.ts';
import { docs as histogramDocs } from './sinks/histogram.node.ts';
import { docs as historyDocs } from './ops/history.node.ts';
import { docs as huberDocs } from './losses/huber.node.ts';
import { docs as instanceDocs } from './blocks/instance.node.ts';
import { docs as instanceNormDocs } from './normalisation/instance-norm.node.ts';
import { docs as iouLossDocs } from './losses/iou-loss.node.ts';
import { docs as iterateDocs } from './blocks/iterate.node.ts';
import { docs as klDivergenceDocs } from './losses/kl-divergence.node.ts';
import { docs as klNormalDocs } from './losses/kl-normal.node.ts';
import { docs as lambDocs } from './optimizers/lamb.node.ts';
import { docs as latentResamplingDocs } from './data/latent-resampling.node.ts';
import { docs as layerNormDocs } from './normalisation/layer-norm.node.ts';
import { docs as lerpDocs } from './ops/lerp.node.ts';
import { docs as linearRampDocs } from './schedules/linear-ramp.node.ts';
import { docs as lionDocs } from './optimizers/lion.node.ts';
import { docs as logDocs } from './ops/log.node.ts';
import { docs as logCoshDocs } from './losses/log-cosh.node.ts';
import { docs as logSoftmaxDocs } from './ops/log-softmax.node.ts';
import { docs as lossSumDocs } from './losses/loss-sum.node.ts';
import { docs as lstmDocs } from './recurrent/lstm.node.ts';
import { docs as maeDocs } from './losses/mae.node.ts';
import { docs as mapeDocs } from './losses/mape.node.ts';
import { docs as maskingDocs } from './core/masking.node.ts';
import { docs as masksDocs } from './sinks/masks.node.ts';
import { docs as matmulDocs } from './ops/matmul.node.ts';
import { docs as matrixDocs } from './sinks/matrix.node.ts';
import { docs as maxPool1dDocs } from './convolution/max-pool-1d.node.ts';
import { docs as maxPool2dDocs } from './convolution/max-pool-2d.node.ts';
import { docs as maxPool3dDocs } from './convolution/max-pool-3d.node.ts';
import { docs as maximumDocs } from './ops/maximum.node.ts';
import { docs as meanApDocs } from './metrics/mean-ap.node.ts';
import { docs as meanErrorDocs } from './metrics/mean-error.node.ts';
import { docs as meanIouDocs } from './metrics/mean-iou.node.ts';
import { docs as meanMetricDocs } from './metrics/mean-metric.node.ts';
import { docs as minibatchStdDocs } from './normalisation/minibatch-std.node.ts';
import { docs as minimumDocs } from './ops/minimum.node.ts';
import { docs as modeCoverageDocs } from './metrics/mode-coverage.node.ts';
import { docs as momentumDocs } from './optimizers/momentum.node.ts';
import { docs as mseDocs } from './losses/mse.node.ts';
import { docs as msleDocs } from './losses/msle.node.ts';
import { docs as multiHeadAttentionDocs } from './attention/multi-head-attention.node.ts';
import { docs as multiplyDocs } from './ops/multiply.node.ts';
import { docs as nGramDocs } from './ops/n-gram.node.ts';
import { docs as nadamDocs } from './optimizers/nadam.node.ts';
import { docs as negateDocs } from './ops/negate.node.ts';
import { docs as nmsDocs } from './detection/nms.node.ts';
import { docs as noiseDocs } from './data/noise.node.ts';
import { docs as normaliseDocs } from './normalisation/normalise.node.ts';
import { docs as normaliseBatchDocs } from './ops/normalise-batch.node.ts';
import { docs as notPaddingDocs } from './ops/not-padding.node.ts';
import { docs as oneCycleDocs } from './schedules/one-cycle.node.ts';
import { docs as oneHotDocs } from './ops/one-hot.node.ts';
import { docs as outputDocs } from './sinks/output.node.ts';
import { docs as padDocs } from './shape/pad.node.ts';
import { docs as parameterDocs } from './data/parameter.node.ts';
import { docs as percentErrorDocs } from './metrics/percent-error.node.ts';
import { docs as permuteDocs } from './shape/permute.node.ts';
import { docs as perplexityDocs } from './metrics/perplexity.node.ts';
import { docs as piecewiseDocs } from './schedules/piecewise.node.ts';
import { docs as pixelNormDocs } from './normalisation/pixel-norm.node.ts';
import { docs as pixelShuffleDocs } from './convolution/pixel-shuffle.node.ts';
import { docs as plateauDocs } from './schedules/plateau.node.ts';
import { docs as poissonDocs } from './losses/poisson.node.ts';
import { docs as policyGradientDocs } from './losses/policy-gradient.node.ts';
import { docs as populationDocs } from './sinks/population.node.ts';
import { docs as positionEmbeddingDocs } from './attention/position-embedding.node.ts';
import { docs as positionalEncodingDocs } from './attention/positional-encoding.node.ts';
import { docs as powerDocs } from './ops/power.node.ts';
import { docs as precisionDocs } from './metrics/precision.node.ts';
import { docs as preluDocs } from './core/prelu.node.ts';
import { docs as projectDocs } from './ops/project.node.ts';
import { docs as proposeRegionsDocs } from './detection/propose-regions.node.ts';
import { docs as quantileDocs } from './losses/quantile.node.ts';
import { docs as r2Docs } from './metrics/r2.node.ts';
import { docs as recallDocs } from './metrics/recall.node.ts';
import { docs as reciprocalDocs } from './ops/reciprocal.node.ts';
import { docs as reduceDocs } from './ops/reduce.node.ts';
import { docs as reflectionPadding2dDocs } from './convolution/reflection-padding-2d.node.ts';
import { docs as remainderDocs } from './ops/remainder.node.ts';
import { docs as repeatDocs } from './shape/repeat.node.ts';
import { docs as repeatRowsDocs } from './shape/repeat-rows.node.ts';
import { docs as rescalingDocs } from './core/rescaling.node.ts';
import { docs as reshapeDocs } from './shape/reshape.node.ts';
import { docs as resizeDocs } from './convolution/resize.node.ts';
import { docs as rmsNormDocs } from './normalisation/rms-norm.node.ts';
import { docs as rmseDocs } from './metrics/rmse.node.ts';
import { docs as rmspropDocs } from './optimizers/rmsprop.node.ts';
import { docs as roiAlignDocs } from './detection/roi-align.node.ts';
import { docs as rolloutDocs } from './data/rollout.node.ts';
import { docs as roundDocs } from './ops/round.node.ts';
import { docs as runningMeanDocs } from './ops/running-mean.node.ts';
import { docs as sampleGridDocs } from './sinks/sample-grid.node.ts';
import { docs as scatterDocs } from './sinks/scatter.node.ts';
import { docs as selectDocs } from './ops/select.node.ts';
import { docs as separableConv1dDocs } from './convolution/separable-conv-1d.node.ts';
import { docs as separableConv2dDocs } from './convolution/separable-conv-2d.node.ts';
import { docs as sgdDocs } from './optimizers/sgd.node.ts';
import { docs as shiftRightDocs } from './shape/shift-right.node.ts';
import { docs as signDocs } from './ops/sign.node.ts';
import { docs as simpleRnnDocs } from './recurrent/simple-rnn.node.ts';
import { docs as sinDocs } from './ops/sin.node.ts';
import { docs as sliceDocs } from './shape/slice.node.ts';
import { docs as slicedDistanceDocs } from './metrics/sliced-distance.node.ts';
import { docs as softmaxDocs } from './core/softmax.node.ts';
import { docs as spatialDropout1dDocs } from './normalisation/spatial-dropout-1d.node.ts';
import { docs as spatialDropout2dDocs } from './normalisation/spatial-dropout-2d.node.ts';
import { docs as spatialDropout3dDocs } from './normalisation/spatial-dropout-3d.node.ts';
import { docs as splitDocs } from './shape/split.node.ts';
import { docs as sqrtDocs } from './ops/sqrt.node.ts';
import { docs as squareDocs } from './ops/square.node.ts';
import { docs as squaredHingeDocs } from './losses/squared-hinge.node.ts';
import { docs as squeezeDocs } from './shape/squeeze.node.ts';
import { docs as stackDocs } from './shape/stack.node.ts';
import { docs as stagesDocs } from './schedules/stages.node.ts';
import { docs as stepScheduleDocs } from './schedules/step-schedule.node.ts';
import { docs as stopGradientDocs } from './ops/stop-gradient.node.ts';
import { docs as styleMixDocs } from './ops/style-mix.node.ts';
import { docs as subtractDocs } from './ops/subtract.node.ts';
import { docs as switchDocs } from './ops/switch.node.ts';
import { docs as textSamplesDocs } from './sinks/text-samples.node.ts';
import { docs as tileDocs } from './shape/tile.node.ts';
import { docs as timeDistributedDocs } from './blocks/time-distributed.node.ts';
import { docs as topKDocs } from './metrics/top-k.node.ts';
import { docs as topPatchesDocs } from './metrics/top-patches.node.ts';
import { docs as topValuesDocs } from './ops/top-values.node.ts';
import { docs as trainingDocs } from './optimizers/training.node.ts';
import { docs as trigonometryDocs } from './ops/trigonometry.node.ts';
import { docs as tripletDocs } from './losses/triplet.node.ts';
import { docs as tverskyDocs } from './losses/tversky.node.ts';
import { docs as uncertaintySumDocs } from './losses/uncertainty-sum.node.ts';
import { docs as unitNormDocs } from './normalisation/unit-norm.node.ts';
import { docs as unstackDocs } from './shape/unstack.node.ts';
import { docs as upsampling1dDocs } from './convolution/upsampling-1d.node.ts';
import { docs as upsampling2dDocs } from './convolution/upsampling-2d.node.ts';
import { docs as upsampling3dDocs } from './convolution/upsampling-3d.node.ts';
import { docs as varianceDocs } from './metrics/variance.node.ts';
import { docs as vectoriseDocs } from './data/vectorise.node.ts';
import { docs as warmUpDocs } from './schedules/warm-up.node.ts';
import { docs as weightAverageDocs } from './optimizers/weight-average.node.ts';
import { docs as weightPenaltyDocs } from './losses/weight-penalty.node.ts';
import { docs as zeroPadding1dDocs } from './convolution/zero-padding-1d.node.ts';
import { docs as zeroPadding2dDocs } from './convolution/zero-padding-2d.node.ts';
import { docs as zeroPadding3dDocs } from './convolution/zero-padding-3d.node.ts';
import type { KindDocs } from './kind';

export const docs: Record<string, KindDocs> = {
  'abc-valid': abcValidDocs,
  abs: absDocs,
  accuracy: accuracyDocs,
  activation: activationDocs,
  adadelta: adadeltaDocs,
  adagrad: adagradDocs,
  adain: adainDocs,
  adam: adamDocs,
  adamax: adamaxDocs,
  adamw: adamwDocs,
  add: addDocs,
  'additive-attention': additiveAttentionDocs,
  'alpha-dropout': alphaDropoutDocs,
  argmax: argmaxDocs,
  'as-loss': asLossDocs,
  'assign-targets': assignTargetsDocs,
  attention: attentionDocs,
  auc: aucDocs,
  augment: augmentDocs,
  average: averageDocs,
  'average-pool-1d': averagePool1dDocs,
  'average-pool-2d': averagePool2dDocs,
  'average-pool-3d': averagePool3dDocs,
  'balanced-accuracy': balancedAccuracyDocs,
  'batch-norm': batchNormDocs,
  bce: bceDocs,
  bidirectional: bidirectionalDocs,
  boxes: boxesDocs,
  'calibration-error': calibrationErrorDocs,
  captions: captionsDocs,
  cast: castDocs,
  'categorical-hinge': categoricalHingeDocs,
  'causal-mask': causalMaskDocs,
  ceil: ceilDocs,
  'child-score': childScoreDocs,
  'class-weight': classWeightDocs,
  clip: clipDocs,
  compare: compareDocs,
  concat: concatDocs,
  confusion: confusionDocs,
  constant: constantDocs,
  'constant-schedule': constantScheduleDocs,
  contrastive: contrastiveDocs,
  'conv-1d': conv1dDocs,
  'conv-1d-transpose': conv1dTransposeDocs,
  'conv-2d': conv2dDocs,
  'conv-2d-transpose': conv2dTransposeDocs,
  'conv-3d': conv3dDocs,
  'conv-3d-transpose': conv3dTransposeDocs,
  'conv-lstm-2d': convLstm2dDocs,
  correlation: correlationDocs,
  'corrupt-labels': corruptLabelsDocs,
  cos: cosDocs,
  cosine: cosineDocs,
  'cosine-similarity': cosineSimilarityDocs,
  'crop-resize': cropResizeDocs,
  'cropping-1d': cropping1dDocs,
  'cropping-2d': cropping2dDocs,
  'cropping-3d': cropping3dDocs,
  'cross-entropy': crossEntropyDocs,
  cumsum: cumsumDocs,
  curve: curveDocs,
  dataset: datasetDocs,
  'decision-boundary': decisionBoundaryDocs,
  dense: denseDocs,
  'depthwise-conv-1d': depthwiseConv1dDocs,
  'depthwise-conv-2d': depthwiseConv2dDocs,
  dice: diceDocs,
  disentanglement: disentanglementDocs,
  divide: divideDocs,
  dot: dotDocs,
  dropout: dropoutDocs,
  einsum: einsumDocs,
  'einsum-dense': einsumDenseDocs,
  embedding: embeddingDocs,
  erf: erfDocs,
  'exact-match': exactMatchDocs,
  exp: expDocs,
  'expand-dims': expandDimsDocs,
  exponential: exponentialDocs,
  f1: f1Docs,
  flatten: flattenDocs,
  floor: floorDocs,
  'floor-divide': floorDivideDocs,
  focal: focalDocs,
  'fold-rows': foldRowsDocs,
  'gan-loss': ganLossDocs,
  gather: gatherDocs,
  'gaussian-dropout': gaussianDropoutDocs,
  'gaussian-nll': gaussianNllDocs,
  'gaussian-noise': gaussianNoiseDocs,
  'gaussian-sample': gaussianSampleDocs,
  generate: generateDocs,
  'global-average-pool-1d': globalAveragePool1dDocs,
  'global-average-pool-2d': globalAveragePool2dDocs,
  'global-average-pool-3d': globalAveragePool3dDocs,
  'global-max-pool-1d': globalMaxPool1dDocs,
  'global-max-pool-2d': globalMaxPool2dDocs,
  'global-max-pool-3d': globalMaxPool3dDocs,
  glu: gluDocs,
  gradient: gradientDocs,
  'group-gap': groupGapDocs,
  'group-norm': groupNormDocs,
  gru: gruDocs,
  hinge: hingeDocs,
  histogram: histogramDocs,
  history: historyDocs,
  huber: huberDocs,
  instance: instanceDocs,
  'instance-norm': instanceNormDocs,
  'iou-loss': iouLossDocs,
  iterate: iterateDocs,
  'kl-divergence': klDivergenceDocs,
  'kl-normal': klNormalDocs,
  lamb: lambDocs,
  'latent-resampling': latentResamplingDocs,
  'layer-norm': layerNormDocs,
  lerp: lerpDocs,
  'linear-ramp': linearRampDocs,
  lion: lionDocs,
  log: logDocs,
  'log-cosh': logCoshDocs,
  'log-softmax': logSoftmaxDocs,
  'loss-sum': lossSumDocs,
  lstm: lstmDocs,
  mae: maeDocs,
  mape: mapeDocs,
  masking: maskingDocs,
  masks: masksDocs,
  matmul: matmulDocs,
  matrix: matrixDocs,
  'max-pool-1d': maxPool1dDocs,
  'max-pool-2d': maxPool2dDocs,
  'max-pool-3d': maxPool3dDocs,
  maximum: maximumDocs,
  'mean-ap': meanApDocs,
  'mean-error': meanErrorDocs,
  'mean-iou': meanIouDocs,
  'mean-metric': meanMetricDocs,
  'minibatch-std': minibatchStdDocs,
  minimum: minimumDocs,
  'mode-coverage': modeCoverageDocs,
  momentum: momentumDocs,
  mse: mseDocs,
  msle: msleDocs,
  'multi-head-attention': multiHeadAttentionDocs,
  multiply: multiplyDocs,
  'n-gram': nGramDocs,
  nadam: nadamDocs,
  negate: negateDocs,
  nms: nmsDocs,
  noise: noiseDocs,
  normalise: normaliseDocs,
  'normalise-batch': normaliseBatchDocs,
  'not-padding': notPaddingDocs,
  'one-cycle': oneCycleDocs,
  'one-hot': oneHotDocs,
  output: outputDocs,
  pad: padDocs,
  parameter: parameterDocs,
  'percent-error': percentErrorDocs,
  permute: permuteDocs,
  perplexity: perplexityDocs,
  piecewise: piecewiseDocs,
  'pixel-norm': pixelNormDocs,
  'pixel-shuffle': pixelShuffleDocs,
  plateau: plateauDocs,
  poisson: poissonDocs,
  'policy-gradient': policyGradientDocs,
  population: populationDocs,
  'position-embedding': positionEmbeddingDocs,
  'positional-encoding': positionalEncodingDocs,
  power: powerDocs,
  precision: precisionDocs,
  prelu: preluDocs,
  project: projectDocs,
  'propose-regions': proposeRegionsDocs,
  quantile: quantileDocs,
  r2: r2Docs,
  recall: recallDocs,
  reciprocal: reciprocalDocs,
  reduce: reduceDocs,
  'reflection-padding-2d': reflectionPadding2dDocs,
  remainder: remainderDocs,
  repeat: repeatDocs,
  'repeat-rows': repeatRowsDocs,
  rescaling: rescalingDocs,
  reshape: reshapeDocs,
  resize: resizeDocs,
  'rms-norm': rmsNormDocs,
  rmse: rmseDocs,
  rmsprop: rmspropDocs,
  'roi-align': roiAlignDocs,
  rollout: rolloutDocs,
  round: roundDocs,
  'running-mean': runningMeanDocs,
  'sample-grid': sampleGridDocs,
  scatter: scatterDocs,
  select: selectDocs,
  'separable-conv-1d': separableConv1dDocs,
  'separable-conv-2d': separableConv2dDocs,
  sgd: sgdDocs,
  'shift-right': shiftRightDocs,
  sign: signDocs,
  'simple-rnn': simpleRnnDocs,
  sin: sinDocs,
  slice: sliceDocs,
  'sliced-distance': slicedDistanceDocs,
  softmax: softmaxDocs,
  'spatial-dropout-1d': spatialDropout1dDocs,
  'spatial-dropout-2d': spatialDropout2dDocs,
  'spatial-dropout-3d': spatialDropout3dDocs,
  split: splitDocs,
  sqrt: sqrtDocs,
  square: squareDocs,
  'squared-hinge': squaredHingeDocs,
  squeeze: squeezeDocs,
  stack: stackDocs,
  stages: stagesDocs,
  'step-schedule': stepScheduleDocs,
  'stop-gradient': stopGradientDocs,
  'style-mix': styleMixDocs,
  subtract: subtractDocs,
  switch: switchDocs,
  'text-samples': textSamplesDocs,
  tile: tileDocs,
  'time-distributed': timeDistributedDocs,
  'top-k': topKDocs,
  'top-patches': topPatchesDocs,
  'top-values': topValuesDocs,
  training: trainingDocs,
  trigonometry: trigonometryDocs,
  triplet: tripletDocs,
  tversky: tverskyDocs,
  'uncertainty-sum': uncertaintySumDocs,
  'unit-norm': unitNormDocs,
  unstack: unstackDocs,
  'upsampling-1d': upsampling1dDocs,
  'upsampling-2d': upsampling2dDocs,
  'upsampling-3d': upsampling3dDocs,
  variance: varianceDocs,
  vectorise: vectoriseDocs,
  'warm-up': warmUpDocs,
  'weight-average': weightAverageDocs,
  'weight-penalty': weightPenaltyDocs,
  'zero-padding-1d': zeroPadding1dDocs,
  'zero-padding-2d': zeroPadding2dDocs,
  'zero-padding-3d': zeroPadding3dDocs,
};
