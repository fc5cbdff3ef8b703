#include "lstm.h"

#define BODY "lstm-rows.inc"
#include "each-set.inc"

namespace netloom {

const Lstm &BestLstm() {
  static const Lstm &best = BEST(kLstm);
  return best;
}

}  // namespace netloom
