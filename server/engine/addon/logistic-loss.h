// Binary cross-entropy of scores, and its gradient, on the processor.
#ifndef NETLOOM_LOGISTIC_LOSS_H_
#define NETLOOM_LOGISTIC_LOSS_H_

#include <cstddef>

namespace netloom {

// −t·log σ(x) − (1 − t)·log(1 − σ(x)) of scores x and answers t, and its gradient for x, σ(x) − t, `count` of each.
void ComputeLogisticLoss(const float *scores, const float *answers, size_t count, float *losses, float *gradients);

}  // namespace netloom

#endif  // NETLOOM_LOGISTIC_LOSS_H_
