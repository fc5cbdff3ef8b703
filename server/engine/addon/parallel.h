// Threads of our own kernels: TensorFlow's C API hands its own to nobody.
#ifndef NETLOOM_PARALLEL_H_
#define NETLOOM_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace netloom {

// As many as TensorFlow uses within an op (TF_NUM_INTRAOP_THREADS), else one for each processor.
size_t Threads();

// Calls `part` for 0 … count - 1, on this thread and others, and returns when all are done. Where the others are at work for
// somebody else, on this thread alone.
void InParallel(size_t count, const std::function<void(size_t)> &part);

}  // namespace netloom

#endif  // NETLOOM_PARALLEL_H_
