#include "batch-norm.h"

#define BODY "batch-norm-rows.inc"
#include "each-set.inc"

namespace netloom {

const BatchNorm &BestBatchNorm() {
  static const BatchNorm &best = BEST(kBatchNorm);
  return best;
}

}  // namespace netloom
