// Made by `npm run generate` from file names. Do not edit.
import { face as abcValidFace, run as abcValidRun } from './metrics/abc-valid.node.ts';
import { face as absFace, run as absRun, emit as absEmit } from './ops/abs.node.ts';
import { face as accuracyFace, run as accuracyRun } from './metrics/accuracy.node.ts';
import { face as activationFace, run as activationRun, emit as activationEmit } from './core/activation.node.ts';
import { face as adadeltaFace, run as adadeltaRun } from './optimizers/adadelta.node.ts';
import { face as adagradFace, run as adagradRun } from './optimizers/adagrad.node.ts';
import { face as adainFace, run as adainRun, emit as adainEmit } from './normalisation/adain.node.ts';
import { face as adamFace, run as adamRun } from './optimizers/adam.node.ts';
import { face as adamaxFace, run as adamaxRun } from './optimizers/adamax.node.ts';
import { face as adamwFace, run as adamwRun } from './optimizers/adamw.node.ts';
import { face as addFace, run as addRun, emit as addEmit } from './ops/add.node.ts';
import { face as additiveAttentionFace, run as additiveAttentionRun, emit as additiveAttentionEmit } from './attention/additive-attention.node.ts';
import { face as alphaDropoutFace, run as alphaDropoutRun, emit as alphaDropoutEmit } from './normalisation/alpha-dropout.node.ts';
import { face as argmaxFace, run as argmaxRun, emit as argmaxEmit } from './ops/argmax.node.ts';
import { face as asLossFace, run as asLossRun, emit as asLossEmit } from './losses/as-loss.node.ts';
import { face as assignTargetsFace, run as assignTargetsRun, emit as assignTargetsEmit } from './detection/assign-targets.node.ts';
import { face as attentionFace, run as attentionRun, emit as attentionEmit } from './attention/attention.node.ts';
import { face as aucFace, run as aucRun } from './metrics/auc.node.ts';
import { face as augmentFace, run as augmentRun, emit as augmentEmit } from './normalisation/augment.node.ts';
import { face as averageFace, run as averageRun, emit as averageEmit } from './ops/average.node.ts';
import { face as averagePool1dFace, run as averagePool1dRun, emit as averagePool1dEmit } from './convolution/average-pool-1d.node.ts';
import { face as averagePool2dFace, run as averagePool2dRun, emit as averagePool2dEmit } from './convolution/average-pool-2d.node.ts';
import { face as averagePool3dFace, run as averagePool3dRun, emit as averagePool3dEmit } from './convolution/average-pool-3d.node.ts';
import { face as balancedAccuracyFace, run as balancedAccuracyRun } from './metrics/balanced-accuracy.node.ts';
import { face as batchNormFace, run as batchNormRun, emit as batchNormEmit } from './normalisation/batch-norm.node.ts';
import { face as bceFace, run as bceRun, emit as bceEmit } from './losses/bce.node.ts';
import { face as bidirectionalFace, run as bidirectionalRun, emit as bidirectionalEmit } from './recurrent/bidirectional.node.ts';
import { face as boxesFace, run as boxesRun } from './sinks/boxes.node.ts';
import { face as calibrationErrorFace, run as calibrationErrorRun } from './metrics/calibration-error.node.ts';
import { face as captionsFace, run as captionsRun } from './sinks/captions.node.ts';
import { face as castFace, run as castRun, emit as castEmit } from './shape/cast.node.ts';
import { face as categoricalHingeFace, run as categoricalHingeRun, emit as categoricalHingeEmit } from './losses/categorical-hinge.node.ts';
import { face as causalMaskFace, run as causalMaskRun, emit as causalMaskEmit } from './attention/causal-mask.node.ts';
import { face as ceilFace, run as ceilRun, emit as ceilEmit } from './ops/ceil.node.ts';
import { face as childScoreFace, run as childScoreRun, emit as childScoreEmit } from './blocks/child-score.node.ts';
import { face as classWeightFace, run as classWeightRun } from './data/class-weight.node.ts';
import { face as clipFace, run as clipRun, emit as clipEmit } from './ops/clip.node.ts';
import { face as compareFace, run as compareRun, emit as compareEmit } from './ops/compare.node.ts';
import { face as concatFace, run as concatRun, emit as concatEmit } from './shape/concat.node.ts';
import { face as confusionFace, run as confusionRun } from './metrics/confusion.node.ts';
import { face as constantFace, run as constantRun, emit as constantEmit } from './data/constant.node.ts';
import { face as constantScheduleFace, run as constantScheduleRun } from './schedules/constant-schedule.node.ts';
import { face as contrastiveFace, run as contrastiveRun, emit as contrastiveEmit } from './losses/contrastive.node.ts';
import { face as conv1dFace, run as conv1dRun, emit as conv1dEmit } from './convolution/conv-1d.node.ts';
import { face as conv1dTransposeFace, run as conv1dTransposeRun, emit as conv1dTransposeEmit } from './convolution/conv-1d-transpose.node.ts';
import { face as conv2dFace, run as conv2dRun, emit as conv2dEmit } from './convolution/conv-2d.node.ts';
import { face as conv2dTransposeFace, run as conv2dTransposeRun, emit as conv2dTransposeEmit } from './convolution/conv-2d-transpose.node.ts';
import { face as conv3dFace, run as conv3dRun, emit as conv3dEmit } from './convolution/conv-3d.node.ts';
import { face as conv3dTransposeFace, run as conv3dTransposeRun, emit as conv3dTransposeEmit } from './convolution/conv-3d-transpose.node.ts';
import { face as convLstm2dFace, run as convLstm2dRun, emit as convLstm2dEmit } from './recurrent/conv-lstm-2d.node.ts';
import { face as correlationFace, run as correlationRun } from './metrics/correlation.node.ts';
import { face as corruptLabelsFace, run as corruptLabelsRun, emit as corruptLabelsEmit } from './data/corrupt-labels.node.ts';
import { face as cosFace, run as cosRun, emit as cosEmit } from './ops/cos.node.ts';
import { face as cosineFace, run as cosineRun } from './schedules/cosine.node.ts';
import { face as cosineSimilarityFace, run as cosineSimilarityRun, emit as cosineSimilarityEmit } from './losses/cosine-similarity.node.ts';
import { face as cropResizeFace, run as cropResizeRun, emit as cropResizeEmit } from './detection/crop-resize.node.ts';
import { face as cropping1dFace, run as cropping1dRun, emit as cropping1dEmit } from './convolution/cropping-1d.node.ts';
import { face as cropping2dFace, run as cropping2dRun, emit as cropping2dEmit } from './convolution/cropping-2d.node.ts';
import { face as cropping3dFace, run as cropping3dRun, emit as cropping3dEmit } from './convolution/cropping-3d.node.ts';
import { face as crossEntropyFace, run as crossEntropyRun, emit as crossEntropyEmit } from './losses/cross-entropy.node.ts';
import { face as cumsumFace, run as cumsumRun, emit as cumsumEmit } from './ops/cumsum.node.ts';
import { face as curveFace, run as curveRun } from './sinks/curve.node.ts';
import { face as datasetFace } from './data/dataset.node.ts';
import { face as decisionBoundaryFace, run as decisionBoundaryRun } from './sinks/decision-boundary.node.ts';
import { face as denseFace, run as denseRun, emit as denseEmit } from './core/dense.node.ts';
import { face as depthwiseConv1dFace, run as depthwiseConv1dRun, emit as depthwiseConv1dEmit } from './convolution/depthwise-conv-1d.node.ts';
import { face as depthwiseConv2dFace, run as depthwiseConv2dRun, emit as depthwiseConv2dEmit } from './convolution/depthwise-conv-2d.node.ts';
import { face as diceFace, run as diceRun, emit as diceEmit } from './losses/dice.node.ts';
import { face as disentanglementFace, run as disentanglementRun } from './metrics/disentanglement.node.ts';
import { face as divideFace, run as divideRun, emit as divideEmit } from './ops/divide.node.ts';
import { face as dotFace, run as dotRun, emit as dotEmit } from './ops/dot.node.ts';
import { face as dropoutFace, run as dropoutRun, emit as dropoutEmit } from './normalisation/dropout.node.ts';
import { face as einsumFace, run as einsumRun, emit as einsumEmit } from './ops/einsum.node.ts';
import { face as einsumDenseFace, run as einsumDenseRun, emit as einsumDenseEmit } from './core/einsum-dense.node.ts';
import { face as embeddingFace, run as embeddingRun, emit as embeddingEmit } from './core/embedding.node.ts';
import { face as erfFace, run as erfRun, emit as erfEmit } from './ops/erf.node.ts';
import { face as exactMatchFace, run as exactMatchRun } from './metrics/exact-match.node.ts';
import { face as expFace, run as expRun, emit as expEmit } from './ops/exp.node.ts';
import { face as expandDimsFace, run as expandDimsRun, emit as expandDimsEmit } from './shape/expand-dims.node.ts';
import { face as exponentialFace, run as exponentialRun } from './schedules/exponential.node.ts';
import { face as f1Face, run as f1Run } from './metrics/f1.node.ts';
import { face as flattenFace, run as flattenRun, emit as flattenEmit } from './core/flatten.node.ts';
import { face as floorFace, run as floorRun, emit as floorEmit } from './ops/floor.node.ts';
import { face as floorDivideFace, run as floorDivideRun, emit as floorDivideEmit } from './ops/floor-divide.node.ts';
import { face as focalFace, run as focalRun, emit as focalEmit } from './losses/focal.node.ts';
import { face as ganLossFace, run as ganLossRun, emit as ganLossEmit } from './losses/gan-loss.node.ts';
import { face as gatherFace, run as gatherRun, emit as gatherEmit } from './shape/gather.node.ts';
import { face as gaussianDropoutFace, run as gaussianDropoutRun, emit as gaussianDropoutEmit } from './normalisation/gaussian-dropout.node.ts';
import { face as gaussianNllFace, run as gaussianNllRun, emit as gaussianNllEmit } from './losses/gaussian-nll.node.ts';
import { face as gaussianNoiseFace, run as gaussianNoiseRun, emit as gaussianNoiseEmit } from './normalisation/gaussian-noise.node.ts';
import { face as gaussianSampleFace, run as gaussianSampleRun, emit as gaussianSampleEmit } from './ops/gaussian-sample.node.ts';
import { face as generateFace, run as generateRun, emit as generateEmit } from './blocks/generate.node.ts';
import { face as globalAveragePool1dFace, run as globalAveragePool1dRun, emit as globalAveragePool1dEmit } from './convolution/global-average-pool-1d.node.ts';
import { face as globalAveragePool2dFace, run as globalAveragePool2dRun, emit as globalAveragePool2dEmit } from './convolution/global-average-pool-2d.node.ts';
import { face as globalAveragePool3dFace, run as globalAveragePool3dRun, emit as globalAveragePool3dEmit } from './convolution/global-average-pool-3d.node.ts';
import { face as globalMaxPool1dFace, run as globalMaxPool1dRun, emit as globalMaxPool1dEmit } from './convolution/global-max-pool-1d.node.ts';
import { face as globalMaxPool2dFace, run as globalMaxPool2dRun, emit as globalMaxPool2dEmit } from './convolution/global-max-pool-2d.node.ts';
import { face as globalMaxPool3dFace, run as globalMaxPool3dRun, emit as globalMaxPool3dEmit } from './convolution/global-max-pool-3d.node.ts';
import { face as gluFace, run as gluRun, emit as gluEmit } from './core/glu.node.ts';
import { face as gradientFace, run as gradientRun, emit as gradientEmit } from './ops/gradient.node.ts';
import { face as groupGapFace, run as groupGapRun } from './metrics/group-gap.node.ts';
import { face as groupNormFace, run as groupNormRun, emit as groupNormEmit } from './normalisation/group-norm.node.ts';
import { face as gruFace, run as gruRun, emit as gruEmit } from './recurrent/gru.node.ts';
import { face as hingeFace, run as hingeRun, emit as hingeEmit } from './losses/hinge.node.ts';
import { face as histogramFace, run as histogramRun } from './sinks/histogram.node.ts';
import { face as historyFace, run as historyRun, emit as historyEmit } from './ops/history.node.ts';
import { face as huberFace, run as huberRun, emit as huberEmit } from './losses/huber.node.ts';
import { face as instanceFace } from './blocks/instance.node.ts';
import { face as instanceNormFace, run as instanceNormRun, emit as instanceNormEmit } from './normalisation/instance-norm.node.ts';
import { face as iouLossFace, run as iouLossRun, emit as iouLossEmit } from './losses/iou-loss.node.ts';
import { face as iterateFace, run as iterateRun, emit as iterateEmit } from './blocks/iterate.node.ts';
import { face as klDivergenceFace, run as klDivergenceRun, emit as klDivergenceEmit } from './losses/kl-divergence.node.ts';
import { face as klNormalFace, run as klNormalRun, emit as klNormalEmit } from './losses/kl-normal.node.ts';
import { face as lambFace, run as lambRun } from './optimizers/lamb.node.ts';
import { face as latentResamplingFace, run as latentResamplingRun } from './data/latent-resampling.node.ts';
import { face as layerNormFace, run as layerNormRun, emit as layerNormEmit } from './normalisation/layer-norm.node.ts';
import { face as lerpFace, run as lerpRun, emit as lerpEmit } from './ops/lerp.node.ts';
import { face as linearRampFace, run as linearRampRun } from './schedules/linear-ramp.node.ts';
import { face as lionFace, run as lionRun } from './optimizers/lion.node.ts';
import { face as logFace, run as logRun, emit as logEmit } from './ops/log.node.ts';
import { face as logCoshFace, run as logCoshRun, emit as logCoshEmit } from './losses/log-cosh.node.ts';
import { face as logSoftmaxFace, run as logSoftmaxRun, emit as logSoftmaxEmit } from './ops/log-softmax.node.ts';
import { face as lossSumFace, run as lossSumRun, emit as lossSumEmit } from './losses/loss-sum.node.ts';
import { face as lstmFace, run as lstmRun, emit as lstmEmit } from './recurrent/lstm.node.ts';
import { face as maeFace, run as maeRun, emit as maeEmit } from './losses/mae.node.ts';
import { face as mapeFace, run as mapeRun, emit as mapeEmit } from './losses/mape.node.ts';
import { face as maskingFace, run as maskingRun, emit as maskingEmit } from './core/masking.node.ts';
import { face as masksFace, run as masksRun } from './sinks/masks.node.ts';
import { face as matmulFace, run as matmulRun, emit as matmulEmit } from './ops/matmul.node.ts';
import { face as matrixFace, run as matrixRun } from './sinks/matrix.node.ts';
import { face as maxPool1dFace, run as maxPool1dRun, emit as maxPool1dEmit } from './convolution/max-pool-1d.node.ts';
import { face as maxPool2dFace, run as maxPool2dRun, emit as maxPool2dEmit } from './convolution/max-pool-2d.node.ts';
import { face as maxPool3dFace, run as maxPool3dRun, emit as maxPool3dEmit } from './convolution/max-pool-3d.node.ts';
import { face as maximumFace, run as maximumRun, emit as maximumEmit } from './ops/maximum.node.ts';
import { face as meanApFace, run as meanApRun } from './metrics/mean-ap.node.ts';
import { face as meanErrorFace, run as meanErrorRun } from './metrics/mean-error.node.ts';
import { face as meanIouFace, run as meanIouRun } from './metrics/mean-iou.node.ts';
import { face as meanMetricFace, run as meanMetricRun } from './metrics/mean-metric.node.ts';
import { face as minibatchStdFace, run as minibatchStdRun, emit as minibatchStdEmit } from './normalisation/minibatch-std.node.ts';
import { face as minimumFace, run as minimumRun, emit as minimumEmit } from './ops/minimum.node.ts';
import { face as modeCoverageFace, run as modeCoverageRun } from './metrics/mode-coverage.node.ts';
import { face as momentumFace, run as momentumRun } from './optimizers/momentum.node.ts';
import { face as mseFace, run as mseRun, emit as mseEmit } from './losses/mse.node.ts';
import { face as msleFace, run as msleRun, emit as msleEmit } from './losses/msle.node.ts';
import { face as multiHeadAttentionFace, run as multiHeadAttentionRun, emit as multiHeadAttentionEmit } from './attention/multi-head-attention.node.ts';
import { face as multiplyFace, run as multiplyRun, emit as multiplyEmit } from './ops/multiply.node.ts';
import { face as nGramFace, run as nGramRun, emit as nGramEmit } from './ops/n-gram.node.ts';
import { face as nadamFace, run as nadamRun } from './optimizers/nadam.node.ts';
import { face as negateFace, run as negateRun, emit as negateEmit } from './ops/negate.node.ts';
import { face as nmsFace, run as nmsRun, emit as nmsEmit } from './detection/nms.node.ts';
import { face as noiseFace, run as noiseRun } from './data/noise.node.ts';
import { face as normaliseFace, run as normaliseRun, emit as normaliseEmit } from './normalisation/normalise.node.ts';
import { face as normaliseBatchFace, run as normaliseBatchRun, emit as normaliseBatchEmit } from './ops/normalise-batch.node.ts';
import { face as notPaddingFace, run as notPaddingRun, emit as notPaddingEmit } from './ops/not-padding.node.ts';
import { face as oneCycleFace, run as oneCycleRun } from './schedules/one-cycle.node.ts';
import { face as oneHotFace, run as oneHotRun, emit as oneHotEmit } from './ops/one-hot.node.ts';
import { face as outputFace } from './sinks/output.node.ts';
import { face as padFace, run as padRun, emit as padEmit } from './shape/pad.node.ts';
import { face as parameterFace, run as parameterRun, emit as parameterEmit } from './data/parameter.node.ts';
import { face as percentErrorFace, run as percentErrorRun } from './metrics/percent-error.node.ts';
import { face as permuteFace, run as permuteRun, emit as permuteEmit } from './shape/permute.node.ts';
import { face as perplexityFace, run as perplexityRun } from './metrics/perplexity.node.ts';
import { face as piecewiseFace, run as piecewiseRun } from './schedules/piecewise.node.ts';
import { face as pixelNormFace, run as pixelNormRun, emit as pixelNormEmit } from './normalisation/pixel-norm.node.ts';
import { face as pixelShuffleFace, run as pixelShuffleRun, emit as pixelShuffleEmit } from './convolution/pixel-shuffle.node.ts';
import { face as plateauFace, run as plateauRun } from './schedules/plateau.node.ts';
import { face as poissonFace, run as poissonRun, emit as poissonEmit } from './losses/poisson.node.ts';
import { face as policyGradientFace, run as policyGradientRun, emit as policyGradientEmit } from './losses/policy-gradient.node.ts';
import { face as positionEmbeddingFace, run as positionEmbeddingRun, emit as positionEmbeddingEmit } from './attention/position-embedding.node.ts';
import { face as positionalEncodingFace, run as positionalEncodingRun, emit as positionalEncodingEmit } from './attention/positional-encoding.node.ts';
import { face as powerFace, run as powerRun, emit as powerEmit } from './ops/power.node.ts';
import { face as precisionFace, run as precisionRun } from './metrics/precision.node.ts';
import { face as preluFace, run as preluRun, emit as preluEmit } from './core/prelu.node.ts';
import { face as projectFace, run as projectRun, emit as projectEmit } from './ops/project.node.ts';
import { face as proposeRegionsFace, run as proposeRegionsRun, emit as proposeRegionsEmit } from './detection/propose-regions.node.ts';
import { face as quantileFace, run as quantileRun, emit as quantileEmit } from './losses/quantile.node.ts';
import { face as r2Face, run as r2Run } from './metrics/r2.node.ts';
import { face as recallFace, run as recallRun } from './metrics/recall.node.ts';
import { face as reciprocalFace, run as reciprocalRun, emit as reciprocalEmit } from './ops/reciprocal.node.ts';
import { face as reduceFace, run as reduceRun, emit as reduceEmit } from './ops/reduce.node.ts';
import { face as reflectionPadding2dFace, run as reflectionPadding2dRun, emit as reflectionPadding2dEmit } from './convolution/reflection-padding-2d.node.ts';
import { face as remainderFace, run as remainderRun, emit as remainderEmit } from './ops/remainder.node.ts';
import { face as repeatFace, run as repeatRun, emit as repeatEmit } from './shape/repeat.node.ts';
import { face as rescalingFace, run as rescalingRun, emit as rescalingEmit } from './core/rescaling.node.ts';
import { face as reshapeFace, run as reshapeRun, emit as reshapeEmit } from './shape/reshape.node.ts';
import { face as resizeFace, run as resizeRun, emit as resizeEmit } from './convolution/resize.node.ts';
import { face as rmsNormFace, run as rmsNormRun, emit as rmsNormEmit } from './normalisation/rms-norm.node.ts';
import { face as rmseFace, run as rmseRun } from './metrics/rmse.node.ts';
import { face as rmspropFace, run as rmspropRun } from './optimizers/rmsprop.node.ts';
import { face as roiAlignFace, run as roiAlignRun, emit as roiAlignEmit } from './detection/roi-align.node.ts';
import { face as rolloutFace, run as rolloutRun } from './data/rollout.node.ts';
import { face as roundFace, run as roundRun, emit as roundEmit } from './ops/round.node.ts';
import { face as runningMeanFace, run as runningMeanRun, emit as runningMeanEmit } from './ops/running-mean.node.ts';
import { face as sampleGridFace, run as sampleGridRun } from './sinks/sample-grid.node.ts';
import { face as scatterFace, run as scatterRun } from './sinks/scatter.node.ts';
import { face as selectFace, run as selectRun, emit as selectEmit } from './ops/select.node.ts';
import { face as separableConv1dFace, run as separableConv1dRun, emit as separableConv1dEmit } from './convolution/separable-conv-1d.node.ts';
import { face as separableConv2dFace, run as separableConv2dRun, emit as separableConv2dEmit } from './convolution/separable-conv-2d.node.ts';
import { face as sgdFace, run as sgdRun } from './optimizers/sgd.node.ts';
import { face as shiftRightFace, run as shiftRightRun, emit as shiftRightEmit } from './shape/shift-right.node.ts';
import { face as signFace, run as signRun, emit as signEmit } from './ops/sign.node.ts';
import { face as simpleRnnFace, run as simpleRnnRun, emit as simpleRnnEmit } from './recurrent/simple-rnn.node.ts';
import { face as sinFace, run as sinRun, emit as sinEmit } from './ops/sin.node.ts';
import { face as sliceFace, run as sliceRun, emit as sliceEmit } from './shape/slice.node.ts';
import { face as slicedDistanceFace, run as slicedDistanceRun } from './metrics/sliced-distance.node.ts';
import { face as softmaxFace, run as softmaxRun, emit as softmaxEmit } from './core/softmax.node.ts';
import { face as spatialDropout1dFace, run as spatialDropout1dRun, emit as spatialDropout1dEmit } from './normalisation/spatial-dropout-1d.node.ts';
import { face as spatialDropout2dFace, run as spatialDropout2dRun, emit as spatialDropout2dEmit } from './normalisation/spatial-dropout-2d.node.ts';
import { face as spatialDropout3dFace, run as spatialDropout3dRun, emit as spatialDropout3dEmit } from './normalisation/spatial-dropout-3d.node.ts';
import { face as splitFace, run as splitRun, emit as splitEmit } from './shape/split.node.ts';
import { face as sqrtFace, run as sqrtRun, emit as sqrtEmit } from './ops/sqrt.node.ts';
import { face as squareFace, run as squareRun, emit as squareEmit } from './ops/square.node.ts';
import { face as squaredHingeFace, run as squaredHingeRun, emit as squaredHingeEmit } from './losses/squared-hinge.node.ts';
import { face as squeezeFace, run as squeezeRun, emit as squeezeEmit } from './shape/squeeze.node.ts';
import { face as stackFace, run as stackRun, emit as stackEmit } from './shape/stack.node.ts';
import { face as stagesFace, run as stagesRun } from './schedules/stages.node.ts';
import { face as stepScheduleFace, run as stepScheduleRun } from './schedules/step-schedule.node.ts';
import { face as stopGradientFace, run as stopGradientRun, emit as stopGradientEmit } from './ops/stop-gradient.node.ts';
import { face as styleMixFace, run as styleMixRun, emit as styleMixEmit } from './ops/style-mix.node.ts';
import { face as subtractFace, run as subtractRun, emit as subtractEmit } from './ops/subtract.node.ts';
import { face as switchFace, run as switchRun, emit as switchEmit } from './ops/switch.node.ts';
import { face as textSamplesFace, run as textSamplesRun } from './sinks/text-samples.node.ts';
import { face as tileFace, run as tileRun, emit as tileEmit } from './shape/tile.node.ts';
import { face as timeDistributedFace, run as timeDistributedRun, emit as timeDistributedEmit } from './blocks/time-distributed.node.ts';
import { face as topKFace, run as topKRun } from './metrics/top-k.node.ts';
import { face as topPatchesFace, run as topPatchesRun } from './metrics/top-patches.node.ts';
import { face as topValuesFace, run as topValuesRun, emit as topValuesEmit } from './ops/top-values.node.ts';
import { face as trainingFace } from './optimizers/training.node.ts';
import { face as trigonometryFace, run as trigonometryRun, emit as trigonometryEmit } from './ops/trigonometry.node.ts';
import { face as tripletFace, run as tripletRun, emit as tripletEmit } from './losses/triplet.node.ts';
import { face as tverskyFace, run as tverskyRun, emit as tverskyEmit } from './losses/tversky.node.ts';
import { face as uncertaintySumFace, run as uncertaintySumRun, emit as uncertaintySumEmit } from './losses/uncertainty-sum.node.ts';
import { face as unitNormFace, run as unitNormRun, emit as unitNormEmit } from './normalisation/unit-norm.node.ts';
import { face as unstackFace, run as unstackRun, emit as unstackEmit } from './shape/unstack.node.ts';
import { face as upsampling1dFace, run as upsampling1dRun, emit as upsampling1dEmit } from './convolution/upsampling-1d.node.ts';
import { face as upsampling2dFace, run as upsampling2dRun, emit as upsampling2dEmit } from './convolution/upsampling-2d.node.ts';
import { face as upsampling3dFace, run as upsampling3dRun, emit as upsampling3dEmit } from './convolution/upsampling-3d.node.ts';
import { face as vectoriseFace, run as vectoriseRun, emit as vectoriseEmit } from './data/vectorise.node.ts';
import { face as warmUpFace, run as warmUpRun } from './schedules/warm-up.node.ts';
import { face as weightAverageFace } from './optimizers/weight-average.node.ts';
import { face as weightPenaltyFace, run as weightPenaltyRun, emit as weightPenaltyEmit } from './losses/weight-penalty.node.ts';
import { face as zeroPadding1dFace, run as zeroPadding1dRun, emit as zeroPadding1dEmit } from './convolution/zero-padding-1d.node.ts';
import { face as zeroPadding2dFace, run as zeroPadding2dRun, emit as zeroPadding2dEmit } from './convolution/zero-padding-2d.node.ts';
import { face as zeroPadding3dFace, run as zeroPadding3dRun, emit as zeroPadding3dEmit } from './convolution/zero-padding-3d.node.ts';
import type { Kind } from './kind';

