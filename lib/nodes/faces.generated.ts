// Made by `npm run generate` from file names. Do not edit.
import { face as abcValidFace } from './metrics/abc-valid.node.ts';
import { face as absFace } from './ops/abs.node.ts';
import { face as accuracyFace } from './metrics/accuracy.node.ts';
import { face as activationFace } from './core/activation.node.ts';
import { face as adadeltaFace } from './optimizers/adadelta.node.ts';
import { face as adagradFace } from './optimizers/adagrad.node.ts';
import { face as adainFace } from './normalisation/adain.node.ts';
import { face as adamFace } from './optimizers/adam.node.ts';
import { face as adamaxFace } from './optimizers/adamax.node.ts';
import { face as adamwFace } from './optimizers/adamw.node.ts';
import { face as addFace } from './ops/add.node.ts';
import { face as additiveAttentionFace } from './attention/additive-attention.node.ts';
import { face as alphaDropoutFace } from './normalisation/alpha-dropout.node.ts';
import { face as argmaxFace } from './ops/argmax.node.ts';
import { face as asLossFace } from './losses/as-loss.node.ts';
import { face as assignTargetsFace } from './detection/assign-targets.node.ts';
import { face as attentionFace } from './attention/attention.node.ts';
import { face as aucFace } from './metrics/auc.node.ts';
import { face as augmentFace } from './normalisation/augment.node.ts';
import { face as averageFace } from './ops/average.node.ts';
import { face as averagePool1dFace } from './convolution/average-pool-1d.node.ts';
import { face as averagePool2dFace } from './convolution/average-pool-2d.node.ts';
import { face as averagePool3dFace } from './convolution/average-pool-3d.node.ts';
import { face as balancedAccuracyFace } from './metrics/balanced-accuracy.node.ts';
import { face as batchNormFace } from './normalisation/batch-norm.node.ts';
import { face as bceFace } from './losses/bce.node.ts';
import { face as bidirectionalFace } from './recurrent/bidirectional.node.ts';
import { face as boxesFace } from './sinks/boxes.node.ts';
import { face as calibrationErrorFace } from './metrics/calibration-error.node.ts';
import { face as captionsFace } from './sinks/captions.node.ts';
import { face as castFace } from './shape/cast.node.ts';
import { face as categoricalHingeFace } from './losses/categorical-hinge.node.ts';
import { face as causalMaskFace } from './attention/causal-mask.node.ts';
import { face as ceilFace } from './ops/ceil.node.ts';
import { face as childScoreFace } from './blocks/child-score.node.ts';
import { face as classWeightFace } from './data/class-weight.node.ts';
import { face as clipFace } from './ops/clip.node.ts';
import { face as compareFace } from './ops/compare.node.ts';
import { face as concatFace } from './shape/concat.node.ts';
import { face as confusionFace } from './metrics/confusion.node.ts';
import { face as constantFace } from './data/constant.node.ts';
import { face as constantScheduleFace } from './schedules/constant-schedule.node.ts';
import { face as contrastiveFace } from './losses/contrastive.node.ts';
import { face as conv1dFace } from './convolution/conv-1d.node.ts';
import { face as conv1dTransposeFace } from './convolution/conv-1d-transpose.node.ts';
import { face as conv2dFace } from './convolution/conv-2d.node.ts';
import { face as conv2dTransposeFace } from './convolution/conv-2d-transpose.node.ts';
import { face as conv3dFace } from './convolution/conv-3d.node.ts';
import { face as conv3dTransposeFace } from './convolution/conv-3d-transpose.node.ts';
import { face as convLstm2dFace } from './recurrent/conv-lstm-2d.node.ts';
import { face as correlationFace } from './metrics/correlation.node.ts';
import { face as corruptLabelsFace } from './data/corrupt-labels.node.ts';
import { face as cosFace } from './ops/cos.node.ts';
import { face as cosineFace } from './schedules/cosine.node.ts';
import { face as cosineSimilarityFace } from './losses/cosine-similarity.node.ts';
import { face as cropResizeFace } from './detection/crop-resize.node.ts';
import { face as cropping1dFace } from './convolution/cropping-1d.node.ts';
import { face as cropping2dFace } from './convolution/cropping-2d.node.ts';
import { face as cropping3dFace } from './convolution/cropping-3d.node.ts';
import { face as crossEntropyFace } from './losses/cross-entropy.node.ts';
import { face as cumsumFace } from './ops/cumsum.node.ts';
import { face as curveFace } from './sinks/curve.node.ts';
import { face as datasetFace } from './data/dataset.node.ts';
import { face as decisionBoundaryFace } from './sinks/decision-boundary.node.ts';
import { face as denseFace } from './core/dense.node.ts';
import { face as depthwiseConv1dFace } from './convolution/depthwise-conv-1d.node.ts';
import { face as depthwiseConv2dFace } from './convolution/depthwise-conv-2d.node.ts';
import { face as diceFace } from './losses/dice.node.ts';
import { face as disentanglementFace } from './metrics/disentanglement.node.ts';
import { face as divideFace } from './ops/divide.node.ts';
import { face as dotFace } from './ops/dot.node.ts';
import { face as dropoutFace } from './normalisation/dropout.node.ts';
import { face as einsumFace } from './ops/einsum.node.ts';
import { face as einsumDenseFace } from './core/einsum-dense.node.ts';
import { face as embeddingFace } from './core/embedding.node.ts';
import { face as erfFace } from './ops/erf.node.ts';
import { face as exactMatchFace } from './metrics/exact-match.node.ts';
import { face as expFace } from './ops/exp.node.ts';
import { face as expandDimsFace } from './shape/expand-dims.node.ts';
import { face as exponentialFace } from './schedules/exponential.node.ts';
import { face as f1Face } from './metrics/f1.node.ts';
import { face as flattenFace } from './core/flatten.node.ts';
import { face as floorFace } from './ops/floor.node.ts';
import { face as floorDivideFace } from './ops/floor-divide.node.ts';
import { face as focalFace } from './losses/focal.node.ts';
import { face as foldRowsFace } from './shape/fold-rows.node.ts';
import { face as ganLossFace } from './losses/gan-loss.node.ts';
import { face as gatherFace } from './shape/gather.node.ts';
import { face as gaussianDropoutFace } from './normalisation/gaussian-dropout.node.ts';
import { face as gaussianNllFace } from './losses/gaussian-nll.node.ts';
import { face as gaussianNoiseFace } from './normalisation/gaussian-noise.node.ts';
import { face as gaussianSampleFace } from './ops/gaussian-sample.node.ts';
import { face as generateFace } from './blocks/generate.node.ts';
import { face as globalAveragePool1dFace } from './convolution/global-average-pool-1d.node.ts';
import { face as globalAveragePool2dFace } from './convolution/global-average-pool-2d.node.ts';
import { face as globalAveragePool3dFace } from './convolution/global-average-pool-3d.node.ts';
import { face as globalMaxPool1dFace } from './convolution/global-max-pool-1d.node.ts';
import { face as globalMaxPool2dFace } from './convolution/global-max-pool-2d.node.ts';
import { face as globalMaxPool3dFace } from './convolution/global-max-pool-3d.node.ts';
import { face as gluFace } from './core/glu.node.ts';
import { face as gradientFace } from './ops/gradient.node.ts';
import { face as groupGapFace } from './metrics/group-gap.node.ts';
import { face as groupNormFace } from './normalisation/group-norm.node.ts';
import { face as gruFace } from './recurrent/gru.node.ts';
import { face as hingeFace } from './losses/hinge.node.ts';
import { face as histogramFace } from './sinks/histogram.node.ts';
import { face as historyFace } from './ops/history.node.ts';
import { face as huberFace } from './losses/huber.node.ts';
import { face as instanceFace } from './blocks/instance.node.ts';
import { face as instanceNormFace } from './normalisation/instance-norm.node.ts';
import { face as iouLossFace } from './losses/iou-loss.node.ts';
import { face as iterateFace } from './blocks/iterate.node.ts';
import { face as klDivergenceFace } from './losses/kl-divergence.node.ts';
import { face as klNormalFace } from './losses/kl-normal.node.ts';
import { face as lambFace } from './optimizers/lamb.node.ts';
import { face as latentResamplingFace } from './data/latent-resampling.node.ts';
import { face as layerNormFace } from './normalisation/layer-norm.node.ts';
import { face as lerpFace } from './ops/lerp.node.ts';
import { face as linearRampFace } from './schedules/linear-ramp.node.ts';
import { face as lionFace } from './optimizers/lion.node.ts';
import { face as logFace } from './ops/log.node.ts';
import { face as logCoshFace } from './losses/log-cosh.node.ts';
import { face as logSoftmaxFace } from './ops/log-softmax.node.ts';
import { face as lossSumFace } from './losses/loss-sum.node.ts';
import { face as lstmFace } from './recurrent/lstm.node.ts';
import { face as maeFace } from './losses/mae.node.ts';
import { face as mapeFace } from './losses/mape.node.ts';
import { face as maskingFace } from './core/masking.node.ts';
import { face as masksFace } from './sinks/masks.node.ts';
import { face as matmulFace } from './ops/matmul.node.ts';
import { face as matrixFace } from './sinks/matrix.node.ts';
import { face as maxPool1dFace } from './convolution/max-pool-1d.node.ts';
import { face as maxPool2dFace } from './convolution/max-pool-2d.node.ts';
import { face as maxPool3dFace } from './convolution/max-pool-3d.node.ts';
import { face as maximumFace } from './ops/maximum.node.ts';
import { face as meanApFace } from './metrics/mean-ap.node.ts';
import { face as meanErrorFace } from './metrics/mean-error.node.ts';
import { face as meanIouFace } from './metrics/mean-iou.node.ts';
import { face as meanMetricFace } from './metrics/mean-metric.node.ts';
import { face as minibatchStdFace } from './normalisation/minibatch-std.node.ts';
import { face as minimumFace } from './ops/minimum.node.ts';
import { face as modeCoverageFace } from './metrics/mode-coverage.node.ts';
import { face as momentumFace } from './optimizers/momentum.node.ts';
import { face as mseFace } from './losses/mse.node.ts';
import { face as msleFace } from './losses/msle.node.ts';
import { face as multiHeadAttentionFace } from './attention/multi-head-attention.node.ts';
import { face as multiplyFace } from './ops/multiply.node.ts';
import { face as nGramFace } from './ops/n-gram.node.ts';
import { face as nadamFace } from './optimizers/nadam.node.ts';
import { face as negateFace } from './ops/negate.node.ts';
import { face as nmsFace } from './detection/nms.node.ts';
import { face as noiseFace } from './data/noise.node.ts';
import { face as normaliseFace } from './normalisation/normalise.node.ts';
import { face as normaliseBatchFace } from './ops/normalise-batch.node.ts';
import { face as notPaddingFace } from './ops/not-padding.node.ts';
import { face as oneCycleFace } from './schedules/one-cycle.node.ts';
import { face as oneHotFace } from './ops/one-hot.node.ts';
import { face as outputFace } from './sinks/output.node.ts';
import { face as padFace } from './shape/pad.node.ts';
import { face as parameterFace } from './data/parameter.node.ts';
import { face as percentErrorFace } from './metrics/percent-error.node.ts';
import { face as permuteFace } from './shape/permute.node.ts';
import { face as perplexityFace } from './metrics/perplexity.node.ts';
import { face as piecewiseFace } from './schedules/piecewise.node.ts';
import { face as pixelNormFace } from './normalisation/pixel-norm.node.ts';
import { face as pixelShuffleFace } from './convolution/pixel-shuffle.node.ts';
import { face as plateauFace } from './schedules/plateau.node.ts';
import { face as poissonFace } from './losses/poisson.node.ts';
import { face as policyGradientFace } from './losses/policy-gradient.node.ts';
import { face as populationFace } from './sinks/population.node.ts';
import { face as positionEmbeddingFace } from './attention/position-embedding.node.ts';
import { face as positionalEncodingFace } from './attention/positional-encoding.node.ts';
import { face as powerFace } from './ops/power.node.ts';
import { face as precisionFace } from './metrics/precision.node.ts';
import { face as preluFace } from './core/prelu.node.ts';
import { face as projectFace } from './ops/project.node.ts';
import { face as proposeRegionsFace } from './detection/propose-regions.node.ts';
import { face as quantileFace } from './losses/quantile.node.ts';
import { face as r2Face } from './metrics/r2.node.ts';
import { face as recallFace } from './metrics/recall.node.ts';
import { face as reciprocalFace } from './ops/reciprocal.node.ts';
import { face as reduceFace } from './ops/reduce.node.ts';
import { face as reflectionPadding2dFace } from './convolution/reflection-padding-2d.node.ts';
import { face as remainderFace } from './ops/remainder.node.ts';
import { face as repeatFace } from './shape/repeat.node.ts';
import { face as repeatRowsFace } from './shape/repeat-rows.node.ts';
import { face as rescalingFace } from './core/rescaling.node.ts';
import { face as reshapeFace } from './shape/reshape.node.ts';
import { face as resizeFace } from './convolution/resize.node.ts';
import { face as rmsNormFace } from './normalisation/rms-norm.node.ts';
import { face as rmseFace } from './metrics/rmse.node.ts';
import { face as rmspropFace } from './optimizers/rmsprop.node.ts';
import { face as roiAlignFace } from './detection/roi-align.node.ts';
import { face as rolloutFace } from './data/rollout.node.ts';
import { face as roundFace } from './ops/round.node.ts';
import { face as runningMeanFace } from './ops/running-mean.node.ts';
import { face as sampleGridFace } from './sinks/sample-grid.node.ts';
import { face as scatterFace } from './sinks/scatter.node.ts';
import { face as selectFace } from './ops/select.node.ts';
import { face as separableConv1dFace } from './convolution/separable-conv-1d.node.ts';
import { face as separableConv2dFace } from './convolution/separable-conv-2d.node.ts';
import { face as sgdFace } from './optimizers/sgd.node.ts';
import { face as shiftRightFace } from './shape/shift-right.node.ts';
import { face as signFace } from './ops/sign.node.ts';
import { face as simpleRnnFace } from './recurrent/simple-rnn.node.ts';
import { face as sinFace } from './ops/sin.node.ts';
import { face as sliceFace } from './shape/slice.node.ts';
import { face as slicedDistanceFace } from './metrics/sliced-distance.node.ts';
import { face as softmaxFace } from './core/softmax.node.ts';
import { face as spatialDropout1dFace } from './normalisation/spatial-dropout-1d.node.ts';
import { face as spatialDropout2dFace } from './normalisation/spatial-dropout-2d.node.ts';
import { face as spatialDropout3dFace } from './normalisation/spatial-dropout-3d.node.ts';
import { face as splitFace } from './shape/split.node.ts';
import { face as sqrtFace } from './ops/sqrt.node.ts';
import { face as squareFace } from './ops/square.node.ts';
import { face as squaredHingeFace } from './losses/squared-hinge.node.ts';
import { face as squeezeFace } from './shape/squeeze.node.ts';
import { face as stackFace } from './shape/stack.node.ts';
import { face as stagesFace } from './schedules/stages.node.ts';
import { face as stepScheduleFace } from './schedules/step-schedule.node.ts';
import { face as stopGradientFace } from './ops/stop-gradient.node.ts';
import { face as styleMixFace } from './ops/style-mix.node.ts';
import { face as subtractFace } from './ops/subtract.node.ts';
import { face as switchFace } from './ops/switch.node.ts';
import { face as textSamplesFace } from './sinks/text-samples.node.ts';
import { face as tileFace } from './shape/tile.node.ts';
import { face as timeDistributedFace } from './blocks/time-distributed.node.ts';
import { face as topKFace } from './metrics/top-k.node.ts';
import { face as topPatchesFace } from './metrics/top-patches.node.ts';
import { face as topValuesFace } from './ops/top-values.node.ts';
import { face as trainingFace } from './optimizers/training.node.ts';
import { face as trigonometryFace } from './ops/trigonometry.node.ts';
import { face as tripletFace } from './losses/triplet.node.ts';
import { face as tverskyFace } from './losses/tversky.node.ts';
import { face as uncertaintySumFace } from './losses/uncertainty-sum.node.ts';
import { face as unitNormFace } from './normalisation/unit-norm.node.ts';
import { face as unstackFace } from './shape/unstack.node.ts';
import { face as upsampling1dFace } from './convolution/upsampling-1d.node.ts';
import { face as upsampling2dFace } from './convolution/upsampling-2d.node.ts';
import { face as upsampling3dFace } from './convolution/upsampling-3d.node.ts';
import { face as varianceFace } from './metrics/variance.node.ts';
import { face as vectoriseFace } from './data/vectorise.node.ts';
import { face as warmUpFace } from './schedules/warm-up.node.ts';
import { face as weightAverageFace } from './optimizers/weight-average.node.ts';
import { face as weightPenaltyFace } from './losses/weight-penalty.node.ts';
import { face as zeroPadding1dFace } from './convolution/zero-padding-1d.node.ts';
import { face as zeroPadding2dFace } from './convolution/zero-padding-2d.node.ts';
import { face as zeroPadding3dFace } from './convolution/zero-padding-3d.node.ts';
import type { Face } from './kind';

