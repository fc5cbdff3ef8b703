// Made by `npm run generate` from file names. Do not edit.
import { examples as abcValidExamples } from './metrics/abc-valid.node.ts';
import { examples as absExamples } from './ops/abs.node.ts';
import { examples as accuracyExamples } from './metrics/accuracy.node.ts';
import { examples as activationExamples } from './core/activation.node.ts';
import { examples as adadeltaExamples } from './optimizers/adadelta.node.ts';
import { examples as adagradExamples } from './optimizers/adagrad.node.ts';
import { examples as adainExamples } from './normalisation/adain.node.ts';
import { examples as adamExamples } from './optimizers/adam.node.ts';
import { examples as adamaxExamples } from './optimizers/adamax.node.ts';
import { examples as adamwExamples } from './optimizers/adamw.node.ts';
import { examples as addExamples } from './ops/add.node.ts';
import { examples as additiveAttentionExamples } from './attention/additive-attention.node.ts';
import { examples as alphaDropoutExamples } from './normalisation/alpha-dropout.node.ts';
import { examples as argmaxExamples } from './ops/argmax.node.ts';
import { examples as asLossExamples } from './losses/as-loss.node.ts';
import { examples as assignTargetsExamples } from './detection/assign-targets.node.ts';
import { examples as attentionExamples } from './attention/attention.node.ts';
import { examples as aucExamples } from './metrics/auc.node.ts';
import { examples as augmentExamples } from './normalisation/augment.node.ts';
import { examples as averageExamples } from './ops/average.node.ts';
import { examples as averagePool1dExamples } from './convolution/average-pool-1d.node.ts';
import { examples as averagePool2dExamples } from './convolution/average-pool-2d.node.ts';
import { examples as averagePool3dExamples } from './convolution/average-pool-3d.node.ts';
import { examples as balancedAccuracyExamples } from './metrics/balanced-accuracy.node.ts';
import { examples as batchNormExamples } from './normalisation/batch-norm.node.ts';
import { examples as bceExamples } from './losses/bce.node.ts';
import { examples as bidirectionalExamples } from './recurrent/bidirectional.node.ts';
import { examples as boxesExamples } from './sinks/boxes.node.ts';
import { examples as calibrationErrorExamples } from './metrics/calibration-error.node.ts';
import { examples as captionsExamples } from './sinks/captions.node.ts';
import { examples as castExamples } from './shape/cast.node.ts';
import { examples as categoricalHingeExamples } from './losses/categorical-hinge.node.ts';
import { examples as causalMaskExamples } from './attention/causal-mask.node.ts';
import { examples as ceilExamples } from './ops/ceil.node.ts';
import { examples as childScoreExamples } from './blocks/child-score.node.ts';
import { examples as classWeightExamples } from './data/class-weight.node.ts';
import { examples as clipExamples } from './ops/clip.node.ts';
import { examples as compareExamples } from './ops/compare.node.ts';
import { examples as concatExamples } from './shape/concat.node.ts';
import { examples as confusionExamples } from './metrics/confusion.node.ts';
import { examples as constantExamples } from './data/constant.node.ts';
import { examples as constantScheduleExamples } from './schedules/constant-schedule.node.ts';
import { examples as contrastiveExamples } from './losses/contrastive.node.ts';
import { examples as conv1dExamples } from './convolution/conv-1d.node.ts';
import { examples as conv1dTransposeExamples } from './convolution/conv-1d-transpose.node.ts';
import { examples as conv2dExamples } from './convolution/conv-2d.node.ts';
import { examples as conv2dTransposeExamples } from './convolution/conv-2d-transpose.node.ts';
import { examples as conv3dExamples } from './convolution/conv-3d.node.ts';
import { examples as conv3dTransposeExamples } from './convolution/conv-3d-transpose.node.ts';
import { examples as convLstm2dExamples } from './recurrent/conv-lstm-2d.node.ts';
import { examples as correlationExamples } from './metrics/correlation.node.ts';
import { examples as corruptLabelsExamples } from './data/corrupt-labels.node.ts';
import { examples as cosExamples } from './ops/cos.node.ts';
import { examples as cosineExamples } from './schedules/cosine.node.ts';
import { examples as cosineSimilarityExamples } from './losses/cosine-similarity.node.ts';
import { examples as cropResizeExamples } from './detection/crop-resize.node.ts';
import { examples as cropping1dExamples } from './convolution/cropping-1d.node.ts';
import { examples as cropping2dExamples } from './convolution/cropping-2d.node.ts';
import { examples as cropping3dExamples } from './convolution/cropping-3d.node.ts';
import { examples as crossEntropyExamples } from './losses/cross-entropy.node.ts';
import { examples as cumsumExamples } from './ops/cumsum.node.ts';
import { examples as curveExamples } from './sinks/curve.node.ts';
import { examples as datasetExamples } from './data/dataset.node.ts';
import { examples as decisionBoundaryExamples } from './sinks/decision-boundary.node.ts';
import { examples as denseExamples } from './core/dense.node.ts';
import { examples as depthwiseConv1dExamples } from './convolution/depthwise-conv-1d.node.ts';
import { examples as depthwiseConv2dExamples } from './convolution/depthwise-conv-2d.node.ts';
import { examples as diceExamples } from './losses/dice.node.ts';
import { examples as disentanglementExamples } from './metrics/disentanglement.node.ts';
import { examples as divideExamples } from './ops/divide.node.ts';
import { examples as dotExamples } from './ops/dot.node.ts';
import { examples as dropoutExamples } from './normalisation/dropout.node.ts';
import { examples as einsumExamples } from './ops/einsum.node.ts';
import { examples as einsumDenseExamples } from './core/einsum-dense.node.ts';
import { examples as embeddingExamples } from './core/embedding.node.ts';
import { examples as erfExamples } from './ops/erf.node.ts';
import { examples as exactMatchExamples } from './metrics/exact-match.node.ts';
import { examples as expExamples } from './ops/exp.node.ts';
import { examples as expandDimsExamples } from './shape/expand-dims.node.ts';
import { examples as exponentialExamples } from './schedules/exponential.node.ts';
import { examples as f1Examples } from './metrics/f1.node.ts';
import { examples as flattenExamples } from './core/flatten.node.ts';
import { examples as floorExamples } from './ops/floor.node.ts';
import { examples as floorDivideExamples } from './ops/floor-divide.node.ts';
import { examples as focalExamples } from './losses/focal.node.ts';
import { examples as foldRowsExamples } from './shape/fold-rows.node.ts';
import { examples as ganLossExamples } from './losses/gan-loss.node.ts';
import { examples as gatherExamples } from './shape/gather.node.ts';
import { examples as gaussianDropoutExamples } from './normalisation/gaussian-dropout.node.ts';
import { examples as gaussianNllExamples } from './losses/gaussian-nll.node.ts';
import { examples as gaussianNoiseExamples } from './normalisation/gaussian-noise.node.ts';
import { examples as gaussianSampleExamples } from './ops/gaussian-sample.node.ts';
import { examples as generateExamples } from './blocks/generate.node.ts';
import { examples as globalAveragePool1dExamples } from './convolution/global-average-pool-1d.node.ts';
import { examples as globalAveragePool2dExamples } from './convolution/global-average-pool-2d.node.ts';
import { examples as globalAveragePool3dExamples } from './convolution/global-average-pool-3d.node.ts';
import { examples as globalMaxPool1dExamples } from './convolution/global-max-pool-1d.node.ts';
import { examples as globalMaxPool2dExamples } from './convolution/global-max-pool-2d.node.ts';
import { examples as globalMaxPool3dExamples } from './convolution/global-max-pool-3d.node.ts';
import { examples as gluExamples } from './core/glu.node.ts';
import { examples as gradientExamples } from './ops/gradient.node.ts';
import { examples as groupGapExamples } from './metrics/group-gap.node.ts';
import { examples as groupNormExamples } from './normalisation/group-norm.node.ts';
import { examples as gruExamples } from './recurrent/gru.node.ts';
import { examples as hingeExamples } from './losses/hinge.node.ts';
import { examples as histogramExamples } from './sinks/histogram.node.ts';
import { examples as historyExamples } from './ops/history.node.ts';
import { examples as huberExamples } from './losses/huber.node.ts';
import { examples as instanceExamples } from './blocks/instance.node.ts';
import { examples as instanceNormExamples } from './normalisation/instance-norm.node.ts';
import { examples as iouLossExamples } from './losses/iou-loss.node.ts';
import { examples as iterateExamples } from './blocks/iterate.node.ts';
import { examples as klDivergenceExamples } from './losses/kl-divergence.node.ts';
import { examples as klNormalExamples } from './losses/kl-normal.node.ts';
import { examples as lambExamples } from './optimizers/lamb.node.ts';
import { examples as latentResamplingExamples } from './data/latent-resampling.node.ts';
import { examples as layerNormExamples } from './normalisation/layer-norm.node.ts';
import { examples as lerpExamples } from './ops/lerp.node.ts';
import { examples as linearRampExamples } from './schedules/linear-ramp.node.ts';
import { examples as lionExamples } from './optimizers/lion.node.ts';
import { examples as logExamples } from './ops/log.node.ts';
import { examples as logCoshExamples } from './losses/log-cosh.node.ts';
import { examples as logSoftmaxExamples } from './ops/log-softmax.node.ts';
import { examples as lossSumExamples } from './losses/loss-sum.node.ts';
import { examples as lstmExamples } from './recurrent/lstm.node.ts';
import { examples as maeExamples } from './losses/mae.node.ts';
import { examples as mapeExamples } from './losses/mape.node.ts';
import { examples as maskingExamples } from './core/masking.node.ts';
import { examples as masksExamples } from './sinks/masks.node.ts';
import { examples as matmulExamples } from './ops/matmul.node.ts';
import { examples as matrixExamples } from './sinks/matrix.node.ts';
import { examples as maxPool1dExamples } from './convolution/max-pool-1d.node.ts';
import { examples as maxPool2dExamples } from './convolution/max-pool-2d.node.ts';
import { examples as maxPool3dExamples } from './convolution/max-pool-3d.node.ts';
import { examples as maximumExamples } from './ops/maximum.node.ts';
import { examples as meanApExamples } from './metrics/mean-ap.node.ts';
import { examples as meanErrorExamples } from './metrics/mean-error.node.ts';
import { examples as meanIouExamples } from './metrics/mean-iou.node.ts';
import { examples as meanMetricExamples } from './metrics/mean-metric.node.ts';
import { examples as minibatchStdExamples } from './normalisation/minibatch-std.node.ts';
import { examples as minimumExamples } from './ops/minimum.node.ts';
import { examples as modeCoverageExamples } from './metrics/mode-coverage.node.ts';
import { examples as momentumExamples } from './optimizers/momentum.node.ts';
import { examples as mseExamples } from './losses/mse.node.ts';
import { examples as msleExamples } from './losses/msle.node.ts';
import { examples as multiHeadAttentionExamples } from './attention/multi-head-attention.node.ts';
import { examples as multiplyExamples } from './ops/multiply.node.ts';
import { examples as nGramExamples } from './ops/n-gram.node.ts';
import { examples as nadamExamples } from './optimizers/nadam.node.ts';
import { examples as negateExamples } from './ops/negate.node.ts';
import { examples as nmsExamples } from './detection/nms.node.ts';
import { examples as noiseExamples } from './data/noise.node.ts';
import { examples as normaliseExamples } from './normalisation/normalise.node.ts';
import { examples as normaliseBatchExamples } from './ops/normalise-batch.node.ts';
import { examples as notPaddingExamples } from './ops/not-padding.node.ts';
import { examples as oneCycleExamples } from './schedules/one-cycle.node.ts';
import { examples as oneHotExamples } from './ops/one-hot.node.ts';
import { examples as outputExamples } from './sinks/output.node.ts';
import { examples as padExamples } from './shape/pad.node.ts';
import { examples as parameterExamples } from './data/parameter.node.ts';
import { examples as percentErrorExamples } from './metrics/percent-error.node.ts';
import { examples as permuteExamples } from './shape/permute.node.ts';
import { examples as perplexityExamples } from './metrics/perplexity.node.ts';
import { examples as piecewiseExamples } from './schedules/piecewise.node.ts';
import { examples as pixelNormExamples } from './normalisation/pixel-norm.node.ts';
import { examples as pixelShuffleExamples } from './convolution/pixel-shuffle.node.ts';
import { examples as plateauExamples } from './schedules/plateau.node.ts';
import { examples as poissonExamples } from './losses/poisson.node.ts';
import { examples as policyGradientExamples } from './losses/policy-gradient.node.ts';
import { examples as populationExamples } from './sinks/population.node.ts';
import { examples as positionEmbeddingExamples } from './attention/position-embedding.node.ts';
import { examples as positionalEncodingExamples } from './attention/positional-encoding.node.ts';
import { examples as powerExamples } from './ops/power.node.ts';
import { examples as precisionExamples } from './metrics/precision.node.ts';
import { examples as preluExamples } from './core/prelu.node.ts';
import { examples as projectExamples } from './ops/project.node.ts';
import { examples as proposeRegionsExamples } from './detection/propose-regions.node.ts';
import { examples as quantileExamples } from './losses/quantile.node.ts';
import { examples as r2Examples } from './metrics/r2.node.ts';
import { examples as recallExamples } from './metrics/recall.node.ts';
import { examples as reciprocalExamples } from './ops/reciprocal.node.ts';
import { examples as reduceExamples } from './ops/reduce.node.ts';
import { examples as reflectionPadding2dExamples } from './convolution/reflection-padding-2d.node.ts';
import { examples as remainderExamples } from './ops/remainder.node.ts';
import { examples as repeatExamples } from './shape/repeat.node.ts';
import { examples as repeatRowsExamples } from './shape/repeat-rows.node.ts';
import { examples as rescalingExamples } from './core/rescaling.node.ts';
import { examples as reshapeExamples } from './shape/reshape.node.ts';
import { examples as resizeExamples } from './convolution/resize.node.ts';
import { examples as rmsNormExamples } from './normalisation/rms-norm.node.ts';
import { examples as rmseExamples } from './metrics/rmse.node.ts';
import { examples as rmspropExamples } from './optimizers/rmsprop.node.ts';
import { examples as roiAlignExamples } from './detection/roi-align.node.ts';
import { examples as rolloutExamples } from './data/rollout.node.ts';
import { examples as roundExamples } from './ops/round.node.ts';
import { examples as runningMeanExamples } from './ops/running-mean.node.ts';
import { examples as sampleGridExamples } from './sinks/sample-grid.node.ts';
import { examples as scatterExamples } from './sinks/scatter.node.ts';
import { examples as selectExamples } from './ops/select.node.ts';
import { examples as separableConv1dExamples } from './convolution/separable-conv-1d.node.ts';
import { examples as separableConv2dExamples } from './convolution/separable-conv-2d.node.ts';
import { examples as sgdExamples } from './optimizers/sgd.node.ts';
import { examples as shiftRightExamples } from './shape/shift-right.node.ts';
import { examples as signExamples } from './ops/sign.node.ts';
import { examples as simpleRnnExamples } from './recurrent/simple-rnn.node.ts';
import { examples as sinExamples } from './ops/sin.node.ts';
import { examples as sliceExamples } from './shape/slice.node.ts';
import { examples as slicedDistanceExamples } from './metrics/sliced-distance.node.ts';
import { examples as softmaxExamples } from './core/softmax.node.ts';
import { examples as spatialDropout1dExamples } from './normalisation/spatial-dropout-1d.node.ts';
import { examples as spatialDropout2dExamples } from './normalisation/spatial-dropout-2d.node.ts';
import { examples as spatialDropout3dExamples } from './normalisation/spatial-dropout-3d.node.ts';
import { examples as splitExamples } from './shape/split.node.ts';
import { examples as sqrtExamples } from './ops/sqrt.node.ts';
import { examples as squareExamples } from './ops/square.node.ts';
import { examples as squaredHingeExamples } from './losses/squared-hinge.node.ts';
import { examples as squeezeExamples } from './shape/squeeze.node.ts';
import { examples as stackExamples } from './shape/stack.node.ts';
import { examples as stagesExamples } from './schedules/stages.node.ts';
import { examples as stepScheduleExamples } from './schedules/step-schedule.node.ts';
import { examples as stopGradientExamples } from './ops/stop-gradient.node.ts';
import { examples as styleMixExamples } from './ops/style-mix.node.ts';
import { examples as subtractExamples } from './ops/subtract.node.ts';
import { examples as switchExamples } from './ops/switch.node.ts';
import { examples as textSamplesExamples } from './sinks/text-samples.node.ts';
import { examples as tileExamples } from './shape/tile.node.ts';
import { examples as timeDistributedExamples } from './blocks/time-distributed.node.ts';
import { examples as topKExamples } from './metrics/top-k.node.ts';
import { examples as topPatchesExamples } from './metrics/top-patches.node.ts';
import { examples as topValuesExamples } from './ops/top-values.node.ts';
import { examples as trainingExamples } from './optimizers/training.node.ts';
import { examples as trigonometryExamples } from './ops/trigonometry.node.ts';
import { examples as tripletExamples } from './losses/triplet.node.ts';
import { examples as tverskyExamples } from './losses/tversky.node.ts';
import { examples as uncertaintySumExamples } from './losses/uncertainty-sum.node.ts';
import { examples as unitNormExamples } from './normalisation/unit-norm.node.ts';
import { examples as unstackExamples } from './shape/unstack.node.ts';
import { examples as upsampling1dExamples } from './convolution/upsampling-1d.node.ts';
import { examples as upsampling2dExamples } from './convolution/upsampling-2d.node.ts';
import { examples as upsampling3dExamples } from './convolution/upsampling-3d.node.ts';
import { examples as varianceExamples } from './metrics/variance.node.ts';
import { examples as vectoriseExamples } from './data/vectorise.node.ts';
import { examples as warmUpExamples } from './schedules/warm-up.node.ts';
import { examples as weightAverageExamples } from './optimizers/weight-average.node.ts';
import { examples as weightPenaltyExamples } from './losses/weight-penalty.node.ts';
import { examples as zeroPadding1dExamples } from './convolution/zero-padding-1d.node.ts';
import { examples as zeroPadding2dExamples } from './convolution/zero-padding-2d.node.ts';
import { examples as zeroPadding3dExamples } from './convolution/zero-padding-3d.node.ts';
import type { KindExamples } from './kind';

