#include "logistic-loss.h"

#include "parallel.h"

#define BODY "logistic-loss.inc"
#include "each-set.inc"

namespace netloom {

void ComputeLogisticLoss(const float *scores, const float *answers, size_t count, float *losses, float *gradients) {
  static const auto best = BEST(kLogisticLoss);
  // Less is not worth a second thread; whole vectors on every processor.
  constexpr size_t kSome = 16384;
  const auto part = [&](size_t i) {
    const size_t at = i * kSome;
    best(scores + at, answers + at, std::min(kSome, count - at), losses + at, gradients + at);
  };
  const size_t parts = (count + kSome - 1) / kSome;
  if (parts > 1) return InParallel(parts, part);
  if (parts == 1) part(0);
}

}  // namespace netloom
