// Made by `npm run generate` from file names. Do not edit.
import { face as abcValidFace, infer as abcValidInfer, run as abcValidRun } from './metrics/abc-valid.node.ts';
import { face as absFace, infer as absInfer, run as absRun, emit as absEmit } from './ops/abs.node.ts';
import { face as accuracyFace, infer as accuracyInfer, run as accuracyRun } from './metrics/accuracy.node.ts';
import { face as activationFace, infer as activationInfer, run as activationRun, emit as activationEmit } from './core/activation.node.ts';
import { face as adadeltaFace, infer as adadeltaInfer, run as adadeltaRun } from './optimizers/adadelta.node.ts';
import { face as adagradFace, infer as adagradInfer, run as adagradRun } from './optimizers/adagrad.node.ts';
import { face as adainFace, infer as adainInfer, run as adainRun, emit as adainEmit } from './normalisation/adain.node.ts';
import { face as adamFace, infer as adamInfer, run as adamRun } from './optimizers/adam.node.ts';
import { face as adamaxFace, infer as adamaxInfer, run as adamaxRun } from './optimizers/adamax.node.ts';
import { face as adamwFace, infer as adamwInfer, run as adamwRun } from './optimizers/adamw.node.ts';
import { face as addFace, infer as addInfer, run as addRun, emit as addEmit } from './ops/add.node.ts';
import { face as additiveAttentionFace, infer as additiveAttentionInfer, run as additiveAttentionRun, emit as additiveAttentionEmit } from './attention/additive-attention.node.ts';
import { face as alphaDropoutFace, infer as alphaDropoutInfer, run as alphaDropoutRun, emit as alphaDropoutEmit } from './normalisation/alpha-dropout.node.ts';
import { face as argmaxFace, infer as argmaxInfer, run as argmaxRun, emit as argmaxEmit } from './ops/argmax.node.ts';
import { face as asLossFace, infer as asLossInfer, run as asLossRun, emit as asLossEmit } from './losses/as-loss.node.ts';
import { face as assignTargetsFace, infer as assignTargetsInfer, run as assignTargetsRun, emit as assignTargetsEmit } from './detection/assign-targets.node.ts';
import { face as attentionFace, infer as attentionInfer, run as attentionRun, emit as attentionEmit } from './attention/attention.node.ts';
import { face as aucFace, infer as aucInfer, run as aucRun } from './metrics/auc.node.ts';
import { face as augmentFace, infer as augmentInfer, run as augmentRun, emit as augmentEmit } from './normalisation/augment.node.ts';
import { face as averageFace, infer as averageInfer, run as averageRun, emit as averageEmit } from './ops/average.node.ts';
import { face as averagePool1dFace, infer as averagePool1dInfer, run as averagePool1dRun, emit as averagePool1dEmit } from './convolution/average-pool-1d.node.ts';
import { face as averagePool2dFace, infer as averagePool2dInfer, run as averagePool2dRun, emit as averagePool2dEmit } from './convolution/average-pool-2d.node.ts';
import { face as averagePool3dFace, infer as averagePool3dInfer, run as averagePool3dRun, emit as averagePool3dEmit } from './convolution/average-pool-3d.node.ts';
import { face as balancedAccuracyFace, infer as balancedAccuracyInfer, run as balancedAccuracyRun } from './metrics/balanced-accuracy.node.ts';
import { face as batchNormFace, infer as batchNormInfer, run as batchNormRun, emit as batchNormEmit } from './normalisation/batch-norm.node.ts';
import { face as bceFace, infer as bceInfer, run as bceRun, emit as bceEmit } from './losses/bce.node.ts';
import { face as bidirectionalFace, infer as bidirectionalInfer, run as bidirectionalRun, emit as bidirectionalEmit } from './recurrent/bidirectional.node.ts';
import { face as boxesFace, infer as boxesInfer, run as boxesRun } from './sinks/boxes.node.ts';
import { face as calibrationErrorFace, infer as calibrationErrorInfer, run as calibrationErrorRun } from './metrics/calibration-error.node.ts';
import { face as captionsFace, infer as captionsInfer, run as captionsRun } from './sinks/captions.node.ts';
import { face as castFace, infer as castInfer, run as castRun, emit as castEmit } from './shape/cast.node.ts';
import { face as categoricalHingeFace, infer as categoricalHingeInfer, run as categoricalHingeRun, emit as categoricalHingeEmit } from './losses/categorical-hinge.node.ts';
import { face as causalMaskFace, infer as causalMaskInfer, run as causalMaskRun, emit as causalMaskEmit } from './attention/causal-mask.node.ts';
import { face as ceilFace, infer as ceilInfer, run as ceilRun, emit as ceilEmit } from './ops/ceil.node.ts';
import { face as childScoreFace, infer as childScoreInfer, run as childScoreRun, emit as childScoreEmit } from './blocks/child-score.node.ts';
import { face as classWeightFace, infer as classWeightInfer, run as classWeightRun } from './data/class-weight.node.ts';
import { face as clipFace, infer as clipInfer, run as clipRun, emit as clipEmit } from './ops/clip.node.ts';
import { face as compareFace, infer as compareInfer, run as compareRun, emit as compareEmit } from './ops/compare.node.ts';
import { face as concatFace, infer as concatInfer, run as concatRun, emit as concatEmit } from './shape/concat.node.ts';
import { face as confusionFace, infer as confusionInfer, run as confusionRun } from './metrics/confusion.node.ts';
import { face as constantFace, infer as constantInfer, run as constantRun, emit as constantEmit } from './data/constant.node.ts';
import { face as constantScheduleFace, infer as constantScheduleInfer, run as constantScheduleRun } from './schedules/constant-schedule.node.ts';
import { face as contrastiveFace, infer as contrastiveInfer, run as contrastiveRun, emit as contrastiveEmit } from './losses/contrastive.node.ts';
import { face as conv1dFace, infer as conv1dInfer, run as conv1dRun, emit as conv1dEmit } from './convolution/conv-1d.node.ts';
import { face as conv1dTransposeFace, infer as conv1dTransposeInfer, run as conv1dTransposeRun, emit as conv1dTransposeEmit } from './convolution/conv-1d-transpose.node.ts';
import { face as conv2dFace, infer as conv2dInfer, run as conv2dRun, emit as conv2dEmit } from './convolution/conv-2d.node.ts';
import { face as conv2dTransposeFace, infer as conv2dTransposeInfer, run as conv2dTransposeRun, emit as conv2dTransposeEmit } from './convolution/conv-2d-transpose.node.ts';
import { face as conv3dFace, infer as conv3dInfer, run as conv3dRun, emit as conv3dEmit } from './convolution/conv-3d.node.ts';
import { face as conv3dTransposeFace, infer as conv3dTransposeInfer, run as conv3dTransposeRun, emit as conv3dTransposeEmit } from './convolution/conv-3d-transpose.node.ts';
import { face as convLstm2dFace, infer as convLstm2dInfer, run as convLstm2dRun, emit as convLstm2dEmit } from './recurrent/conv-lstm-2d.node.ts';
import { face as correlationFace, infer as correlationInfer, run as correlationRun } from './metrics/correlation.node.ts';
import { face as corruptLabelsFace, infer as corruptLabelsInfer, run as corruptLabelsRun, emit as corruptLabelsEmit } from './data/corrupt-labels.node.ts';
import { face as cosFace, infer as cosInfer, run as cosRun, emit as cosEmit } from './ops/cos.node.ts';
import { face as cosineFace, infer as cosineInfer, run as cosineRun } from './schedules/cosine.node.ts';
import { face as cosineSimilarityFace, infer as cosineSimilarityInfer, run as cosineSimilarityRun, emit as cosineSimilarityEmit } from './losses/cosine-similarity.node.ts';
import { face as cropResizeFace, infer as cropResizeInfer, run as cropResizeRun, emit as cropResizeEmit } from './detection/crop-resize.node.ts';
import { face as cropping1dFace, infer as cropping1dInfer, run as cropping1dRun, emit as cropping1dEmit } from './convolution/cropping-1d.node.ts';
import { face as cropping2dFace, infer as cropping2dInfer, run as cropping2dRun, emit as cropping2dEmit } from './convolution/cropping-2d.node.ts';
import { face as cropping3dFace, infer as cropping3dInfer, run as cropping3dRun, emit as cropping3dEmit } from './convolution/cropping-3d.node.ts';
import { face as crossEntropyFace, infer as crossEntropyInfer, run as crossEntropyRun, emit as crossEntropyEmit } from './losses/cross-entropy.node.ts';
import { face as cumsumFace, infer as cumsumInfer, run as cumsumRun, emit as cumsumEmit } from './ops/cumsum.node.ts';
import { face as curveFace, infer as curveInfer, run as curveRun } from './sinks/curve.node.ts';
import { face as datasetFace, infer as datasetInfer } from './data/dataset.node.ts';
import { face as decisionBoundaryFace, infer as decisionBoundaryInfer, run as decisionBoundaryRun } from './sinks/decision-boundary.node.ts';
import { face as denseFace, infer as denseInfer, run as denseRun, emit as denseEmit } from './core/dense.node.ts';
import { face as depthwiseConv1dFace, infer as depthwiseConv1dInfer, run as depthwiseConv1dRun, emit as depthwiseConv1dEmit } from './convolution/depthwise-conv-1d.node.ts';
import { face as depthwiseConv2dFace, infer as depthwiseConv2dInfer, run as depthwiseConv2dRun, emit as depthwiseConv2dEmit } from './convolution/depthwise-conv-2d.node.ts';
import { face as diceFace, infer as diceInfer, run as diceRun, emit as diceEmit } from './losses/dice.node.ts';
import { face as disentanglementFace, infer as disentanglementInfer, run as disentanglementRun } from './metrics/disentanglement.node.ts';
import { face as divideFace, infer as divideInfer, run as divideRun, emit as divideEmit } from './ops/divide.node.ts';
import { face as dotFace, infer as dotInfer, run as dotRun, emit as dotEmit } from './ops/dot.node.ts';
import { face as dropoutFace, infer as dropoutInfer, run as dropoutRun, emit as dropoutEmit } from './normalisation/dropout.node.ts';
import { face as einsumFace, infer as einsumInfer, run as einsumRun, emit as einsumEmit } from './ops/einsum.node.ts';
import { face as einsumDenseFace, infer as einsumDenseInfer, run as einsumDenseRun, emit as einsumDenseEmit } from './core/einsum-dense.node.ts';
import { face as embeddingFace, infer as embeddingInfer, run as embeddingRun, emit as embeddingEmit } from './core/embedding.node.ts';
import { face as erfFace, infer as erfInfer, run as erfRun, emit as erfEmit } from './ops/erf.node.ts';
import { face as exactMatchFace, infer as exactMatchInfer, run as exactMatchRun } from './metrics/exact-match.node.ts';
import { face as expFace, infer as expInfer, run as expRun, emit as expEmit } from './ops/exp.node.ts';
import { face as expandDimsFace, infer as expandDimsInfer, run as expandDimsRun, emit as expandDimsEmit } from './shape/expand-dims.node.ts';
import { face as exponentialFace, infer as exponentialInfer, run as exponentialRun } from './schedules/exponential.node.ts';
import { face as f1Face, infer as f1Infer, run as f1Run } from './metrics/f1.node.ts';
import { face as flattenFace, infer as flattenInfer, run as flattenRun, emit as flattenEmit } from './core/flatten.node.ts';
import { face as floorFace, infer as floorInfer, run as floorRun, emit as floorEmit } from './ops/floor.node.ts';
import { face as floorDivideFace, infer as floorDivideInfer, run as floorDivideRun, emit as floorDivideEmit } from './ops/floor-divide.node.ts';
import { face as focalFace, infer as focalInfer, run as focalRun, emit as focalEmit } from './losses/focal.node.ts';
import { face as foldRowsFace, infer as foldRowsInfer, run as foldRowsRun, emit as foldRowsEmit } from './shape/fold-rows.node.ts';
import { face as ganLossFace, infer as ganLossInfer, run as ganLossRun, emit as ganLossEmit } from './losses/gan-loss.node.ts';
import { face as gatherFace, infer as gatherInfer, run as gatherRun, emit as gatherEmit } from './shape/gather.node.ts';
import { face as gaussianDropoutFace, infer as gaussianDropoutInfer, run as gaussianDropoutRun, emit as gaussianDropoutEmit } from './normalisation/gaussian-dropout.node.ts';
import { face as gaussianNllFace, infer as gaussianNllInfer, run as gaussianNllRun, emit as gaussianNllEmit } from './losses/gaussian-nll.node.ts';
import { face as gaussianNoiseFace, infer as gaussianNoiseInfer, run as gaussianNoiseRun, emit as gaussianNoiseEmit } from './normalisation/gaussian-noise.node.ts';
import { face as gaussianSampleFace, infer as gaussianSampleInfer, run as gaussianSampleRun, emit as gaussianSampleEmit } from './ops/gaussian-sample.node.ts';
import { face as generateFace, infer as generateInfer, run as generateRun, emit as generateEmit } from './blocks/generate.node.ts';
import { face as globalAveragePool1dFace, infer as globalAveragePool1dInfer, run as globalAveragePool1dRun, emit as globalAveragePool1dEmit } from './convolution/global-average-pool-1d.node.ts';
import { face as globalAveragePool2dFace, infer as globalAveragePool2dInfer, run as globalAveragePool2dRun, emit as globalAveragePool2dEmit } from './convolution/global-average-pool-2d.node.ts';
import { face as globalAveragePool3dFace, infer as globalAveragePool3dInfer, run as globalAveragePool3dRun, emit as globalAveragePool3dEmit } from './convolution/global-average-pool-3d.node.ts';
import { face as globalMaxPool1dFace, infer as globalMaxPool1dInfer, run as globalMaxPool1dRun, emit as globalMaxPool1dEmit } from './convolution/global-max-pool-1d.node.ts';
import { face as globalMaxPool2dFace, infer as globalMaxPool2dInfer, run as globalMaxPool2dRun, emit as globalMaxPool2dEmit } from './convolution/global-max-pool-2d.node.ts';
import { face as globalMaxPool3dFace, infer as globalMaxPool3dInfer, run as globalMaxPool3dRun, emit as globalMaxPool3dEmit } from './convolution/global-max-pool-3d.node.ts';
import { face as gluFace, infer as gluInfer, run as gluRun, emit as gluEmit } from './core/glu.node.ts';
import { face as gradientFace, infer as gradientInfer, run as gradientRun, emit as gradientEmit } from './ops/gradient.node.ts';
import { face as groupGapFace, infer as groupGapInfer, run as groupGapRun } from './metrics/group-gap.node.ts';
import { face as groupNormFace, infer as groupNormInfer, run as groupNormRun, emit as groupNormEmit } from './normalisation/group-norm.node.ts';
import { face as gruFace, infer as gruInfer, run as gruRun, emit as gruEmit } from './recurrent/gru.node.ts';
import { face as hingeFace, infer as hingeInfer, run as hingeRun, emit as hingeEmit } from './losses/hinge.node.ts';
import { face as histogramFace, infer as histogramInfer, run as histogramRun } from './sinks/histogram.node.ts';
import { face as historyFace, infer as historyInfer, run as historyRun, emit as historyEmit } from './ops/history.node.ts';
import { face as huberFace, infer as huberInfer, run as huberRun, emit as huberEmit } from './losses/huber.node.ts';
import { face as instanceFace, infer as instanceInfer } from './blocks/instance.node.ts';
import { face as instanceNormFace, infer as instanceNormInfer, run as instanceNormRun, emit as instanceNormEmit } from './normalisation/instance-norm.node.ts';
import { face as iouLossFace, infer as iouLossInfer, run as iouLossRun, emit as iouLossEmit } from './losses/iou-loss.node.ts';
import { face as iterateFace, infer as iterateInfer, run as iterateRun, emit as iterateEmit } from './blocks/iterate.node.ts';
import { face as klDivergenceFace, infer as klDivergenceInfer, run as klDivergenceRun, emit as klDivergenceEmit } from './losses/kl-divergence.node.ts';
import { face as klNormalFace, infer as klNormalInfer, run as klNormalRun, emit as klNormalEmit } from './losses/kl-normal.node.ts';
import { face as lambFace, infer as lambInfer, run as lambRun } from './optimizers/lamb.node.ts';
import { face as latentResamplingFace, infer as latentResamplingInfer, run as latentResamplingRun } from './data/latent-resampling.node.ts';
import { face as layerNormFace, infer as layerNormInfer, run as layerNormRun, emit as layerNormEmit } from './normalisation/layer-norm.node.ts';
import { face as lerpFace, infer as lerpInfer, run as lerpRun, emit as lerpEmit } from './ops/lerp.node.ts';
import { face as linearRampFace, infer as linearRampInfer, run as linearRampRun } from './schedules/linear-ramp.node.ts';
import { face as lionFace, infer as lionInfer, run as lionRun } from './optimizers/lion.node.ts';
import { face as logFace, infer as logInfer, run as logRun, emit as logEmit } from './ops/log.node.ts';
import { face as logCoshFace, infer as logCoshInfer, run as logCoshRun, emit as logCoshEmit } from './losses/log-cosh.node.ts';
import { face as logSoftmaxFace, infer as logSoftmaxInfer, run as logSoftmaxRun, emit as logSoftmaxEmit } from './ops/log-softmax.node.ts';
import { face as lossSumFace, infer as lossSumInfer, run as lossSumRun, emit as lossSumEmit } from './losses/loss-sum.node.ts';
import { face as lstmFace, infer as lstmInfer, run as lstmRun, emit as lstmEmit } from './recurrent/lstm.node.ts';
import { face as maeFace, infer as maeInfer, run as maeRun, emit as maeEmit } from './losses/mae.node.ts';
import { face as mapeFace, infer as mapeInfer, run as mapeRun, emit as mapeEmit } from './losses/mape.node.ts';
import { face as maskingFace, infer as maskingInfer, run as maskingRun, emit as maskingEmit } from './core/masking.node.ts';
import { face as masksFace, infer as masksInfer, run as masksRun } from './sinks/masks.node.ts';
import { face as matmulFace, infer as matmulInfer, run as matmulRun, emit as matmulEmit } from './ops/matmul.node.ts';
import { face as matrixFace, infer as matrixInfer, run as matrixRun } from './sinks/matrix.node.ts';
import { face as maxPool1dFace, infer as maxPool1dInfer, run as maxPool1dRun, emit as maxPool1dEmit } from './convolution/max-pool-1d.node.ts';
import { face as maxPool2dFace, infer as maxPool2dInfer, run as maxPool2dRun, emit as maxPool2dEmit } from './convolution/max-pool-2d.node.ts';
import { face as maxPool3dFace, infer as maxPool3dInfer, run as maxPool3dRun, emit as maxPool3dEmit } from './convolution/max-pool-3d.node.ts';
import { face as maximumFace, infer as maximumInfer, run as maximumRun, emit as maximumEmit } from './ops/maximum.node.ts';
import { face as meanApFace, infer as meanApInfer, run as meanApRun } from './metrics/mean-ap.node.ts';
import { face as meanErrorFace, infer as meanErrorInfer, run as meanErrorRun } from './metrics/mean-error.node.ts';
import { face as meanIouFace, infer as meanIouInfer, run as meanIouRun } from './metrics/mean-iou.node.ts';
import { face as meanMetricFace, infer as meanMetricInfer, run as meanMetricRun } from './metrics/mean-metric.node.ts';
import { face as minibatchStdFace, infer as minibatchStdInfer, run as minibatchStdRun, emit as minibatchStdEmit } from './normalisation/minibatch-std.node.ts';
import { face as minimumFace, infer as minimumInfer, run as minimumRun, emit as minimumEmit } from './ops/minimum.node.ts';
import { face as modeCoverageFace, infer as modeCoverageInfer, run as modeCoverageRun } from './metrics/mode-coverage.node.ts';
import { face as momentumFace, infer as momentumInfer, run as momentumRun } from './optimizers/momentum.node.ts';
import { face as mseFace, infer as mseInfer, run as mseRun, emit as mseEmit } from './losses/mse.node.ts';
import { face as msleFace, infer as msleInfer, run as msleRun, emit as msleEmit } from './losses/msle.node.ts';
import { face as multiHeadAttentionFace, infer as multiHeadAttentionInfer, run as multiHeadAttentionRun, emit as multiHeadAttentionEmit } from './attention/multi-head-attention.node.ts';
import { face as multiplyFace, infer as multiplyInfer, run as multiplyRun, emit as multiplyEmit } from './ops/multiply.node.ts';
import { face as nGramFace, infer as nGramInfer, run as nGramRun, emit as nGramEmit } from './ops/n-gram.node.ts';
import { face as nadamFace, infer as nadamInfer, run as nadamRun } from './optimizers/nadam.node.ts';
import { face as negateFace, infer as negateInfer, run as negateRun, emit as negateEmit } from './ops/negate.node.ts';
import { face as nmsFace, infer as nmsInfer, run as nmsRun, emit as nmsEmit } from './detection/nms.node.ts';
import { face as noiseFace, infer as noiseInfer, run as noiseRun } from './data/noise.node.ts';
import { face as normaliseFace, infer as normaliseInfer, run as normaliseRun, emit as normaliseEmit } from './normalisation/normalise.node.ts';
import { face as normaliseBatchFace, infer as normaliseBatchInfer, run as normaliseBatchRun, emit as normaliseBatchEmit } from './ops/normalise-batch.node.ts';
import { face as notPaddingFace, infer as notPaddingInfer, run as notPaddingRun, emit as notPaddingEmit } from './ops/not-padding.node.ts';
import { face as oneCycleFace, infer as oneCycleInfer, run as oneCycleRun } from './schedules/one-cycle.node.ts';
import { face as oneHotFace, infer as oneHotInfer, run as oneHotRun, emit as oneHotEmit } from './ops/one-hot.node.ts';
import { face as outputFace, infer as outputInfer } from './sinks/output.node.ts';
import { face as padFace, infer as padInfer, run as padRun, emit as padEmit } from './shape/pad.node.ts';
import { face as parameterFace, infer as parameterInfer, run as parameterRun, emit as parameterEmit } from './data/parameter.node.ts';
import { face as percentErrorFace, infer as percentErrorInfer, run as percentErrorRun } from './metrics/percent-error.node.ts';
import { face as permuteFace, infer as permuteInfer, run as permuteRun, emit as permuteEmit } from './shape/permute.node.ts';
import { face as perplexityFace, infer as perplexityInfer, run as perplexityRun } from './metrics/perplexity.node.ts';
import { face as piecewiseFace, infer as piecewiseInfer, run as piecewiseRun } from './schedules/piecewise.node.ts';
import { face as pixelNormFace, infer as pixelNormInfer, run as pixelNormRun, emit as pixelNormEmit } from './normalisation/pixel-norm.node.ts';
import { face as pixelShuffleFace, infer as pixelShuffleInfer, run as pixelShuffleRun, emit as pixelShuffleEmit } from './convolution/pixel-shuffle.node.ts';
import { face as plateauFace, infer as plateauInfer, run as plateauRun } from './schedules/plateau.node.ts';
import { face as poissonFace, infer as poissonInfer, run as poissonRun, emit as poissonEmit } from './losses/poisson.node.ts';
import { face as policyGradientFace, infer as policyGradientInfer, run as policyGradientRun, emit as policyGradientEmit } from './losses/policy-gradient.node.ts';
import { face as populationFace, infer as populationInfer, run as populationRun } from './sinks/population.node.ts';
import { face as positionEmbeddingFace, infer as positionEmbeddingInfer, run as positionEmbeddingRun, emit as positionEmbeddingEmit } from './attention/position-embedding.node.ts';
import { face as positionalEncodingFace, infer as positionalEncodingInfer, run as positionalEncodingRun, emit as positionalEncodingEmit } from './attention/positional-encoding.node.ts';
import { face as powerFace, infer as powerInfer, run as powerRun, emit as powerEmit } from './ops/power.node.ts';
import { face as precisionFace, infer as precisionInfer, run as precisionRun } from './metrics/precision.node.ts';
import { face as preluFace, infer as preluInfer, run as preluRun, emit as preluEmit } from './core/prelu.node.ts';
import { face as projectFace, infer as projectInfer, run as projectRun, emit as projectEmit } from './ops/project.node.ts';
import { face as proposeRegionsFace, infer as proposeRegionsInfer, run as proposeRegionsRun, emit as proposeRegionsEmit } from './detection/propose-regions.node.ts';
import { face as quantileFace, infer as quantileInfer, run as quantileRun, emit as quantileEmit } from './losses/quantile.node.ts';
import { face as r2Face, infer as r2Infer, run as r2Run } from './metrics/r2.node.ts';
import { face as recallFace, infer as recallInfer, run as recallRun } from './metrics/recall.node.ts';
import { face as reciprocalFace, infer as reciprocalInfer, run as reciprocalRun, emit as reciprocalEmit } from './ops/reciprocal.node.ts';
import { face as reduceFace, infer as reduceInfer, run as reduceRun, emit as reduceEmit } from './ops/reduce.node.ts';
import { face as reflectionPadding2dFace, infer as reflectionPadding2dInfer, run as reflectionPadding2dRun, emit as reflectionPadding2dEmit } from './convolution/reflection-padding-2d.node.ts';
import { face as remainderFace, infer as remainderInfer, run as remainderRun, emit as remainderEmit } from './ops/remainder.node.ts';
import { face as repeatFace, infer as repeatInfer, run as repeatRun, emit as repeatEmit } from './shape/repeat.node.ts';
import { face as repeatRowsFace, infer as repeatRowsInfer, run as repeatRowsRun, emit as repeatRowsEmit } from './shape/repeat-rows.node.ts';
import { face as rescalingFace, infer as rescalingInfer, run as rescalingRun, emit as rescalingEmit } from './core/rescaling.node.ts';
import { face as reshapeFace, infer as reshapeInfer, run as reshapeRun, emit as reshapeEmit } from './shape/reshape.node.ts';
import { face as resizeFace, infer as resizeInfer, run as resizeRun, emit as resizeEmit } from './convolution/resize.node.ts';
import { face as rmsNormFace, infer as rmsNormInfer, run as rmsNormRun, emit as rmsNormEmit } from './normalisation/rms-norm.node.ts';
import { face as rmseFace, infer as rmseInfer, run as rmseRun } from './metrics/rmse.node.ts';
import { face as rmspropFace, infer as rmspropInfer, run as rmspropRun } from './optimizers/rmsprop.node.ts';
import { face as roiAlignFace, infer as roiAlignInfer, run as roiAlignRun, emit as roiAlignEmit } from './detection/roi-align.node.ts';
import { face as rolloutFace, infer as rolloutInfer, run as rolloutRun } from './data/rollout.node.ts';
import { face as roundFace, infer as roundInfer, run as roundRun, emit as roundEmit } from './ops/round.node.ts';
import { face as runningMeanFace, infer as runningMeanInfer, run as runningMeanRun, emit as runningMeanEmit } from './ops/running-mean.node.ts';
import { face as sampleGridFace, infer as sampleGridInfer, run as sampleGridRun } from './sinks/sample-grid.node.ts';
import { face as scatterFace, infer as scatterInfer, run as scatterRun } from './sinks/scatter.node.ts';
import { face as selectFace, infer as selectInfer, run as selectRun, emit as selectEmit } from './ops/select.node.ts';
import { face as separableConv1dFace, infer as separableConv1dInfer, run as separableConv1dRun, emit as separableConv1dEmit } from './convolution/separable-conv-1d.node.ts';
import { face as separableConv2dFace, infer as separableConv2dInfer, run as separableConv2dRun, emit as separableConv2dEmit } from './convolution/separable-conv-2d.node.ts';
import { face as sgdFace, infer as sgdInfer, run as sgdRun } from './optimizers/sgd.node.ts';
import { face as shiftRightFace, infer as shiftRightInfer, run as shiftRightRun, emit as shiftRightEmit } from './shape/shift-right.node.ts';
import { face as signFace, infer as signInfer, run as signRun, emit as signEmit } from './ops/sign.node.ts';
import { face as simpleRnnFace, infer as simpleRnnInfer, run as simpleRnnRun, emit as simpleRnnEmit } from './recurrent/simple-rnn.node.ts';
import { face as sinFace, infer as sinInfer, run as sinRun, emit as sinEmit } from './ops/sin.node.ts';
import { face as sliceFace, infer as sliceInfer, run as sliceRun, emit as sliceEmit } from './shape/slice.node.ts';
import { face as slicedDistanceFace, infer as slicedDistanceInfer, run as slicedDistanceRun } from './metrics/sliced-distance.node.ts';
import { face as softmaxFace, infer as softmaxInfer, run as softmaxRun, emit as softmaxEmit } from './core/softmax.node.ts';
import { face as spatialDropout1dFace, infer as spatialDropout1dInfer, run as spatialDropout1dRun, emit as spatialDropout1dEmit } from './normalisation/spatial-dropout-1d.node.ts';
import { face as spatialDropout2dFace, infer as spatialDropout2dInfer, run as spatialDropout2dRun, emit as spatialDropout2dEmit } from './normalisation/spatial-dropout-2d.node.ts';
import { face as spatialDropout3dFace, infer as spatialDropout3dInfer, run as spatialDropout3dRun, emit as spatialDropout3dEmit } from './normalisation/spatial-dropout-3d.node.ts';
import { face as splitFace, infer as splitInfer, run as splitRun, emit as splitEmit } from './shape/split.node.ts';
import { face as sqrtFace, infer as sqrtInfer, run as sqrtRun, emit as sqrtEmit } from './ops/sqrt.node.ts';
import { face as squareFace, infer as squareInfer, run as squareRun, emit as squareEmit } from './ops/square.node.ts';
import { face as squaredHingeFace, infer as squaredHingeInfer, run as squaredHingeRun, emit as squaredHingeEmit } from './losses/squared-hinge.node.ts';
import { face as squeezeFace, infer as squeezeInfer, run as squeezeRun, emit as squeezeEmit } from './shape/squeeze.node.ts';
import { face as stackFace, infer as stackInfer, run as stackRun, emit as stackEmit } from './shape/stack.node.ts';
import { face as stagesFace, infer as stagesInfer, run as stagesRun } from './schedules/stages.node.ts';
import { face as stepScheduleFace, infer as stepScheduleInfer, run as stepScheduleRun } from './schedules/step-schedule.node.ts';
import { face as stopGradientFace, infer as stopGradientInfer, run as stopGradientRun, emit as stopGradientEmit } from './ops/stop-gradient.node.ts';
import { face as styleMixFace, infer as styleMixInfer, run as styleMixRun, emit as styleMixEmit } from './ops/style-mix.node.ts';
import { face as subtractFace, infer as subtractInfer, run as subtractRun, emit as subtractEmit } from './ops/subtract.node.ts';
import { face as switchFace, infer as switchInfer, run as switchRun, emit as switchEmit } from './ops/switch.node.ts';
import { face as textSamplesFace, infer as textSamplesInfer, run as textSamplesRun } from './sinks/text-samples.node.ts';
import { face as tileFace, infer as tileInfer, run as tileRun, emit as tileEmit } from './shape/tile.node.ts';
import { face as timeDistributedFace, infer as timeDistributedInfer, run as timeDistributedRun, emit as timeDistributedEmit } from './blocks/time-distributed.node.ts';
import { face as topKFace, infer as topKInfer, run as topKRun } from './metrics/top-k.node.ts';
import { face as topPatchesFace, infer as topPatchesInfer, run as topPatchesRun } from './metrics/top-patches.node.ts';
import { face as topValuesFace, infer as topValuesInfer, run as topValuesRun, emit as topValuesEmit } from './ops/top-values.node.ts';
import { face as trainingFace, infer as trainingInfer } from './optimizers/training.node.ts';
import { face as trigonometryFace, infer as trigonometryInfer, run as trigonometryRun, emit as trigonometryEmit } from './ops/trigonometry.node.ts';
import { face as tripletFace, infer as tripletInfer, run as tripletRun, emit as tripletEmit } from './losses/triplet.node.ts';
import { face as tverskyFace, infer as tverskyInfer, run as tverskyRun, emit as tverskyEmit } from './losses/tversky.node.ts';
import { face as uncertaintySumFace, infer as uncertaintySumInfer, run as uncertaintySumRun, emit as uncertaintySumEmit } from './losses/uncertainty-sum.node.ts';
import { face as unitNormFace, infer as unitNormInfer, run as unitNormRun, emit as unitNormEmit } from './normalisation/unit-norm.node.ts';
import { face as unstackFace, infer as unstackInfer, run as unstackRun, emit as unstackEmit } from './shape/unstack.node.ts';
import { face as upsampling1dFace, infer as upsampling1dInfer, run as upsampling1dRun, emit as upsampling1dEmit } from './convolution/upsampling-1d.node.ts';
import { face as upsampling2dFace, infer as upsampling2dInfer, run as upsampling2dRun, emit as upsampling2dEmit } from './convolution/upsampling-2d.node.ts';
import { face as upsampling3dFace, infer as upsampling3dInfer, run as upsampling3dRun, emit as upsampling3dEmit } from './convolution/upsampling-3d.node.ts';
import { face as varianceFace, infer as varianceInfer, run as varianceRun } from './metrics/variance.node.ts';
import { face as vectoriseFace, infer as vectoriseInfer, run as vectoriseRun, emit as vectoriseEmit } from './data/vectorise.node.ts';
import { face as warmUpFace, infer as warmUpInfer, run as warmUpRun } from './schedules/warm-up.node.ts';
import { face as weightAverageFace, infer as weightAverageInfer } from './optimizers/weight-average.node.ts';
import { face as weightPenaltyFace, infer as weightPenaltyInfer, run as weightPenaltyRun, emit as weightPenaltyEmit } from './losses/weight-penalty.node.ts';
import { face as zeroPadding1dFace, infer as zeroPadding1dInfer, run as zeroPadding1dRun, emit as zeroPadding1dEmit } from './convolution/zero-padding-1d.node.ts';
import { face as zeroPadding2dFace, infer as zeroPadding2dInfer, run as zeroPadding2dRun, emit as zeroPadding2dEmit } from './convolution/zero-padding-2d.node.ts';
import { face as zeroPadding3dFace, infer as zeroPadding3dInfer, run as zeroPadding3dRun, emit as zeroPadding3dEmit } from './convolution/zero-padding-3d.node.ts';
import type { Kind } from './kind';

