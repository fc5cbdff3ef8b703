// Batch norm of rows of channels, such as the pixels of pictures, and its gradient, on the processor.
#ifndef NETLOOM_BATCH_NORM_H_
#define NETLOOM_BATCH_NORM_H_

#include <cstddef>

namespace netloom {

// For one instruction set. Rows of `channels`, a multiple of 16, are row-major float32; numbers of channels are [channels].
struct BatchNorm {
  // The means of rows, and the sums of the squares of what they are off (Chan, Golub and LeVeque 1979).
  void (*statistics)(const float *x, size_t rows, size_t channels, float *mean, float *squares);
  // y = x · scale + shift, and what `added` has if that is not null, by ReLU where that is wanted.
  void (*normalise)(const float *x, size_t rows, size_t channels, const float *scale, const float *shift, const float *added,
                    bool relu, float *y);
  // Adds to the sums of what flows into y, and of that times x - mean. `shift`: what flows passes only where x · scale + shift is
  // above zero, or null.
  void (*sums)(const float *flow, const float *x, size_t rows, size_t channels, const float *mean, const float *scale,
               const float *shift, float *flows, float *products);
  // What flows into x: flow · scale + (x - mean) · slope + level.
  void (*gradient)(const float *flow, const float *x, size_t rows, size_t channels, const float *mean, const float *scale,
                   const float *shift, const float *slope, const float *level, float *back);
};

// The best that this processor knows.
const BatchNorm &BestBatchNorm();

}  // namespace netloom

#endif  // NETLOOM_BATCH_NORM_H_
