// Made by `npm run generate` from file names. Do not edit.
import { infer as abcValidInfer } from './metrics/abc-valid.node.ts';
import { infer as absInfer } from './ops/abs.node.ts';
import { infer as accuracyInfer } from './metrics/accuracy.node.ts';
import { infer as activationInfer } from './core/activation.node.ts';
import { infer as adadeltaInfer } from './optimizers/adadelta.node.ts';
import { infer as adagradInfer } from './optimizers/adagrad.node.ts';
import { infer as adainInfer } from './normalisation/adain.node.ts';
import { infer as adamInfer } from './optimizers/adam.node.ts';
import { infer as adamaxInfer } from './optimizers/adamax.node.ts';
import { infer as adamwInfer } from './optimizers/adamw.node.ts';
import { infer as addInfer } from './ops/add.node.ts';
import { infer as additiveAttentionInfer } from './attention/additive-attention.node.ts';
import { infer as alphaDropoutInfer } from './normalisation/alpha-dropout.node.ts';
import { infer as argmaxInfer } from './ops/argmax.node.ts';
import { infer as asLossInfer } from './losses/as-loss.node.ts';
import { infer as assignTargetsInfer } from './detection/assign-targets.node.ts';
import { infer as attentionInfer } from './attention/attention.node.ts';
import { infer as aucInfer } from './metrics/auc.node.ts';
import { infer as augmentInfer } from './normalisation/augment.node.ts';
import { infer as averageInfer } from './ops/average.node.ts';
import { infer as averagePool1dInfer } from './convolution/average-pool-1d.node.ts';
import { infer as averagePool2dInfer } from './convolution/average-pool-2d.node.ts';
import { infer as averagePool3dInfer } from './convolution/average-pool-3d.node.ts';
import { infer as balancedAccuracyInfer } from './metrics/balanced-accuracy.node.ts';
import { infer as batchNormInfer } from './normalisation/batch-norm.node.ts';
import { infer as bceInfer } from './losses/bce.node.ts';
import { infer as bidirectionalInfer } from './recurrent/bidirectional.node.ts';
import { infer as boxesInfer } from './sinks/boxes.node.ts';
import { infer as calibrationErrorInfer } from './metrics/calibration-error.node.ts';
import { infer as captionsInfer } from './sinks/captions.node.ts';
import { infer as castInfer } from './shape/cast.node.ts';
import { infer as categoricalHingeInfer } from './losses/categorical-hinge.node.ts';
import { infer as causalMaskInfer } from './attention/causal-mask.node.ts';
import { infer as ceilInfer } from './ops/ceil.node.ts';
import { infer as childScoreInfer } from './blocks/child-score.node.ts';
import { infer as classWeightInfer } from './data/class-weight.node.ts';
import { infer as clipInfer } from './ops/clip.node.ts';
import { infer as compareInfer } from './ops/compare.node.ts';
import { infer as concatInfer } from './shape/concat.node.ts';
import { infer as confusionInfer } from './metrics/confusion.node.ts';
import { infer as constantInfer } from './data/constant.node.ts';
import { infer as constantScheduleInfer } from './schedules/constant-schedule.node.ts';
import { infer as contrastiveInfer } from './losses/contrastive.node.ts';
import { infer as conv1dInfer } from './convolution/conv-1d.node.ts';
import { infer as conv1dTransposeInfer } from './convolution/conv-1d-transpose.node.ts';
import { infer as conv2dInfer } from './convolution/conv-2d.node.ts';
import { infer as conv2dTransposeInfer } from './convolution/conv-2d-transpose.node.ts';
import { infer as conv3dInfer } from './convolution/conv-3d.node.ts';
import { infer as conv3dTransposeInfer } from './convolution/conv-3d-transpose.node.ts';
import { infer as convLstm2dInfer } from './recurrent/conv-lstm-2d.node.ts';
import { infer as correlationInfer } from './metrics/correlation.node.ts';
import { infer as corruptLabelsInfer } from './data/corrupt-labels.node.ts';
import { infer as cosInfer } from './ops/cos.node.ts';
import { infer as cosineInfer } from './schedules/cosine.node.ts';
import { infer as cosineSimilarityInfer } from './losses/cosine-similarity.node.ts';
import { infer as cropResizeInfer } from './detection/crop-resize.node.ts';
import { infer as cropping1dInfer } from './convolution/cropping-1d.node.ts';
import { infer as cropping2dInfer } from './convolution/cropping-2d.node.ts';
import { infer as cropping3dInfer } from './convolution/cropping-3d.node.ts';
import { infer as crossEntropyInfer } from './losses/cross-entropy.node.ts';
import { infer as cumsumInfer } from './ops/cumsum.node.ts';
import { infer as curveInfer } from './sinks/curve.node.ts';
import { infer as datasetInfer } from './data/dataset.node.ts';
import { infer as decisionBoundaryInfer } from './sinks/decision-boundary.node.ts';
import { infer as denseInfer } from './core/dense.node.ts';
import { infer as depthwiseConv1dInfer } from './convolution/depthwise-conv-1d.node.ts';
import { infer as depthwiseConv2dInfer } from './convolution/depthwise-conv-2d.node.ts';
import { infer as diceInfer } from './losses/dice.node.ts';
import { infer as disentanglementInfer } from './metrics/disentanglement.node.ts';
import { infer as divideInfer } from './ops/divide.node.ts';
import { infer as dotInfer } from './ops/dot.node.ts';
import { infer as dropoutInfer } from './normalisation/dropout.node.ts';
import { infer as einsumInfer } from './ops/einsum.node.ts';
import { infer as einsumDenseInfer } from './core/einsum-dense.node.ts';
import { infer as embeddingInfer } from './core/embedding.node.ts';
import { infer as erfInfer } from './ops/erf.node.ts';
import { infer as exactMatchInfer } from './metrics/exact-match.node.ts';
import { infer as expInfer } from './ops/exp.node.ts';
import { infer as expandDimsInfer } from './shape/expand-dims.node.ts';
import { infer as exponentialInfer } from './schedules/exponential.node.ts';
import { infer as f1Infer } from './metrics/f1.node.ts';
import { infer as flattenInfer } from './core/flatten.node.ts';
import { infer as floorInfer } from './ops/floor.node.ts';
import { infer as floorDivideInfer } from './ops/floor-divide.node.ts';
import { infer as focalInfer } from './losses/focal.node.ts';
import { infer as foldRowsInfer } from './shape/fold-rows.node.ts';
import { infer as ganLossInfer } from './losses/gan-loss.node.ts';
import { infer as gatherInfer } from './shape/gather.node.ts';
import { infer as gaussianDropoutInfer } from './normalisation/gaussian-dropout.node.ts';
import { infer as gaussianNllInfer } from './losses/gaussian-nll.node.ts';
import { infer as gaussianNoiseInfer } from './normalisation/gaussian-noise.node.ts';
import { infer as gaussianSampleInfer } from './ops/gaussian-sample.node.ts';
import { infer as generateInfer } from './blocks/generate.node.ts';
import { infer as globalAveragePool1dInfer } from './convolution/global-average-pool-1d.node.ts';
import { infer as globalAveragePool2dInfer } from './convolution/global-average-pool-2d.node.ts';
import { infer as globalAveragePool3dInfer } from './convolution/global-average-pool-3d.node.ts';
import { infer as globalMaxPool1dInfer } from './convolution/global-max-pool-1d.node.ts';
import { infer as globalMaxPool2dInfer } from './convolution/global-max-pool-2d.node.ts';
import { infer as globalMaxPool3dInfer } from './convolution/global-max-pool-3d.node.ts';
import { infer as gluInfer } from './core/glu.node.ts';
import { infer as gradientInfer } from './ops/gradient.node.ts';
import { infer as groupGapInfer } from './metrics/group-gap.node.ts';
import { infer as groupNormInfer } from './normalisation/group-norm.node.ts';
import { infer as gruInfer } from './recurrent/gru.node.ts';
import { infer as hingeInfer } from './losses/hinge.node.ts';
import { infer as histogramInfer } from './sinks/histogram.node.ts';
import { infer as historyInfer } from './ops/history.node.ts';
import { infer as huberInfer } from './losses/huber.node.ts';
import { infer as instanceInfer } from './blocks/instance.node.ts';
import { infer as instanceNormInfer } from './normalisation/instance-norm.node.ts';
import { infer as iouLossInfer } from './losses/iou-loss.node.ts';
import { infer as iterateInfer } from './blocks/iterate.node.ts';
import { infer as klDivergenceInfer } from './losses/kl-divergence.node.ts';
import { infer as klNormalInfer } from './losses/kl-normal.node.ts';
import { infer as lambInfer } from './optimizers/lamb.node.ts';
import { infer as latentResamplingInfer } from './data/latent-resampling.node.ts';
import { infer as layerNormInfer } from './normalisation/layer-norm.node.ts';
import { infer as lerpInfer } from './ops/lerp.node.ts';
import { infer as linearRampInfer } from './schedules/linear-ramp.node.ts';
import { infer as lionInfer } from './optimizers/lion.node.ts';
import { infer as logInfer } from './ops/log.node.ts';
import { infer as logCoshInfer } from './losses/log-cosh.node.ts';
import { infer as logSoftmaxInfer } from './ops/log-softmax.node.ts';
import { infer as lossSumInfer } from './losses/loss-sum.node.ts';
import { infer as lstmInfer } from './recurrent/lstm.node.ts';
import { infer as maeInfer } from './losses/mae.node.ts';
import { infer as mapeInfer } from './losses/mape.node.ts';
import { infer as maskingInfer } from './core/masking.node.ts';
import { infer as masksInfer } from './sinks/masks.node.ts';
import { infer as matmulInfer } from './ops/matmul.node.ts';
import { infer as matrixInfer } from './sinks/matrix.node.ts';
import { infer as maxPool1dInfer } from './convolution/max-pool-1d.node.ts';
import { infer as maxPool2dInfer } from './convolution/max-pool-2d.node.ts';
import { infer as maxPool3dInfer } from './convolution/max-pool-3d.node.ts';
import { infer as maximumInfer } from './ops/maximum.node.ts';
import { infer as meanApInfer } from './metrics/mean-ap.node.ts';
import { infer as meanErrorInfer } from './metrics/mean-error.node.ts';
import { infer as meanIouInfer } from './metrics/mean-iou.node.ts';
import { infer as meanMetricInfer } from './metrics/mean-metric.node.ts';
import { infer as minibatchStdInfer } from './normalisation/minibatch-std.node.ts';
import { infer as minimumInfer } from './ops/minimum.node.ts';
import { infer as modeCoverageInfer } from './metrics/mode-coverage.node.ts';
import { infer as momentumInfer } from './optimizers/momentum.node.ts';
import { infer as mseInfer } from './losses/mse.node.ts';
import { infer as msleInfer } from './losses/msle.node.ts';
import { infer as multiHeadAttentionInfer } from './attention/multi-head-attention.node.ts';
import { infer as multiplyInfer } from './ops/multiply.node.ts';
import { infer as nGramInfer } from './ops/n-gram.node.ts';
import { infer as nadamInfer } from './optimizers/nadam.node.ts';
import { infer as negateInfer } from './ops/negate.node.ts';
import { infer as nmsInfer } from './detection/nms.node.ts';
import { infer as noiseInfer } from './data/noise.node.ts';
import { infer as normaliseInfer } from './normalisation/normalise.node.ts';
import { infer as normaliseBatchInfer } from './ops/normalise-batch.node.ts';
import { infer as notPaddingInfer } from './ops/not-padding.node.ts';
import { infer as oneCycleInfer } from './schedules/one-cycle.node.ts';
import { infer as oneHotInfer } from './ops/one-hot.node.ts';
import { infer as outputInfer } from './sinks/output.node.ts';
import { infer as padInfer } from './shape/pad.node.ts';
import { infer as parameterInfer } from './data/parameter.node.ts';
import { infer as percentErrorInfer } from './metrics/percent-error.node.ts';
import { infer as permuteInfer } from './shape/permute.node.ts';
import { infer as perplexityInfer } from './metrics/perplexity.node.ts';
import { infer as piecewiseInfer } from './schedules/piecewise.node.ts';
import { infer as pixelNormInfer } from './normalisation/pixel-norm.node.ts';
import { infer as pixelShuffleInfer } from './convolution/pixel-shuffle.node.ts';
import { infer as plateauInfer } from './schedules/plateau.node.ts';
import { infer as poissonInfer } from './losses/poisson.node.ts';
import { infer as policyGradientInfer } from './losses/policy-gradient.node.ts';
import { infer as populationInfer } from './sinks/population.node.ts';
import { infer as positionEmbeddingInfer } from './attention/position-embedding.node.ts';
import { infer as positionalEncodingInfer } from './attention/positional-encoding.node.ts';
import { infer as powerInfer } from './ops/power.node.ts';
import { infer as precisionInfer } from './metrics/precision.node.ts';
import { infer as preluInfer } from './core/prelu.node.ts';
import { infer as projectInfer } from './ops/project.node.ts';
import { infer as proposeRegionsInfer } from './detection/propose-regions.node.ts';
import { infer as quantileInfer } from './losses/quantile.node.ts';
import { infer as r2Infer } from './metrics/r2.node.ts';
import { infer as recallInfer } from './metrics/recall.node.ts';
import { infer as reciprocalInfer } from './ops/reciprocal.node.ts';
import { infer as reduceInfer } from './ops/reduce.node.ts';
import { infer as reflectionPadding2dInfer } from './convolution/reflection-padding-2d.node.ts';
import { infer as remainderInfer } from './ops/remainder.node.ts';
import { infer as repeatInfer } from './shape/repeat.node.ts';
import { infer as repeatRowsInfer } from './shape/repeat-rows.node.ts';
import { infer as rescalingInfer } from './core/rescaling.node.ts';
import { infer as reshapeInfer } from './shape/reshape.node.ts';
import { infer as resizeInfer } from './convolution/resize.node.ts';
import { infer as rmsNormInfer } from './normalisation/rms-norm.node.ts';
import { infer as rmseInfer } from './metrics/rmse.node.ts';
import { infer as rmspropInfer } from './optimizers/rmsprop.node.ts';
import { infer as roiAlignInfer } from './detection/roi-align.node.ts';
import { infer as rolloutInfer } from './data/rollout.node.ts';
import { infer as roundInfer } from './ops/round.node.ts';
import { infer as runningMeanInfer } from './ops/running-mean.node.ts';
import { infer as sampleGridInfer } from './sinks/sample-grid.node.ts';
import { infer as scatterInfer } from './sinks/scatter.node.ts';
import { infer as selectInfer } from './ops/select.node.ts';
import { infer as separableConv1dInfer } from './convolution/separable-conv-1d.node.ts';
import { infer as separableConv2dInfer } from './convolution/separable-conv-2d.node.ts';
import { infer as sgdInfer } from './optimizers/sgd.node.ts';
import { infer as shiftRightInfer } from './shape/shift-right.node.ts';
import { infer as signInfer } from './ops/sign.node.ts';
import { infer as simpleRnnInfer } from './recurrent/simple-rnn.node.ts';
import { infer as sinInfer } from './ops/sin.node.ts';
import { infer as sliceInfer } from './shape/slice.node.ts';
import { infer as slicedDistanceInfer } from './metrics/sliced-distance.node.ts';
import { infer as softmaxInfer } from './core/softmax.node.ts';
import { infer as spatialDropout1dInfer } from './normalisation/spatial-dropout-1d.node.ts';
import { infer as spatialDropout2dInfer } from './normalisation/spatial-dropout-2d.node.ts';
import { infer as spatialDropout3dInfer } from './normalisation/spatial-dropout-3d.node.ts';
import { infer as splitInfer } from './shape/split.node.ts';
import { infer as sqrtInfer } from './ops/sqrt.node.ts';
import { infer as squareInfer } from './ops/square.node.ts';
import { infer as squaredHingeInfer } from './losses/squared-hinge.node.ts';
import { infer as squeezeInfer } from './shape/squeeze.node.ts';
import { infer as stackInfer } from './shape/stack.node.ts';
import { infer as stagesInfer } from './schedules/stages.node.ts';
import { infer as stepScheduleInfer } from './schedules/step-schedule.node.ts';
import { infer as stopGradientInfer } from './ops/stop-gradient.node.ts';
import { infer as styleMixInfer } from './ops/style-mix.node.ts';
import { infer as subtractInfer } from './ops/subtract.node.ts';
import { infer as switchInfer } from './ops/switch.node.ts';
import { infer as textSamplesInfer } from './sinks/text-samples.node.ts';
import { infer as tileInfer } from './shape/tile.node.ts';
import { infer as timeDistributedInfer } from './blocks/time-distributed.node.ts';
import { infer as topKInfer } from './metrics/top-k.node.ts';
import { infer as topPatchesInfer } from './metrics/top-patches.node.ts';
import { infer as topValuesInfer } from './ops/top-values.node.ts';
import { infer as trainingInfer } from './optimizers/training.node.ts';
import { infer as trigonometryInfer } from './ops/trigonometry.node.ts';
import { infer as tripletInfer } from './losses/triplet.node.ts';
import { infer as tverskyInfer } from './losses/tversky.node.ts';
import { infer as uncertaintySumInfer } from './losses/uncertainty-sum.node.ts';
import { infer as unitNormInfer } from './normalisation/unit-norm.node.ts';
import { infer as unstackInfer } from './shape/unstack.node.ts';
import { infer as upsampling1dInfer } from './convolution/upsampling-1d.node.ts';
import { infer as upsampling2dInfer } from './convolution/upsampling-2d.node.ts';
import { infer as upsampling3dInfer } from './convolution/upsampling-3d.node.ts';
import { infer as varianceInfer } from './metrics/variance.node.ts';
import { infer as vectoriseInfer } from './data/vectorise.node.ts';
import { infer as warmUpInfer } from './schedules/warm-up.node.ts';
import { infer as weightAverageInfer } from './optimizers/weight-average.node.ts';
import { infer as weightPenaltyInfer } from './losses/weight-penalty.node.ts';
import { infer as zeroPadding1dInfer } from './convolution/zero-padding-1d.node.ts';
import { infer as zeroPadding2dInfer } from './convolution/zero-padding-2d.node.ts';
import { infer as zeroPadding3dInfer } from './convolution/zero-padding-3d.node.ts';
import type { Infer } from './kind';