export const kinds: Record<string, Kind> = {
  'abc-valid': { face: abcValidFace, infer: abcValidInfer, run: abcValidRun },
  abs: { face: absFace, infer: absInfer, run: absRun, emit: absEmit },
  accuracy: { face: accuracyFace, infer: accuracyInfer, run: accuracyRun },
  activation: { face: activationFace, infer: activationInfer, run: activationRun, emit: activationEmit },
  adadelta: { face: adadeltaFace, infer: adadeltaInfer, run: adadeltaRun },
  adagrad: { face: adagradFace, infer: adagradInfer, run: adagradRun },
  adain: { face: adainFace, infer: adainInfer, run: adainRun, emit: adainEmit },
  adam: { face: adamFace, infer: adamInfer, run: adamRun },
  adamax: { face: adamaxFace, infer: adamaxInfer, run: adamaxRun },
  adamw: { face: adamwFace, infer: adamwInfer, run: adamwRun },
  add: { face: addFace, infer: addInfer, run: addRun, emit: addEmit },
  'additive-attention': { face: additiveAttentionFace, infer: additiveAttentionInfer, run: additiveAttentionRun, emit: additiveAttentionEmit },
  'alpha-dropout': { face: alphaDropoutFace, infer: alphaDropoutInfer, run: alphaDropoutRun, emit: alphaDropoutEmit },
  argmax: { face: argmaxFace, infer: argmaxInfer, run: argmaxRun, emit: argmaxEmit },
  'as-loss': { face: asLossFace, infer: asLossInfer, run: asLossRun, emit: asLossEmit },
  'assign-targets': { face: assignTargetsFace, infer: assignTargetsInfer, run: assignTargetsRun, emit: assignTargetsEmit },
  attention: { face: attentionFace, infer: attentionInfer, run: attentionRun, emit: attentionEmit },
  auc: { face: aucFace, infer: aucInfer, run: aucRun },
  augment: { face: augmentFace, infer: augmentInfer, run: augmentRun, emit: augmentEmit },
  average: { face: averageFace, infer: averageInfer, run: averageRun, emit: averageEmit },
  'average-pool-1d': { face: averagePool1dFace, infer: averagePool1dInfer, run: averagePool1dRun, emit: averagePool1dEmit },
  'average-pool-2d': { face: averagePool2dFace, infer: averagePool2dInfer, run: averagePool2dRun, emit: averagePool2dEmit },
  'average-pool-3d': { face: averagePool3dFace, infer: averagePool3dInfer, run: averagePool3dRun, emit: averagePool3dEmit },
  'balanced-accuracy': { face: balancedAccuracyFace, infer: balancedAccuracyInfer, run: balancedAccuracyRun },
  'batch-norm': { face: batchNormFace, infer: batchNormInfer, run: batchNormRun, emit: batchNormEmit },
  bce: { face: bceFace, infer: bceInfer, run: bceRun, emit: bceEmit },
  bidirectional: { face: bidirectionalFace, infer: bidirectionalInfer, run: bidirectionalRun, emit: bidirectionalEmit },
  boxes: { face: boxesFace, infer: boxesInfer, run: boxesRun },
  'calibration-error': { face: calibrationErrorFace, infer: calibrationErrorInfer, run: calibrationErrorRun },
  captions: { face: captionsFace, infer: captionsInfer, run: captionsRun },
  cast: { face: castFace, infer: castInfer, run: castRun, emit: castEmit },
  'categorical-hinge': { face: categoricalHingeFace, infer: categoricalHingeInfer, run: categoricalHingeRun, emit: categoricalHingeEmit },
  'causal-mask': { face: causalMaskFace, infer: causalMaskInfer, run: causalMaskRun, emit: causalMaskEmit },
  ceil: { face: ceilFace, infer: ceilInfer, run: ceilRun, emit: ceilEmit },
  'child-score': { face: childScoreFace, infer: childScoreInfer, run: childScoreRun, emit: childScoreEmit },
  'class-weight': { face: classWeightFace, infer: classWeightInfer, run: classWeightRun },
  clip: { face: clipFace, infer: clipInfer, run: clipRun, emit: clipEmit },
  compare: { face: compareFace, infer: compareInfer, run: compareRun, emit: compareEmit },
  concat: { face: concatFace, infer: concatInfer, run: concatRun, emit: concatEmit },
  confusion: { face: confusionFace, infer: confusionInfer, run: confusionRun },
  constant: { face: constantFace, infer: constantInfer, run: constantRun, emit: constantEmit },
  'constant-schedule': { face: constantScheduleFace, infer: constantScheduleInfer, run: constantScheduleRun },
  contrastive: { face: contrastiveFace, infer: contrastiveInfer, run: contrastiveRun, emit: contrastiveEmit },
  'conv-1d': { face: conv1dFace, infer: conv1dInfer, run: conv1dRun, emit: conv1dEmit },
  'conv-1d-transpose': { face: conv1dTransposeFace, infer: conv1dTransposeInfer, run: conv1dTransposeRun, emit: conv1dTransposeEmit },
  'conv-2d': { face: conv2dFace, infer: conv2dInfer, run: conv2dRun, emit: conv2dEmit },
  'conv-2d-transpose': { face: conv2dTransposeFace, infer: conv2dTransposeInfer, run: conv2dTransposeRun, emit: conv2dTransposeEmit },
  'conv-3d': { face: conv3dFace, infer: conv3dInfer, run: conv3dRun, emit: conv3dEmit },
  'conv-3d-transpose': { face: conv3dTransposeFace, infer: conv3dTransposeInfer, run: conv3dTransposeRun, emit: conv3dTransposeEmit },
  'conv-lstm-2d': { face: convLstm2dFace, infer: convLstm2dInfer, run: convLstm2dRun, emit: convLstm2dEmit },
  correlation: { face: correlationFace, infer: correlationInfer, run: correlationRun },
  'corrupt-labels': { face: corruptLabelsFace, infer: corruptLabelsInfer, run: corruptLabelsRun, emit: corruptLabelsEmit },
  cos: { face: cosFace, infer: cosInfer, run: cosRun, emit: cosEmit },
  cosine: { face: cosineFace, infer: cosineInfer, run: cosineRun },
  'cosine-similarity': { face: cosineSimilarityFace, infer: cosineSimilarityInfer, run: cosineSimilarityRun, emit: cosineSimilarityEmit },
  'crop-resize': { face: cropResizeFace, infer: cropResizeInfer, run: cropResizeRun, emit: cropResizeEmit },
  'cropping-1d': { face: cropping1dFace, infer: cropping1dInfer, run: cropping1dRun, emit: cropping1dEmit },
  'cropping-2d': { face: cropping2dFace, infer: cropping2dInfer, run: cropping2dRun, emit: cropping2dEmit },
  'cropping-3d': { face: cropping3dFace, infer: cropping3dInfer, run: cropping3dRun, emit: cropping3dEmit },
  'cross-entropy': { face: crossEntropyFace, infer: crossEntropyInfer, run: crossEntropyRun, emit: crossEntropyEmit },
  cumsum: { face: cumsumFace, infer: cumsumInfer, run: cumsumRun, emit: cumsumEmit },
  curve: { face: curveFace, infer: curveInfer, run: curveRun },
  dataset: { face: datasetFace, infer: datasetInfer },
  'decision-boundary': { face: decisionBoundaryFace, infer: decisionBoundaryInfer, run: decisionBoundaryRun },
  dense: { face: denseFace, infer: denseInfer, run: denseRun, emit: denseEmit },
  'depthwise-conv-1d': { face: depthwiseConv1dFace, infer: depthwiseConv1dInfer, run: depthwiseConv1dRun, emit: depthwiseConv1dEmit },
  'depthwise-conv-2d': { face: depthwiseConv2dFace, infer: depthwiseConv2dInfer, run: depthwiseConv2dRun, emit: depthwiseConv2dEmit },
  dice: { face: diceFace, infer: diceInfer, run: diceRun, emit: diceEmit },
  disentanglement: { face: disentanglementFace, infer: disentanglementInfer, run: disentanglementRun },
  divide: { face: divideFace, infer: divideInfer, run: divideRun, emit: divideEmit },
  dot: { face: dotFace, infer: dotInfer, run: dotRun, emit: dotEmit },
  dropout: { face: dropoutFace, infer: dropoutInfer, run: dropoutRun, emit: dropoutEmit },
  einsum: { face: einsumFace, infer: einsumInfer, run: einsumRun, emit: einsumEmit },
  'einsum-dense': { face: einsumDenseFace, infer: einsumDenseInfer, run: einsumDenseRun, emit: einsumDenseEmit },
  embedding: { face: embeddingFace, infer: embeddingInfer, run: embeddingRun, emit: embeddingEmit },
  erf: { face: erfFace, infer: erfInfer, run: erfRun, emit: erfEmit },
  'exact-match': { face: exactMatchFace, infer: exactMatchInfer, run: exactMatchRun },
  exp: { face: expFace, infer: expInfer, run: expRun, emit: expEmit },
  'expand-dims': { face: expandDimsFace, infer: expandDimsInfer, run: expandDimsRun, emit: expandDimsEmit },
  exponential: { face: exponentialFace, infer: exponentialInfer, run: exponentialRun },
  f1: { face: f1Face, infer: f1Infer, run: f1Run },
  flatten: { face: flattenFace, infer: flattenInfer, run: flattenRun, emit: flattenEmit },
  floor: { face: floorFace, infer: floorInfer, run: floorRun, emit: floorEmit },
  'floor-divide': { face: floorDivideFace, infer: floorDivideInfer, run: floorDivideRun, emit: floorDivideEmit },
  focal: { face: focalFace, infer: focalInfer, run: focalRun, emit: focalEmit },
  'fold-rows': { face: foldRowsFace, infer: foldRowsInfer, run: foldRowsRun, emit: foldRowsEmit },
  'gan-loss': { face: ganLossFace, infer: ganLossInfer, run: ganLossRun, emit: ganLossEmit },
  gather: { face: gatherFace, infer: gatherInfer, run: gatherRun, emit: gatherEmit },
  'gaussian-dropout': { face: gaussianDropoutFace, infer: gaussianDropoutInfer, run: gaussianDropoutRun, emit: gaussianDropoutEmit },
  'gaussian-nll': { face: gaussianNllFace, infer: gaussianNllInfer, run: gaussianNllRun, emit: gaussianNllEmit },
  'gaussian-noise': { face: gaussianNoiseFace, infer: gaussianNoiseInfer, run: gaussianNoiseRun, emit: gaussianNoiseEmit },
  'gaussian-sample': { face: gaussianSampleFace, infer: gaussianSampleInfer, run: gaussianSampleRun, emit: gaussianSampleEmit },
  generate: { face: generateFace, infer: generateInfer, run: generateRun, emit: generateEmit },
  'global-average-pool-1d': { face: globalAveragePool1dFace, infer: globalAveragePool1dInfer, run: globalAveragePool1dRun, emit: globalAveragePool1dEmit },
  'global-average-pool-2d': { face: globalAveragePool2dFace, infer: globalAveragePool2dInfer, run: globalAveragePool2dRun, emit: globalAveragePool2dEmit },
  'global-average-pool-3d': { face: globalAveragePool3dFace, infer: globalAveragePool3dInfer, run: globalAveragePool3dRun, emit: globalAveragePool3dEmit },
  'global-max-pool-1d': { face: globalMaxPool1dFace, infer: globalMaxPool1dInfer, run: globalMaxPool1dRun, emit: globalMaxPool1dEmit },
  'global-max-pool-2d': { face: globalMaxPool2dFace, infer: globalMaxPool2dInfer, run: globalMaxPool2dRun, emit: globalMaxPool2dEmit },
  'global-max-pool-3d': { face: globalMaxPool3dFace, infer: globalMaxPool3dInfer, run: globalMaxPool3dRun, emit: globalMaxPool3dEmit },
  glu: { face: gluFace, infer: gluInfer, run: gluRun, emit: gluEmit },
  gradient: { face: gradientFace, infer: gradientInfer, run: gradientRun, emit: gradientEmit },
  'group-gap': { face: groupGapFace, infer: groupGapInfer, run: groupGapRun },
  'group-norm': { face: groupNormFace, infer: groupNormInfer, run: groupNormRun, emit: groupNormEmit },
  gru: { face: gruFace, infer: gruInfer, run: gruRun, emit: gruEmit },
  hinge: { face: hingeFace, infer: hingeInfer, run: hingeRun, emit: hingeEmit },
  histogram: { face: histogramFace, infer: histogramInfer, run: histogramRun },
  history: { face: historyFace, infer: historyInfer, run: historyRun, emit: historyEmit },
  huber: { face: huberFace, infer: huberInfer, run: huberRun, emit: huberEmit },
  instance: { face: instanceFace, infer: instanceInfer },
  'instance-norm': { face: instanceNormFace, infer: instanceNormInfer, run: instanceNormRun, emit: instanceNormEmit },
  'iou-loss': { face: iouLossFace, infer: iouLossInfer, run: iouLossRun, emit: iouLossEmit },
  iterate: { face: iterateFace, infer: iterateInfer, run: iterateRun, emit: iterateEmit },
  'kl-divergence': { face: klDivergenceFace, infer: klDivergenceInfer, run: klDivergenceRun, emit: klDivergenceEmit },
  'kl-normal': { face: klNormalFace, infer: klNormalInfer, run: klNormalRun, emit: klNormalEmit },
  lamb: { face: lambFace, infer: lambInfer, run: lambRun },
  'latent-resampling': { face: latentResamplingFace, infer: latentResamplingInfer, run: latentResamplingRun },
  'layer-norm': { face: layerNormFace, infer: layerNormInfer, run: layerNormRun, emit: layerNormEmit },
  lerp: { face: lerpFace, infer: lerpInfer, run: lerpRun, emit: lerpEmit },
  'linear-ramp': { face: linearRampFace, infer: linearRampInfer, run: linearRampRun },
  lion: { face: lionFace, infer: lionInfer, run: lionRun },
  log: { face: logFace, infer: logInfer, run: logRun, emit: logEmit },
  'log-cosh': { face: logCoshFace, infer: logCoshInfer, run: logCoshRun, emit: logCoshEmit },
  'log-softmax': { face: logSoftmaxFace, infer: logSoftmaxInfer, run: logSoftmaxRun, emit: logSoftmaxEmit },
  'loss-sum': { face: lossSumFace, infer: lossSumInfer, run: lossSumRun, emit: lossSumEmit },
  lstm: { face: lstmFace, infer: lstmInfer, run: lstmRun, emit: lstmEmit },
  mae: { face: maeFace, infer: maeInfer, run: maeRun, emit: maeEmit },
  mape: { face: mapeFace, infer: mapeInfer, run: mapeRun, emit: mapeEmit },
  masking: { face: maskingFace, infer: maskingInfer, run: maskingRun, emit: maskingEmit },
  masks: { face: masksFace, infer: masksInfer, run: masksRun },
  matmul: { face: matmulFace, infer: matmulInfer, run: matmulRun, emit: matmulEmit },
  matrix: { face: matrixFace, infer: matrixInfer, run: matrixRun },
  'max-pool-1d': { face: maxPool1dFace, infer: maxPool1dInfer, run: maxPool1dRun, emit: maxPool1dEmit },
  'max-pool-2d': { face: maxPool2dFace, infer: maxPool2dInfer, run: maxPool2dRun, emit: maxPool2dEmit },
  'max-pool-3d': { face: maxPool3dFace, infer: maxPool3dInfer, run: maxPool3dRun, emit: maxPool3dEmit },
  maximum: { face: maximumFace, infer: maximumInfer, run: maximumRun, emit: maximumEmit },
  'mean-ap': { face: meanApFace, infer: meanApInfer, run: meanApRun },
  'mean-error': { face: meanErrorFace, infer: meanErrorInfer, run: meanErrorRun },
  'mean-iou': { face: meanIouFace, infer: meanIouInfer, run: meanIouRun },
  'mean-metric': { face: meanMetricFace, infer: meanMetricInfer, run: meanMetricRun },
  'minibatch-std': { face: minibatchStdFace, infer: minibatchStdInfer, run: minibatchStdRun, emit: minibatchStdEmit },
  minimum: { face: minimumFace, infer: minimumInfer, run: minimumRun, emit: minimumEmit },
  'mode-coverage': { face: modeCoverageFace, infer: modeCoverageInfer, run: modeCoverageRun },
  momentum: { face: momentumFace, infer: momentumInfer, run: momentumRun },
  mse: { face: mseFace, infer: mseInfer, run: mseRun, emit: mseEmit },
  msle: { face: msleFace, infer: msleInfer, run: msleRun, emit: msleEmit },
  'multi-head-attention': { face: multiHeadAttentionFace, infer: multiHeadAttentionInfer, run: multiHeadAttentionRun, emit: multiHeadAttentionEmit },
  multiply: { face: multiplyFace, infer: multiplyInfer, run: multiplyRun, emit: multiplyEmit },
  'n-gram': { face: nGramFace, infer: nGramInfer, run: nGramRun, emit: nGramEmit },
  nadam: { face: nadamFace, infer: nadamInfer, run: nadamRun },
  negate: { face: negateFace, infer: negateInfer, run: negateRun, emit: negateEmit },
  nms: { face: nmsFace, infer: nmsInfer, run: nmsRun, emit: nmsEmit },
  noise: { face: noiseFace, infer: noiseInfer, run: noiseRun },
  normalise: { face: normaliseFace, infer: normaliseInfer, run: normaliseRun, emit: normaliseEmit },
  'normalise-batch': { face: normaliseBatchFace, infer: normaliseBatchInfer, run: normaliseBatchRun, emit: normaliseBatchEmit },
  'not-padding': { face: notPaddingFace, infer: notPaddingInfer, run: notPaddingRun, emit: notPaddingEmit },
  'one-cycle': { face: oneCycleFace, infer: oneCycleInfer, run: oneCycleRun },
  'one-hot': { face: oneHotFace, infer: oneHotInfer, run: oneHotRun, emit: oneHotEmit },
  output: { face: outputFace, infer: outputInfer },
  pad: { face: padFace, infer: padInfer, run: padRun, emit: padEmit },
  parameter: { face: parameterFace, infer: parameterInfer, run: parameterRun, emit: parameterEmit },
  'percent-error': { face: percentErrorFace, infer: percentErrorInfer, run: percentErrorRun },
  permute: { face: permuteFace, infer: permuteInfer, run: permuteRun, emit: permuteEmit },
  perplexity: { face: perplexityFace, infer: perplexityInfer, run: perplexityRun },
  piecewise: { face: piecewiseFace, infer: piecewiseInfer, run: piecewiseRun },
  'pixel-norm': { face: pixelNormFace, infer: pixelNormInfer, run: pixelNormRun, emit: pixelNormEmit },
  'pixel-shuffle': { face: pixelShuffleFace, infer: pixelShuffleInfer, run: pixelShuffleRun, emit: pixelShuffleEmit },
  plateau: { face: plateauFace, infer: plateauInfer, run: plateauRun },
  poisson: { face: poissonFace, infer: poissonInfer, run: poissonRun, emit: poissonEmit },
  'policy-gradient': { face: policyGradientFace, infer: policyGradientInfer, run: policyGradientRun, emit: policyGradientEmit },
  population: { face: populationFace, infer: populationInfer, run: populationRun },
  'position-embedding': { face: positionEmbeddingFace, infer: positionEmbeddingInfer, run: positionEmbeddingRun, emit: positionEmbeddingEmit },
  'positional-encoding': { face: positionalEncodingFace, infer: positionalEncodingInfer, run: positionalEncodingRun, emit: positionalEncodingEmit },
  power: { face: powerFace, infer: powerInfer, run: powerRun, emit: powerEmit },
  precision: { face: precisionFace, infer: precisionInfer, run: precisionRun },
  prelu: { face: preluFace, infer: preluInfer, run: preluRun, emit: preluEmit },
  project: { face: projectFace, infer: projectInfer, run: projectRun, emit: projectEmit },
  'propose-regions': { face: proposeRegionsFace, infer: proposeRegionsInfer, run: proposeRegionsRun, emit: proposeRegionsEmit },
  quantile: { face: quantileFace, infer: quantileInfer, run: quantileRun, emit: quantileEmit },
  r2: { face: r2Face, infer: r2Infer, run: r2Run },
  recall: { face: recallFace, infer: recallInfer, run: recallRun },
  reciprocal: { face: reciprocalFace, infer: reciprocalInfer, run: reciprocalRun, emit: reciprocalEmit },
  reduce: { face: reduceFace, infer: reduceInfer, run: reduceRun, emit: reduceEmit },
  'reflection-padding-2d': { face: reflectionPadding2dFace, infer: reflectionPadding2dInfer, run: reflectionPadding2dRun, emit: reflectionPadding2dEmit },
  remainder: { face: remainderFace, infer: remainderInfer, run: remainderRun, emit: remainderEmit },
  repeat: { face: repeatFace, infer: repeatInfer, run: repeatRun, emit: repeatEmit },
  'repeat-rows': { face: repeatRowsFace, infer: repeatRowsInfer, run: repeatRowsRun, emit: repeatRowsEmit },
  rescaling: { face: rescalingFace, infer: rescalingInfer, run: rescalingRun, emit: rescalingEmit },
  reshape: { face: reshapeFace, infer: reshapeInfer, run: reshapeRun, emit: reshapeEmit },
  resize: { face: resizeFace, infer: resizeInfer, run: resizeRun, emit: resizeEmit },
  'rms-norm': { face: rmsNormFace, infer: rmsNormInfer, run: rmsNormRun, emit: rmsNormEmit },
  rmse: { face: rmseFace, infer: rmseInfer, run: rmseRun },
  rmsprop: { face: rmspropFace, infer: rmspropInfer, run: rmspropRun },
  'roi-align': { face: roiAlignFace, infer: roiAlignInfer, run: roiAlignRun, emit: roiAlignEmit },
  rollout: { face: rolloutFace, infer: rolloutInfer, run: rolloutRun },
  round: { face: roundFace, infer: roundInfer, run: roundRun, emit: roundEmit },
  'running-mean': { face: runningMeanFace, infer: runningMeanInfer, run: runningMeanRun, emit: runningMeanEmit },
  'sample-grid': { face: sampleGridFace, infer: sampleGridInfer, run: sampleGridRun },
  scatter: { face: scatterFace, infer: scatterInfer, run: scatterRun },
  select: { face: selectFace, infer: selectInfer, run: selectRun, emit: selectEmit },
  'separable-conv-1d': { face: separableConv1dFace, infer: separableConv1dInfer, run: separableConv1dRun, emit: separableConv1dEmit },
  'separable-conv-2d': { face: separableConv2dFace, infer: separableConv2dInfer, run: separableConv2dRun, emit: separableConv2dEmit },
  sgd: { face: sgdFace, infer: sgdInfer, run: sgdRun },
  'shift-right': { face: shiftRightFace, infer: shiftRightInfer, run: shiftRightRun, emit: shiftRightEmit },
  sign: { face: signFace, infer: signInfer, run: signRun, emit: signEmit },
  'simple-rnn': { face: simpleRnnFace, infer: simpleRnnInfer, run: simpleRnnRun, emit: simpleRnnEmit },
  sin: { face: sinFace, infer: sinInfer, run: sinRun, emit: sinEmit },
  slice: { face: sliceFace, infer: sliceInfer, run: sliceRun, emit: sliceEmit },
  'sliced-distance': { face: slicedDistanceFace, infer: slicedDistanceInfer, run: slicedDistanceRun },
  softmax: { face: softmaxFace, infer: softmaxInfer, run: softmaxRun, emit: softmaxEmit },
  'spatial-dropout-1d': { face: spatialDropout1dFace, infer: spatialDropout1dInfer, run: spatialDropout1dRun, emit: spatialDropout1dEmit },
  'spatial-dropout-2d': { face: spatialDropout2dFace, infer: spatialDropout2dInfer, run: spatialDropout2dRun, emit: spatialDropout2dEmit },
  'spatial-dropout-3d': { face: spatialDropout3dFace, infer: spatialDropout3dInfer, run: spatialDropout3dRun, emit: spatialDropout3dEmit },
  split: { face: splitFace, infer: splitInfer, run: splitRun, emit: splitEmit },
  sqrt: { face: sqrtFace, infer: sqrtInfer, run: sqrtRun, emit: sqrtEmit },
  square: { face: squareFace, infer: squareInfer, run: squareRun, emit: squareEmit },
  'squared-hinge': { face: squaredHingeFace, infer: squaredHingeInfer, run: squaredHingeRun, emit: squaredHingeEmit },
  squeeze: { face: squeezeFace, infer: squeezeInfer, run: squeezeRun, emit: squeezeEmit },
  stack: { face: stackFace, infer: stackInfer, run: stackRun, emit: stackEmit },
  stages: { face: stagesFace, infer: stagesInfer, run: stagesRun },
  'step-schedule': { face: stepScheduleFace, infer: stepScheduleInfer, run: stepScheduleRun },
  'stop-gradient': { face: stopGradientFace, infer: stopGradientInfer, run: stopGradientRun, emit: stopGradientEmit },
  'style-mix': { face: styleMixFace, infer: styleMixInfer, run: styleMixRun, emit: styleMixEmit },
  subtract: { face: subtractFace, infer: subtractInfer, run: subtractRun, emit: subtractEmit },
  switch: { face: switchFace, infer: switchInfer, run: switchRun, emit: switchEmit },
  'text-samples': { face: textSamplesFace, infer: textSamplesInfer, run: textSamplesRun },
  tile: { face: tileFace, infer: tileInfer, run: tileRun, emit: tileEmit },
  'time-distributed': { face: timeDistributedFace, infer: timeDistributedInfer, run: timeDistributedRun, emit: timeDistributedEmit },
  'top-k': { face: topKFace, infer: topKInfer, run: topKRun },
  'top-patches': { face: topPatchesFace, infer: topPatchesInfer, run: topPatchesRun },
  'top-values': { face: topValuesFace, infer: topValuesInfer, run: topValuesRun, emit: topValuesEmit },
  training: { face: trainingFace, infer: trainingInfer },
  trigonometry: { face: trigonometryFace, infer: trigonometryInfer, run: trigonometryRun, emit: trigonometryEmit },
  triplet: { face: tripletFace, infer: tripletInfer, run: tripletRun, emit: tripletEmit },
  tversky: { face: tverskyFace, infer: tverskyInfer, run: tverskyRun, emit: tverskyEmit },
  'uncertainty-sum': { face: uncertaintySumFace, infer: uncertaintySumInfer, run: uncertaintySumRun, emit: uncertaintySumEmit },
  'unit-norm': { face: unitNormFace, infer: unitNormInfer, run: unitNormRun, emit: unitNormEmit },
  unstack: { face: unstackFace, infer: unstackInfer, run: unstackRun, emit: unstackEmit },
  'upsampling-1d': { face: upsampling1dFace, infer: upsampling1dInfer, run: upsampling1dRun, emit: upsampling1dEmit },
  'upsampling-2d': { face: upsampling2dFace, infer: upsampling2dInfer, run: upsampling2dRun, emit: upsampling2dEmit },
  'upsampling-3d': { face: upsampling3dFace, infer: upsampling3dInfer, run: upsampling3dRun, emit: upsampling3dEmit },
  variance: { face: varianceFace, infer: varianceInfer, run: varianceRun },
  vectorise: { face: vectoriseFace, infer: vectoriseInfer, run: vectoriseRun, emit: vectoriseEmit },
  'warm-up': { face: warmUpFace, infer: warmUpInfer, run: warmUpRun },
  'weight-average': { face: weightAverageFace, infer: weightAverageInfer },
  'weight-penalty': { face: weightPenaltyFace, infer: weightPenaltyInfer, run: weightPenaltyRun, emit: weightPenaltyEmit },
  'zero-padding-1d': { face: zeroPadding1dFace, infer: zeroPadding1dInfer, run: zeroPadding1dRun, emit: zeroPadding1dEmit },
  'zero-padding-2d': { face: zeroPadding2dFace, infer: zeroPadding2dInfer, run: zeroPadding2dRun, emit: zeroPadding2dEmit },
  'zero-padding-3d': { face: zeroPadding3dFace, infer: zeroPadding3dInfer, run: zeroPadding3dRun, emit: zeroPadding3dEmit },
};