export const faces: Record<string, Face> = {
  'abc-valid': abcValidFace,
  abs: absFace,
  accuracy: accuracyFace,
  activation: activationFace,
  adadelta: adadeltaFace,
  adagrad: adagradFace,
  adain: adainFace,
  adam: adamFace,
  adamax: adamaxFace,
  adamw: adamwFace,
  add: addFace,
  'additive-attention': additiveAttentionFace,
  'alpha-dropout': alphaDropoutFace,
  argmax: argmaxFace,
  'as-loss': asLossFace,
  'assign-targets': assignTargetsFace,
  attention: attentionFace,
  auc: aucFace,
  augment: augmentFace,
  average: averageFace,
  'average-pool-1d': averagePool1dFace,
  'average-pool-2d': averagePool2dFace,
  'average-pool-3d': averagePool3dFace,
  'balanced-accuracy': balancedAccuracyFace,
  'batch-norm': batchNormFace,
  bce: bceFace,
  bidirectional: bidirectionalFace,
  boxes: boxesFace,
  'calibration-error': calibrationErrorFace,
  captions: captionsFace,
  cast: castFace,
  'categorical-hinge': categoricalHingeFace,
  'causal-mask': causalMaskFace,
  ceil: ceilFace,
  'child-score': childScoreFace,
  'class-weight': classWeightFace,
  clip: clipFace,
  compare: compareFace,
  concat: concatFace,
  confusion: confusionFace,
  constant: constantFace,
  'constant-schedule': constantScheduleFace,
  contrastive: contrastiveFace,
  'conv-1d': conv1dFace,
  'conv-1d-transpose': conv1dTransposeFace,
  'conv-2d': conv2dFace,
  'conv-2d-transpose': conv2dTransposeFace,
  'conv-3d': conv3dFace,
  'conv-3d-transpose': conv3dTransposeFace,
  'conv-lstm-2d': convLstm2dFace,
  correlation: correlationFace,
  'corrupt-labels': corruptLabelsFace,
  cos: cosFace,
  cosine: cosineFace,
  'cosine-similarity': cosineSimilarityFace,
  'crop-resize': cropResizeFace,
  'cropping-1d': cropping1dFace,
  'cropping-2d': cropping2dFace,
  'cropping-3d': cropping3dFace,
  'cross-entropy': crossEntropyFace,
  cumsum: cumsumFace,
  curve: curveFace,
  dataset: datasetFace,
  'decision-boundary': decisionBoundaryFace,
  dense: denseFace,
  'depthwise-conv-1d': depthwiseConv1dFace,
  'depthwise-conv-2d': depthwiseConv2dFace,
  dice: diceFace,
  disentanglement: disentanglementFace,
  divide: divideFace,
  dot: dotFace,
  dropout: dropoutFace,
  einsum: einsumFace,
  'einsum-dense': einsumDenseFace,
  embedding: embeddingFace,
  erf: erfFace,
  'exact-match': exactMatchFace,
  exp: expFace,
  'expand-dims': expandDimsFace,
  exponential: exponentialFace,
  f1: f1Face,
  flatten: flattenFace,
  floor: floorFace,
  'floor-divide': floorDivideFace,
  focal: focalFace,
  'fold-rows': foldRowsFace,
  'gan-loss': ganLossFace,
  gather: gatherFace,
  'gaussian-dropout': gaussianDropoutFace,
  'gaussian-nll': gaussianNllFace,
  'gaussian-noise': gaussianNoiseFace,
  'gaussian-sample': gaussianSampleFace,
  generate: generateFace,
  'global-average-pool-1d': globalAveragePool1dFace,
  'global-average-pool-2d': globalAveragePool2dFace,
  'global-average-pool-3d': globalAveragePool3dFace,
  'global-max-pool-1d': globalMaxPool1dFace,
  'global-max-pool-2d': globalMaxPool2dFace,
  'global-max-pool-3d': globalMaxPool3dFace,
  glu: gluFace,
  gradient: gradientFace,
  'group-gap': groupGapFace,
  'group-norm': groupNormFace,
  gru: gruFace,
  hinge: hingeFace,
  histogram: histogramFace,
  history: historyFace,
  huber: huberFace,
  instance: instanceFace,
  'instance-norm': instanceNormFace,
  'iou-loss': iouLossFace,
  iterate: iterateFace,
  'kl-divergence': klDivergenceFace,
  'kl-normal': klNormalFace,
  lamb: lambFace,
  'latent-resampling': latentResamplingFace,
  'layer-norm': layerNormFace,
  lerp: lerpFace,
  'linear-ramp': linearRampFace,
  lion: lionFace,
  log: logFace,
  'log-cosh': logCoshFace,
  'log-softmax': logSoftmaxFace,
  'loss-sum': lossSumFace,
  lstm: lstmFace,
  mae: maeFace,
  mape: mapeFace,
  masking: maskingFace,
  masks: masksFace,
  matmul: matmulFace,
  matrix: matrixFace,
  'max-pool-1d': maxPool1dFace,
  'max-pool-2d': maxPool2dFace,
  'max-pool-3d': maxPool3dFace,
  maximum: maximumFace,
  'mean-ap': meanApFace,
  'mean-error': meanErrorFace,
  'mean-iou': meanIouFace,
  'mean-metric': meanMetricFace,
  'minibatch-std': minibatchStdFace,
  minimum: minimumFace,
  'mode-coverage': modeCoverageFace,
  momentum: momentumFace,
  mse: mseFace,
  msle: msleFace,
  'multi-head-attention': multiHeadAttentionFace,
  multiply: multiplyFace,
  'n-gram': nGramFace,
  nadam: nadamFace,
  negate: negateFace,
  nms: nmsFace,
  noise: noiseFace,
  normalise: normaliseFace,
  'normalise-batch': normaliseBatchFace,
  'not-padding': notPaddingFace,
  'one-cycle': oneCycleFace,
  'one-hot': oneHotFace,
  output: outputFace,
  pad: padFace,
  parameter: parameterFace,
  'percent-error': percentErrorFace,
  permute: permuteFace,
  perplexity: perplexityFace,
  piecewise: piecewiseFace,
  'pixel-norm': pixelNormFace,
  'pixel-shuffle': pixelShuffleFace,
  plateau: plateauFace,
  poisson: poissonFace,
  'policy-gradient': policyGradientFace,
  population: populationFace,
  'position-embedding': positionEmbeddingFace,
  'positional-encoding': positionalEncodingFace,
  power: powerFace,
  precision: precisionFace,
  prelu: preluFace,
  project: projectFace,
  'propose-regions': proposeRegionsFace,
  quantile: quantileFace,
  r2: r2Face,
  recall: recallFace,
  reciprocal: reciprocalFace,
  reduce: reduceFace,
  'reflection-padding-2d': reflectionPadding2dFace,
  remainder: remainderFace,
  repeat: repeatFace,
  'repeat-rows': repeatRowsFace,
  rescaling: rescalingFace,
  reshape: reshapeFace,
  resize: resizeFace,
  'rms-norm': rmsNormFace,
  rmse: rmseFace,
  rmsprop: rmspropFace,
  'roi-align': roiAlignFace,
  rollout: rolloutFace,
  round: roundFace,
  'running-mean': runningMeanFace,
  'sample-grid': sampleGridFace,
  scatter: scatterFace,
  select: selectFace,
  'separable-conv-1d': separableConv1dFace,
  'separable-conv-2d': separableConv2dFace,
  sgd: sgdFace,
  'shift-right': shiftRightFace,
  sign: signFace,
  'simple-rnn': simpleRnnFace,
  sin: sinFace,
  slice: sliceFace,
  'sliced-distance': slicedDistanceFace,
  softmax: softmaxFace,
  'spatial-dropout-1d': spatialDropout1dFace,
  'spatial-dropout-2d': spatialDropout2dFace,
  'spatial-dropout-3d': spatialDropout3dFace,
  split: splitFace,
  sqrt: sqrtFace,
  square: squareFace,
  'squared-hinge': squaredHingeFace,
  squeeze: squeezeFace,
  stack: stackFace,
  stages: stagesFace,
  'step-schedule': stepScheduleFace,
  'stop-gradient': stopGradientFace,
  'style-mix': styleMixFace,
  subtract: subtractFace,
  switch: switchFace,
  'text-samples': textSamplesFace,
  tile: tileFace,
  'time-distributed': timeDistributedFace,
  'top-k': topKFace,
  'top-patches': topPatchesFace,
  'top-values': topValuesFace,
  training: trainingFace,
  trigonometry: trigonometryFace,
  triplet: tripletFace,
  tversky: tverskyFace,
  'uncertainty-sum': uncertaintySumFace,
  'unit-norm': unitNormFace,
  unstack: unstackFace,
  'upsampling-1d': upsampling1dFace,
  'upsampling-2d': upsampling2dFace,
  'upsampling-3d': upsampling3dFace,
  variance: varianceFace,
  vectorise: vectoriseFace,
  'warm-up': warmUpFace,
  'weight-average': weightAverageFace,
  'weight-penalty': weightPenaltyFace,
  'zero-padding-1d': zeroPadding1dFace,
  'zero-padding-2d': zeroPadding2dFace,
  'zero-padding-3d': zeroPadding3dFace,
};