export const kinds: Record<string, Kind> = {
  'abc-valid': { face: abcValidFace, run: abcValidRun },
  abs: { face: absFace, run: absRun, emit: absEmit },
  accuracy: { face: accuracyFace, run: accuracyRun },
  activation: { face: activationFace, run: activationRun, emit: activationEmit },
  adadelta: { face: adadeltaFace, run: adadeltaRun },
  adagrad: { face: adagradFace, run: adagradRun },
  adain: { face: adainFace, run: adainRun, emit: adainEmit },
  adam: { face: adamFace, run: adamRun },
  adamax: { face: adamaxFace, run: adamaxRun },
  adamw: { face: adamwFace, run: adamwRun },
  add: { face: addFace, run: addRun, emit: addEmit },
  'additive-attention': { face: additiveAttentionFace, run: additiveAttentionRun, emit: additiveAttentionEmit },
  'alpha-dropout': { face: alphaDropoutFace, run: alphaDropoutRun, emit: alphaDropoutEmit },
  argmax: { face: argmaxFace, run: argmaxRun, emit: argmaxEmit },
  'as-loss': { face: asLossFace, run: asLossRun, emit: asLossEmit },
  'assign-targets': { face: assignTargetsFace, run: assignTargetsRun, emit: assignTargetsEmit },
  attention: { face: attentionFace, run: attentionRun, emit: attentionEmit },
  auc: { face: aucFace, run: aucRun },
  augment: { face: augmentFace, run: augmentRun, emit: augmentEmit },
  average: { face: averageFace, run: averageRun, emit: averageEmit },
  'average-pool-1d': { face: averagePool1dFace, run: averagePool1dRun, emit: averagePool1dEmit },
  'average-pool-2d': { face: averagePool2dFace, run: averagePool2dRun, emit: averagePool2dEmit },
  'average-pool-3d': { face: averagePool3dFace, run: averagePool3dRun, emit: averagePool3dEmit },
  'balanced-accuracy': { face: balancedAccuracyFace, run: balancedAccuracyRun },
  'batch-norm': { face: batchNormFace, run: batchNormRun, emit: batchNormEmit },
  bce: { face: bceFace, run: bceRun, emit: bceEmit },
  bidirectional: { face: bidirectionalFace, run: bidirectionalRun, emit: bidirectionalEmit },
  boxes: { face: boxesFace, run: boxesRun },
  'calibration-error': { face: calibrationErrorFace, run: calibrationErrorRun },
  captions: { face: captionsFace, run: captionsRun },
  cast: { face: castFace, run: castRun, emit: castEmit },
  'categorical-hinge': { face: categoricalHingeFace, run: categoricalHingeRun, emit: categoricalHingeEmit },
  'causal-mask': { face: causalMaskFace, run: causalMaskRun, emit: causalMaskEmit },
  ceil: { face: ceilFace, run: ceilRun, emit: ceilEmit },
  'child-score': { face: childScoreFace, run: childScoreRun, emit: childScoreEmit },
  'class-weight': { face: classWeightFace, run: classWeightRun },
  clip: { face: clipFace, run: clipRun, emit: clipEmit },
  compare: { face: compareFace, run: compareRun, emit: compareEmit },
  concat: { face: concatFace, run: concatRun, emit: concatEmit },
  confusion: { face: confusionFace, run: confusionRun },
  constant: { face: constantFace, run: constantRun, emit: constantEmit },
  'constant-schedule': { face: constantScheduleFace, run: constantScheduleRun },
  contrastive: { face: contrastiveFace, run: contrastiveRun, emit: contrastiveEmit },
  'conv-1d': { face: conv1dFace, run: conv1dRun, emit: conv1dEmit },
  'conv-1d-transpose': { face: conv1dTransposeFace, run: conv1dTransposeRun, emit: conv1dTransposeEmit },
  'conv-2d': { face: conv2dFace, run: conv2dRun, emit: conv2dEmit },
  'conv-2d-transpose': { face: conv2dTransposeFace, run: conv2dTransposeRun, emit: conv2dTransposeEmit },
  'conv-3d': { face: conv3dFace, run: conv3dRun, emit: conv3dEmit },
  'conv-3d-transpose': { face: conv3dTransposeFace, run: conv3dTransposeRun, emit: conv3dTransposeEmit },
  'conv-lstm-2d': { face: convLstm2dFace, run: convLstm2dRun, emit: convLstm2dEmit },
  correlation: { face: correlationFace, run: correlationRun },
  'corrupt-labels': { face: corruptLabelsFace, run: corruptLabelsRun, emit: corruptLabelsEmit },
  cos: { face: cosFace, run: cosRun, emit: cosEmit },
  cosine: { face: cosineFace, run: cosineRun },
  'cosine-similarity': { face: cosineSimilarityFace, run: cosineSimilarityRun, emit: cosineSimilarityEmit },
  'crop-resize': { face: cropResizeFace, run: cropResizeRun, emit: cropResizeEmit },
  'cropping-1d': { face: cropping1dFace, run: cropping1dRun, emit: cropping1dEmit },
  'cropping-2d': { face: cropping2dFace, run: cropping2dRun, emit: cropping2dEmit },
  'cropping-3d': { face: cropping3dFace, run: cropping3dRun, emit: cropping3dEmit },
  'cross-entropy': { face: crossEntropyFace, run: crossEntropyRun, emit: crossEntropyEmit },
  cumsum: { face: cumsumFace, run: cumsumRun, emit: cumsumEmit },
  curve: { face: curveFace, run: curveRun },
  dataset: { face: datasetFace },
  'decision-boundary': { face: decisionBoundaryFace, run: decisionBoundaryRun },
  dense: { face: denseFace, run: denseRun, emit: denseEmit },
  'depthwise-conv-1d': { face: depthwiseConv1dFace, run: depthwiseConv1dRun, emit: depthwiseConv1dEmit },
  'depthwise-conv-2d': { face: depthwiseConv2dFace, run: depthwiseConv2dRun, emit: depthwiseConv2dEmit },
  dice: { face: diceFace, run: diceRun, emit: diceEmit },
  disentanglement: { face: disentanglementFace, run: disentanglementRun },
  divide: { face: divideFace, run: divideRun, emit: divideEmit },
  dot: { face: dotFace, run: dotRun, emit: dotEmit },
  dropout: { face: dropoutFace, run: dropoutRun, emit: dropoutEmit },
  einsum: { face: einsumFace, run: einsumRun, emit: einsumEmit },
  'einsum-dense': { face: einsumDenseFace, run: einsumDenseRun, emit: einsumDenseEmit },
  embedding: { face: embeddingFace, run: embeddingRun, emit: embeddingEmit },
  erf: { face: erfFace, run: erfRun, emit: erfEmit },
  'exact-match': { face: exactMatchFace, run: exactMatchRun },
  exp: { face: expFace, run: expRun, emit: expEmit },
  'expand-dims': { face: expandDimsFace, run: expandDimsRun, emit: expandDimsEmit },
  exponential: { face: exponentialFace, run: exponentialRun },
  f1: { face: f1Face, run: f1Run },
  flatten: { face: flattenFace, run: flattenRun, emit: flattenEmit },
  floor: { face: floorFace, run: floorRun, emit: floorEmit },
  'floor-divide': { face: floorDivideFace, run: floorDivideRun, emit: floorDivideEmit },
  focal: { face: focalFace, run: focalRun, emit: focalEmit },
  'gan-loss': { face: ganLossFace, run: ganLossRun, emit: ganLossEmit },
  gather: { face: gatherFace, run: gatherRun, emit: gatherEmit },
  'gaussian-dropout': { face: gaussianDropoutFace, run: gaussianDropoutRun, emit: gaussianDropoutEmit },
  'gaussian-nll': { face: gaussianNllFace, run: gaussianNllRun, emit: gaussianNllEmit },
  'gaussian-noise': { face: gaussianNoiseFace, run: gaussianNoiseRun, emit: gaussianNoiseEmit },
  'gaussian-sample': { face: gaussianSampleFace, run: gaussianSampleRun, emit: gaussianSampleEmit },
  generate: { face: generateFace, run: generateRun, emit: generateEmit },
  'global-average-pool-1d': { face: globalAveragePool1dFace, run: globalAveragePool1dRun, emit: globalAveragePool1dEmit },
  'global-average-pool-2d': { face: globalAveragePool2dFace, run: globalAveragePool2dRun, emit: globalAveragePool2dEmit },
  'global-average-pool-3d': { face: globalAveragePool3dFace, run: globalAveragePool3dRun, emit: globalAveragePool3dEmit },
  'global-max-pool-1d': { face: globalMaxPool1dFace, run: globalMaxPool1dRun, emit: globalMaxPool1dEmit },
  'global-max-pool-2d': { face: globalMaxPool2dFace, run: globalMaxPool2dRun, emit: globalMaxPool2dEmit },
  'global-max-pool-3d': { face: globalMaxPool3dFace, run: globalMaxPool3dRun, emit: globalMaxPool3dEmit },
  glu: { face: gluFace, run: gluRun, emit: gluEmit },
  gradient: { face: gradientFace, run: gradientRun, emit: gradientEmit },
  'group-gap': { face: groupGapFace, run: groupGapRun },
  'group-norm': { face: groupNormFace, run: groupNormRun, emit: groupNormEmit },
  gru: { face: gruFace, run: gruRun, emit: gruEmit },
  hinge: { face: hingeFace, run: hingeRun, emit: hingeEmit },
  histogram: { face: histogramFace, run: histogramRun },
  history: { face: historyFace, run: historyRun, emit: historyEmit },
  huber: { face: huberFace, run: huberRun, emit: huberEmit },
  instance: { face: instanceFace },
  'instance-norm': { face: instanceNormFace, run: instanceNormRun, emit: instanceNormEmit },
  'iou-loss': { face: iouLossFace, run: iouLossRun, emit: iouLossEmit },
  iterate: { face: iterateFace, run: iterateRun, emit: iterateEmit },
  'kl-divergence': { face: klDivergenceFace, run: klDivergenceRun, emit: klDivergenceEmit },
  'kl-normal': { face: klNormalFace, run: klNormalRun, emit: klNormalEmit },
  lamb: { face: lambFace, run: lambRun },
  'latent-resampling': { face: latentResamplingFace, run: latentResamplingRun },
  'layer-norm': { face: layerNormFace, run: layerNormRun, emit: layerNormEmit },
  lerp: { face: lerpFace, run: lerpRun, emit: lerpEmit },
  'linear-ramp': { face: linearRampFace, run: linearRampRun },
  lion: { face: lionFace, run: lionRun },
  log: { face: logFace, run: logRun, emit: logEmit },
  'log-cosh': { face: logCoshFace, run: logCoshRun, emit: logCoshEmit },
  'log-softmax': { face: logSoftmaxFace, run: logSoftmaxRun, emit: logSoftmaxEmit },
  'loss-sum': { face: lossSumFace, run: lossSumRun, emit: lossSumEmit },
  lstm: { face: lstmFace, run: lstmRun, emit: lstmEmit },
  mae: { face: maeFace, run: maeRun, emit: maeEmit },
  mape: { face: mapeFace, run: mapeRun, emit: mapeEmit },
  masking: { face: maskingFace, run: maskingRun, emit: maskingEmit },
  masks: { face: masksFace, run: masksRun },
  matmul: { face: matmulFace, run: matmulRun, emit: matmulEmit },
  matrix: { face: matrixFace, run: matrixRun },
  'max-pool-1d': { face: maxPool1dFace, run: maxPool1dRun, emit: maxPool1dEmit },
  'max-pool-2d': { face: maxPool2dFace, run: maxPool2dRun, emit: maxPool2dEmit },
  'max-pool-3d': { face: maxPool3dFace, run: maxPool3dRun, emit: maxPool3dEmit },
  maximum: { face: maximumFace, run: maximumRun, emit: maximumEmit },
  'mean-ap': { face: meanApFace, run: meanApRun },
  'mean-error': { face: meanErrorFace, run: meanErrorRun },
  'mean-iou': { face: meanIouFace, run: meanIouRun },
  'mean-metric': { face: meanMetricFace, run: meanMetricRun },
  'minibatch-std': { face: minibatchStdFace, run: minibatchStdRun, emit: minibatchStdEmit },
  minimum: { face: minimumFace, run: minimumRun, emit: minimumEmit },
  'mode-coverage': { face: modeCoverageFace, run: modeCoverageRun },
  momentum: { face: momentumFace, run: momentumRun },
  mse: { face: mseFace, run: mseRun, emit: mseEmit },
  msle: { face: msleFace, run: msleRun, emit: msleEmit },
  'multi-head-attention': { face: multiHeadAttentionFace, run: multiHeadAttentionRun, emit: multiHeadAttentionEmit },
  multiply: { face: multiplyFace, run: multiplyRun, emit: multiplyEmit },
  'n-gram': { face: nGramFace, run: nGramRun, emit: nGramEmit },
  nadam: { face: nadamFace, run: nadamRun },
  negate: { face: negateFace, run: negateRun, emit: negateEmit },
  nms: { face: nmsFace, run: nmsRun, emit: nmsEmit },
  noise: { face: noiseFace, run: noiseRun },
  normalise: { face: normaliseFace, run: normaliseRun, emit: normaliseEmit },
  'normalise-batch': { face: normaliseBatchFace, run: normaliseBatchRun, emit: normaliseBatchEmit },
  'not-padding': { face: notPaddingFace, run: notPaddingRun, emit: notPaddingEmit },
  'one-cycle': { face: oneCycleFace, run: oneCycleRun },
  'one-hot': { face: oneHotFace, run: oneHotRun, emit: oneHotEmit },
  output: { face: outputFace },
  pad: { face: padFace, run: padRun, emit: padEmit },
  parameter: { face: parameterFace, run: parameterRun, emit: parameterEmit },
  'percent-error': { face: percentErrorFace, run: percentErrorRun },
  permute: { face: permuteFace, run: permuteRun, emit: permuteEmit },
  perplexity: { face: perplexityFace, run: perplexityRun },
  piecewise: { face: piecewiseFace, run: piecewiseRun },
  'pixel-norm': { face: pixelNormFace, run: pixelNormRun, emit: pixelNormEmit },
  'pixel-shuffle': { face: pixelShuffleFace, run: pixelShuffleRun, emit: pixelShuffleEmit },
  plateau: { face: plateauFace, run: plateauRun },
  poisson: { face: poissonFace, run: poissonRun, emit: poissonEmit },
  'policy-gradient': { face: policyGradientFace, run: policyGradientRun, emit: policyGradientEmit },
  'position-embedding': { face: positionEmbeddingFace, run: positionEmbeddingRun, emit: positionEmbeddingEmit },
  'positional-encoding': { face: positionalEncodingFace, run: positionalEncodingRun, emit: positionalEncodingEmit },
  power: { face: powerFace, run: powerRun, emit: powerEmit },
  precision: { face: precisionFace, run: precisionRun },
  prelu: { face: preluFace, run: preluRun, emit: preluEmit },
  project: { face: projectFace, run: projectRun, emit: projectEmit },
  'propose-regions': { face: proposeRegionsFace, run: proposeRegionsRun, emit: proposeRegionsEmit },
  quantile: { face: quantileFace, run: quantileRun, emit: quantileEmit },
  r2: { face: r2Face, run: r2Run },
  recall: { face: recallFace, run: recallRun },
  reciprocal: { face: reciprocalFace, run: reciprocalRun, emit: reciprocalEmit },
  reduce: { face: reduceFace, run: reduceRun, emit: reduceEmit },
  'reflection-padding-2d': { face: reflectionPadding2dFace, run: reflectionPadding2dRun, emit: reflectionPadding2dEmit },
  remainder: { face: remainderFace, run: remainderRun, emit: remainderEmit },
  repeat: { face: repeatFace, run: repeatRun, emit: repeatEmit },
  rescaling: { face: rescalingFace, run: rescalingRun, emit: rescalingEmit },
  reshape: { face: reshapeFace, run: reshapeRun, emit: reshapeEmit },
  resize: { face: resizeFace, run: resizeRun, emit: resizeEmit },
  'rms-norm': { face: rmsNormFace, run: rmsNormRun, emit: rmsNormEmit },
  rmse: { face: rmseFace, run: rmseRun },
  rmsprop: { face: rmspropFace, run: rmspropRun },
  'roi-align': { face: roiAlignFace, run: roiAlignRun, emit: roiAlignEmit },
  rollout: { face: rolloutFace, run: rolloutRun },
  round: { face: roundFace, run: roundRun, emit: roundEmit },
  'running-mean': { face: runningMeanFace, run: runningMeanRun, emit: runningMeanEmit },
  'sample-grid': { face: sampleGridFace, run: sampleGridRun },
  scatter: { face: scatterFace, run: scatterRun },
  select: { face: selectFace, run: selectRun, emit: selectEmit },
  'separable-conv-1d': { face: separableConv1dFace, run: separableConv1dRun, emit: separableConv1dEmit },
  'separable-conv-2d': { face: separableConv2dFace, run: separableConv2dRun, emit: separableConv2dEmit },
  sgd: { face: sgdFace, run: sgdRun },
  'shift-right': { face: shiftRightFace, run: shiftRightRun, emit: shiftRightEmit },
  sign: { face: signFace, run: signRun, emit: signEmit },
  'simple-rnn': { face: simpleRnnFace, run: simpleRnnRun, emit: simpleRnnEmit },
  sin: { face: sinFace, run: sinRun, emit: sinEmit },
  slice: { face: sliceFace, run: sliceRun, emit: sliceEmit },
  'sliced-distance': { face: slicedDistanceFace, run: slicedDistanceRun },
  softmax: { face: softmaxFace, run: softmaxRun, emit: softmaxEmit },
  'spatial-dropout-1d': { face: spatialDropout1dFace, run: spatialDropout1dRun, emit: spatialDropout1dEmit },
  'spatial-dropout-2d': { face: spatialDropout2dFace, run: spatialDropout2dRun, emit: spatialDropout2dEmit },
  'spatial-dropout-3d': { face: spatialDropout3dFace, run: spatialDropout3dRun, emit: spatialDropout3dEmit },
  split: { face: splitFace, run: splitRun, emit: splitEmit },
  sqrt: { face: sqrtFace, run: sqrtRun, emit: sqrtEmit },
  square: { face: squareFace, run: squareRun, emit: squareEmit },
  'squared-hinge': { face: squaredHingeFace, run: squaredHingeRun, emit: squaredHingeEmit },
  squeeze: { face: squeezeFace, run: squeezeRun, emit: squeezeEmit },
  stack: { face: stackFace, run: stackRun, emit: stackEmit },
  stages: { face: stagesFace, run: stagesRun },
  'step-schedule': { face: stepScheduleFace, run: stepScheduleRun },
  'stop-gradient': { face: stopGradientFace, run: stopGradientRun, emit: stopGradientEmit },
  'style-mix': { face: styleMixFace, run: styleMixRun, emit: styleMixEmit },
  subtract: { face: subtractFace, run: subtractRun, emit: subtractEmit },
  switch: { face: switchFace, run: switchRun, emit: switchEmit },
  'text-samples': { face: textSamplesFace, run: textSamplesRun },
  tile: { face: tileFace, run: tileRun, emit: tileEmit },
  'time-distributed': { face: timeDistributedFace, run: timeDistributedRun, emit: timeDistributedEmit },
  'top-k': { face: topKFace, run: topKRun },
  'top-patches': { face: topPatchesFace, run: topPatchesRun },
  'top-values': { face: topValuesFace, run: topValuesRun, emit: topValuesEmit },
  training: { face: trainingFace },
  trigonometry: { face: trigonometryFace, run: trigonometryRun, emit: trigonometryEmit },
  triplet: { face: tripletFace, run: tripletRun, emit: tripletEmit },
  tversky: { face: tverskyFace, run: tverskyRun, emit: tverskyEmit },
  'uncertainty-sum': { face: uncertaintySumFace, run: uncertaintySumRun, emit: uncertaintySumEmit },
  'unit-norm': { face: unitNormFace, run: unitNormRun, emit: unitNormEmit },
  unstack: { face: unstackFace, run: unstackRun, emit: unstackEmit },
  'upsampling-1d': { face: upsampling1dFace, run: upsampling1dRun, emit: upsampling1dEmit },
  'upsampling-2d': { face: upsampling2dFace, run: upsampling2dRun, emit: upsampling2dEmit },
  'upsampling-3d': { face: upsampling3dFace, run: upsampling3dRun, emit: upsampling3dEmit },
  vectorise: { face: vectoriseFace, run: vectoriseRun, emit: vectoriseEmit },
  'warm-up': { face: warmUpFace, run: warmUpRun },
  'weight-average': { face: weightAverageFace },
  'weight-penalty': { face: weightPenaltyFace, run: weightPenaltyRun, emit: weightPenaltyEmit },
  'zero-padding-1d': { face: zeroPadding1dFace, run: zeroPadding1dRun, emit: zeroPadding1dEmit },
  'zero-padding-2d': { face: zeroPadding2dFace, run: zeroPadding2dRun, emit: zeroPadding2dEmit },
  'zero-padding-3d': { face: zeroPadding3dFace, run: zeroPadding3dRun, emit: zeroPadding3dEmit },
};
