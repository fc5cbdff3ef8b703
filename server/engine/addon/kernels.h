#ifndef NETLOOM_KERNELS_H_
#define NETLOOM_KERNELS_H_

namespace netloom {

// Makes our ops known to TensorFlow, graphs and eager calls alike. Once for each process; throws `Failure`.
void RegisterKernels();

// Those of each file `…-op.cc`.
void RegisterBatchNorm();
void RegisterFewChannels();
void RegisterLogisticLoss();
void RegisterLstm();
void RegisterMultiply();
void RegisterWinograd();

}  // namespace netloom

#endif  // NETLOOM_KERNELS_H_