export const examples: Record<string, KindExamples> = {
  'abc-valid': abcValidExamples,
  abs: absExamples,
  accuracy: accuracyExamples,
  activation: activationExamples,
  adadelta: adadeltaExamples,
  adagrad: adagradExamples,
  adain: adainExamples,
  adam: adamExamples,
  adamax: adamaxExamples,
  adamw: adamwExamples,
  add: addExamples,
  'additive-attention': additiveAttentionExamples,
  'alpha-dropout': alphaDropoutExamples,
  argmax: argmaxExamples,
  'as-loss': asLossExamples,
  'assign-targets': assignTargetsExamples,
  attention: attentionExamples,
  auc: aucExamples,
  augment: augmentExamples,
  average: averageExamples,
  'average-pool-1d': averagePool1dExamples,
  'average-pool-2d': averagePool2dExamples,
  'average-pool-3d': averagePool3dExamples,
  'balanced-accuracy': balancedAccuracyExamples,
  'batch-norm': batchNormExamples,
  bce: bceExamples,
  bidirectional: bidirectionalExamples,
  boxes: boxesExamples,
  'calibration-error': calibrationErrorExamples,
  captions: captionsExamples,
  cast: castExamples,
  'categorical-hinge': categoricalHingeExamples,
  'causal-mask': causalMaskExamples,
  ceil: ceilExamples,
  'child-score': childScoreExamples,
  'class-weight': classWeightExamples,
  clip: clipExamples,
  compare: compareExamples,
  concat: concatExamples,
  confusion: confusionExamples,
  constant: constantExamples,
  'constant-schedule': constantScheduleExamples,
  contrastive: contrastiveExamples,
  'conv-1d': conv1dExamples,
  'conv-1d-transpose': conv1dTransposeExamples,
  'conv-2d': conv2dExamples,
  'conv-2d-transpose': conv2dTransposeExamples,
  'conv-3d': conv3dExamples,
  'conv-3d-transpose': conv3dTransposeExamples,
  'conv-lstm-2d': convLstm2dExamples,
  correlation: correlationExamples,
  'corrupt-labels': corruptLabelsExamples,
  cos: cosExamples,
  cosine: cosineExamples,
  'cosine-similarity': cosineSimilarityExamples,
  'crop-resize': cropResizeExamples,
  'cropping-1d': cropping1dExamples,
  'cropping-2d': cropping2dExamples,
  'cropping-3d': cropping3dExamples,
  'cross-entropy': crossEntropyExamples,
  cumsum: cumsumExamples,
  curve: curveExamples,
  dataset: datasetExamples,
  'decision-boundary': decisionBoundaryExamples,
  dense: denseExamples,
  'depthwise-conv-1d': depthwiseConv1dExamples,
  'depthwise-conv-2d': depthwiseConv2dExamples,
  dice: diceExamples,
  disentanglement: disentanglementExamples,
  divide: divideExamples,
  dot: dotExamples,
  dropout: dropoutExamples,
  einsum: einsumExamples,
  'einsum-dense': einsumDenseExamples,
  embedding: embeddingExamples,
  erf: erfExamples,
  'exact-match': exactMatchExamples,
  exp: expExamples,
  'expand-dims': expandDimsExamples,
  exponential: exponentialExamples,
  f1: f1Examples,
  flatten: flattenExamples,
  floor: floorExamples,
  'floor-divide': floorDivideExamples,
  focal: focalExamples,
  'fold-rows': foldRowsExamples,
  'gan-loss': ganLossExamples,
  gather: gatherExamples,
  'gaussian-dropout': gaussianDropoutExamples,
  'gaussian-nll': gaussianNllExamples,
  'gaussian-noise': gaussianNoiseExamples,
  'gaussian-sample': gaussianSampleExamples,
  generate: generateExamples,
  'global-average-pool-1d': globalAveragePool1dExamples,
  'global-average-pool-2d': globalAveragePool2dExamples,
  'global-average-pool-3d': globalAveragePool3dExamples,
  'global-max-pool-1d': globalMaxPool1dExamples,
  'global-max-pool-2d': globalMaxPool2dExamples,
  'global-max-pool-3d': globalMaxPool3dExamples,
  glu: gluExamples,
  gradient: gradientExamples,
  'group-gap': groupGapExamples,
  'group-norm': groupNormExamples,
  gru: gruExamples,
  hinge: hingeExamples,
  histogram: histogramExamples,
  history: historyExamples,
  huber: huberExamples,
  instance: instanceExamples,
  'instance-norm': instanceNormExamples,
  'iou-loss': iouLossExamples,
  iterate: iterateExamples,
  'kl-divergence': klDivergenceExamples,
  'kl-normal': klNormalExamples,
  lamb: lambExamples,
  'latent-resampling': latentResamplingExamples,
  'layer-norm': layerNormExamples,
  lerp: lerpExamples,
  'linear-ramp': linearRampExamples,
  lion: lionExamples,
  log: logExamples,
  'log-cosh': logCoshExamples,
  'log-softmax': logSoftmaxExamples,
  'loss-sum': lossSumExamples,
  lstm: lstmExamples,
  mae: maeExamples,
  mape: mapeExamples,
  masking: maskingExamples,
  masks: masksExamples,
  matmul: matmulExamples,
  matrix: matrixExamples,
  'max-pool-1d': maxPool1dExamples,
  'max-pool-2d': maxPool2dExamples,
  'max-pool-3d': maxPool3dExamples,
  maximum: maximumExamples,
  'mean-ap': meanApExamples,
  'mean-error': meanErrorExamples,
  'mean-iou': meanIouExamples,
  'mean-metric': meanMetricExamples,
  'minibatch-std': minibatchStdExamples,
  minimum: minimumExamples,
  'mode-coverage': modeCoverageExamples,
  momentum: momentumExamples,
  mse: mseExamples,
  msle: msleExamples,
  'multi-head-attention': multiHeadAttentionExamples,
  multiply: multiplyExamples,
  'n-gram': nGramExamples,
  nadam: nadamExamples,
  negate: negateExamples,
  nms: nmsExamples,
  noise: noiseExamples,
  normalise: normaliseExamples,
  'normalise-batch': normaliseBatchExamples,
  'not-padding': notPaddingExamples,
  'one-cycle': oneCycleExamples,
  'one-hot': oneHotExamples,
  output: outputExamples,
  pad: padExamples,
  parameter: parameterExamples,
  'percent-error': percentErrorExamples,
  permute: permuteExamples,
  perplexity: perplexityExamples,
  piecewise: piecewiseExamples,
  'pixel-norm': pixelNormExamples,
  'pixel-shuffle': pixelShuffleExamples,
  plateau: plateauExamples,
  poisson: poissonExamples,
  'policy-gradient': policyGradientExamples,
  population: populationExamples,
  'position-embedding': positionEmbeddingExamples,
  'positional-encoding': positionalEncodingExamples,
  power: powerExamples,
  precision: precisionExamples,
  prelu: preluExamples,
  project: projectExamples,
  'propose-regions': proposeRegionsExamples,
  quantile: quantileExamples,
  r2: r2Examples,
  recall: recallExamples,
  reciprocal: reciprocalExamples,
  reduce: reduceExamples,
  'reflection-padding-2d': reflectionPadding2dExamples,
  remainder: remainderExamples,
  repeat: repeatExamples,
  'repeat-rows': repeatRowsExamples,
  rescaling: rescalingExamples,
  reshape: reshapeExamples,
  resize: resizeExamples,
  'rms-norm': rmsNormExamples,
  rmse: rmseExamples,
  rmsprop: rmspropExamples,
  'roi-align': roiAlignExamples,
  rollout: rolloutExamples,
  round: roundExamples,
  'running-mean': runningMeanExamples,
  'sample-grid': sampleGridExamples,
  scatter: scatterExamples,
  select: selectExamples,
  'separable-conv-1d': separableConv1dExamples,
  'separable-conv-2d': separableConv2dExamples,
  sgd: sgdExamples,
  'shift-right': shiftRightExamples,
  sign: signExamples,
  'simple-rnn': simpleRnnExamples,
  sin: sinExamples,
  slice: sliceExamples,
  'sliced-distance': slicedDistanceExamples,
  softmax: softmaxExamples,
  'spatial-dropout-1d': spatialDropout1dExamples,
  'spatial-dropout-2d': spatialDropout2dExamples,
  'spatial-dropout-3d': spatialDropout3dExamples,
  split: splitExamples,
  sqrt: sqrtExamples,
  square: squareExamples,
  'squared-hinge': squaredHingeExamples,
  squeeze: squeezeExamples,
  stack: stackExamples,
  stages: stagesExamples,
  'step-schedule': stepScheduleExamples,
  'stop-gradient': stopGradientExamples,
  'style-mix': styleMixExamples,
  subtract: subtractExamples,
  switch: switchExamples,
  'text-samples': textSamplesExamples,
  tile: tileExamples,
  'time-distributed': timeDistributedExamples,
  'top-k': topKExamples,
  'top-patches': topPatchesExamples,
  'top-values': topValuesExamples,
  training: trainingExamples,
  trigonometry: trigonometryExamples,
  triplet: tripletExamples,
  tversky: tverskyExamples,
  'uncertainty-sum': uncertaintySumExamples,
  'unit-norm': unitNormExamples,
  unstack: unstackExamples,
  'upsampling-1d': upsampling1dExamples,
  'upsampling-2d': upsampling2dExamples,
  'upsampling-3d': upsampling3dExamples,
  variance: varianceExamples,
  vectorise: vectoriseExamples,
  'warm-up': warmUpExamples,
  'weight-average': weightAverageExamples,
  'weight-penalty': weightPenaltyExamples,
  'zero-padding-1d': zeroPadding1dExamples,
  'zero-padding-2d': zeroPadding2dExamples,
  'zero-padding-3d': zeroPadding3dExamples,
};