export const infers: Record<string, Infer> = {
  'abc-valid': abcValidInfer,
  abs: absInfer,
  accuracy: accuracyInfer,
  activation: activationInfer,
  adadelta: adadeltaInfer,
  adagrad: adagradInfer,
  adain: adainInfer,
  adam: adamInfer,
  adamax: adamaxInfer,
  adamw: adamwInfer,
  add: addInfer,
  'additive-attention': additiveAttentionInfer,
  'alpha-dropout': alphaDropoutInfer,
  argmax: argmaxInfer,
  'as-loss': asLossInfer,
  'assign-targets': assignTargetsInfer,
  attention: attentionInfer,
  auc: aucInfer,
  augment: augmentInfer,
  average: averageInfer,
  'average-pool-1d': averagePool1dInfer,
  'average-pool-2d': averagePool2dInfer,
  'average-pool-3d': averagePool3dInfer,
  'balanced-accuracy': balancedAccuracyInfer,
  'batch-norm': batchNormInfer,
  bce: bceInfer,
  bidirectional: bidirectionalInfer,
  boxes: boxesInfer,
  'calibration-error': calibrationErrorInfer,
  captions: captionsInfer,
  cast: castInfer,
  'categorical-hinge': categoricalHingeInfer,
  'causal-mask': causalMaskInfer,
  ceil: ceilInfer,
  'child-score': childScoreInfer,
  'class-weight': classWeightInfer,
  clip: clipInfer,
  compare: compareInfer,
  concat: concatInfer,
  confusion: confusionInfer,
  constant: constantInfer,
  'constant-schedule': constantScheduleInfer,
  contrastive: contrastiveInfer,
  'conv-1d': conv1dInfer,
  'conv-1d-transpose': conv1dTransposeInfer,
  'conv-2d': conv2dInfer,
  'conv-2d-transpose': conv2dTransposeInfer,
  'conv-3d': conv3dInfer,
  'conv-3d-transpose': conv3dTransposeInfer,
  'conv-lstm-2d': convLstm2dInfer,
  correlation: correlationInfer,
  'corrupt-labels': corruptLabelsInfer,
  cos: cosInfer,
  cosine: cosineInfer,
  'cosine-similarity': cosineSimilarityInfer,
  'crop-resize': cropResizeInfer,
  'cropping-1d': cropping1dInfer,
  'cropping-2d': cropping2dInfer,
  'cropping-3d': cropping3dInfer,
  'cross-entropy': crossEntropyInfer,
  cumsum: cumsumInfer,
  curve: curveInfer,
  dataset: datasetInfer,
  'decision-boundary': decisionBoundaryInfer,
  dense: denseInfer,
  'depthwise-conv-1d': depthwiseConv1dInfer,
  'depthwise-conv-2d': depthwiseConv2dInfer,
  dice: diceInfer,
  disentanglement: disentanglementInfer,
  divide: divideInfer,
  dot: dotInfer,
  dropout: dropoutInfer,
  einsum: einsumInfer,
  'einsum-dense': einsumDenseInfer,
  embedding: embeddingInfer,
  erf: erfInfer,
  'exact-match': exactMatchInfer,
  exp: expInfer,
  'expand-dims': expandDimsInfer,
  exponential: exponentialInfer,
  f1: f1Infer,
  flatten: flattenInfer,
  floor: floorInfer,
  'floor-divide': floorDivideInfer,
  focal: focalInfer,
  'fold-rows': foldRowsInfer,
  'gan-loss': ganLossInfer,
  gather: gatherInfer,
  'gaussian-dropout': gaussianDropoutInfer,
  'gaussian-nll': gaussianNllInfer,
  'gaussian-noise': gaussianNoiseInfer,
  'gaussian-sample': gaussianSampleInfer,
  generate: generateInfer,
  'global-average-pool-1d': globalAveragePool1dInfer,
  'global-average-pool-2d': globalAveragePool2dInfer,
  'global-average-pool-3d': globalAveragePool3dInfer,
  'global-max-pool-1d': globalMaxPool1dInfer,
  'global-max-pool-2d': globalMaxPool2dInfer,
  'global-max-pool-3d': globalMaxPool3dInfer,
  glu: gluInfer,
  gradient: gradientInfer,
  'group-gap': groupGapInfer,
  'group-norm': groupNormInfer,
  gru: gruInfer,
  hinge: hingeInfer,
  histogram: histogramInfer,
  history: historyInfer,
  huber: huberInfer,
  instance: instanceInfer,
  'instance-norm': instanceNormInfer,
  'iou-loss': iouLossInfer,
  iterate: iterateInfer,
  'kl-divergence': klDivergenceInfer,
  'kl-normal': klNormalInfer,
  lamb: lambInfer,
  'latent-resampling': latentResamplingInfer,
  'layer-norm': layerNormInfer,
  lerp: lerpInfer,
  'linear-ramp': linearRampInfer,
  lion: lionInfer,
  log: logInfer,
  'log-cosh': logCoshInfer,
  'log-softmax': logSoftmaxInfer,
  'loss-sum': lossSumInfer,
  lstm: lstmInfer,
  mae: maeInfer,
  mape: mapeInfer,
  masking: maskingInfer,
  masks: masksInfer,
  matmul: matmulInfer,
  matrix: matrixInfer,
  'max-pool-1d': maxPool1dInfer,
  'max-pool-2d': maxPool2dInfer,
  'max-pool-3d': maxPool3dInfer,
  maximum: maximumInfer,
  'mean-ap': meanApInfer,
  'mean-error': meanErrorInfer,
  'mean-iou': meanIouInfer,
  'mean-metric': meanMetricInfer,
  'minibatch-std': minibatchStdInfer,
  minimum: minimumInfer,
  'mode-coverage': modeCoverageInfer,
  momentum: momentumInfer,
  mse: mseInfer,
  msle: msleInfer,
  'multi-head-attention': multiHeadAttentionInfer,
  multiply: multiplyInfer,
  'n-gram': nGramInfer,
  nadam: nadamInfer,
  negate: negateInfer,
  nms: nmsInfer,
  noise: noiseInfer,
  normalise: normaliseInfer,
  'normalise-batch': normaliseBatchInfer,
  'not-padding': notPaddingInfer,
  'one-cycle': oneCycleInfer,
  'one-hot': oneHotInfer,
  output: outputInfer,
  pad: padInfer,
  parameter: parameterInfer,
  'percent-error': percentErrorInfer,
  permute: permuteInfer,
  perplexity: perplexityInfer,
  piecewise: piecewiseInfer,
  'pixel-norm': pixelNormInfer,
  'pixel-shuffle': pixelShuffleInfer,
  plateau: plateauInfer,
  poisson: poissonInfer,
  'policy-gradient': policyGradientInfer,
  population: populationInfer,
  'position-embedding': positionEmbeddingInfer,
  'positional-encoding': positionalEncodingInfer,
  power: powerInfer,
  precision: precisionInfer,
  prelu: preluInfer,
  project: projectInfer,
  'propose-regions': proposeRegionsInfer,
  quantile: quantileInfer,
  r2: r2Infer,
  recall: recallInfer,
  reciprocal: reciprocalInfer,
  reduce: reduceInfer,
  'reflection-padding-2d': reflectionPadding2dInfer,
  remainder: remainderInfer,
  repeat: repeatInfer,
  'repeat-rows': repeatRowsInfer,
  rescaling: rescalingInfer,
  reshape: reshapeInfer,
  resize: resizeInfer,
  'rms-norm': rmsNormInfer,
  rmse: rmseInfer,
  rmsprop: rmspropInfer,
  'roi-align': roiAlignInfer,
  rollout: rolloutInfer,
  round: roundInfer,
  'running-mean': runningMeanInfer,
  'sample-grid': sampleGridInfer,
  scatter: scatterInfer,
  select: selectInfer,
  'separable-conv-1d': separableConv1dInfer,
  'separable-conv-2d': separableConv2dInfer,
  sgd: sgdInfer,
  'shift-right': shiftRightInfer,
  sign: signInfer,
  'simple-rnn': simpleRnnInfer,
  sin: sinInfer,
  slice: sliceInfer,
  'sliced-distance': slicedDistanceInfer,
  softmax: softmaxInfer,
  'spatial-dropout-1d': spatialDropout1dInfer,
  'spatial-dropout-2d': spatialDropout2dInfer,
  'spatial-dropout-3d': spatialDropout3dInfer,
  split: splitInfer,
  sqrt: sqrtInfer,
  square: squareInfer,
  'squared-hinge': squaredHingeInfer,
  squeeze: squeezeInfer,
  stack: stackInfer,
  stages: stagesInfer,
  'step-schedule': stepScheduleInfer,
  'stop-gradient': stopGradientInfer,
  'style-mix': styleMixInfer,
  subtract: subtractInfer,
  switch: switchInfer,
  'text-samples': textSamplesInfer,
  tile: tileInfer,
  'time-distributed': timeDistributedInfer,
  'top-k': topKInfer,
  'top-patches': topPatchesInfer,
  'top-values': topValuesInfer,
  training: trainingInfer,
  trigonometry: trigonometryInfer,
  triplet: tripletInfer,
  tversky: tverskyInfer,
  'uncertainty-sum': uncertaintySumInfer,
  'unit-norm': unitNormInfer,
  unstack: unstackInfer,
  'upsampling-1d': upsampling1dInfer,
  'upsampling-2d': upsampling2dInfer,
  'upsampling-3d': upsampling3dInfer,
  variance: varianceInfer,
  vectorise: vectoriseInfer,
  'warm-up': warmUpInfer,
  'weight-average': weightAverageInfer,
  'weight-penalty': weightPenaltyInfer,
  'zero-padding-1d': zeroPadding1dInfer,
  'zero-padding-2d': zeroPadding2dInfer,
  'zero-padding-3d': zeroPadding3dInfer,
};
