#include "kernels.h"

namespace netloom {

void RegisterKernels() {
  static const bool registered = [] {
    RegisterBatchNorm();
    RegisterFewChannels();
    RegisterLogisticLoss();
    RegisterLstm();
    RegisterMultiply();
    RegisterWinograd();
    return true;
  }();
  static_cast<void>(registered);
}

}  // namespace netloom
