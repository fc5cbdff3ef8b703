// Convolutions of pictures with few channels, such as those of a data set, and their gradients, on the processor.
#ifndef NETLOOM_FEW_CHANNELS_H_
#define NETLOOM_FEW_CHANNELS_H_

#include <cstddef>
#include <cstdint>

namespace netloom {

// Sizes of one picture [high, wide, channels], of the kernel [kernel_high, kernel_wide, channels, features] and of the result
// [made_high, made_wide, features]. `above`, `left`: rows and columns of zeros before the picture. All is row-major float32.
struct Convolution {
  size_t high, wide, channels, kernel_high, kernel_wide, made_high, made_wide, features;
  size_t stride_down, stride_right, above, left;

  // Of a picture with the zeros around it, as far as the kernel comes.
  size_t padded_high() const { return (made_high - 1) * stride_down + kernel_high; }
  size_t padded_row() const { return ((made_wide - 1) * stride_right + kernel_wide) * channels; }
  size_t padded() const { return padded_high() * padded_row(); }
  // Numbers of a picture and of its result.
  size_t picture() const { return high * wide * channels; }
  size_t made() const { return made_high * made_wide * features; }
  // Of a feature.
  size_t taps() const { return kernel_high * kernel_wide * channels; }
};

// For one instruction set. Pictures are computed one by one, so that numbers do not depend on how they are shared out.
struct FewChannels {
  // Floats that it computes with at once.
  size_t lanes;
  // `packed` has room for the taps of as many features as whole vectors hold.
  void (*pack)(const Convolution &, const float *kernel, float *packed);
  // Without a bias where that is null. `scratch`: a padded picture.
  void (*convolve)(const Convolution &, const float *pictures, const float *packed, const float *bias, bool relu, size_t count,
                   float *made, float *scratch);
  // Adds to the gradients of kernel [taps, features] and bias, whose features fill whole vectors. `scratch`: a padded picture, and
  // whole vectors for what flows back from one.
  void (*kernel_gradient)(const Convolution &, const float *pictures, const float *flow, size_t count, float *kernel, float *bias,
                          float *scratch);
  // `packed` has room for the features of as many taps as whole vectors hold.
  void (*pack_turned)(const Convolution &, const float *kernel, float *packed);
  // What flows into the pictures. `scratch`: a padded picture, and so many taps for each column of
  // the result.
  void (*picture_gradient)(const Convolution &, const float *flow, const float *packed, size_t count, float *pictures,
                           float *scratch);
  // With ReLU and the largest of each window of 2 × 2 pixels behind it, for features by sixteens and even sizes: `where` in its
  // window that was, from 0 to 3 row by row, or kNowhere if no pixel was above zero. `scratch`: a padded picture.
  void (*pack_pooled)(const Convolution &, const float *kernel, float *packed);
  void (*convolve_pooled)(const Convolution &, const float *pictures, const float *packed, const float *bias, size_t count,
                          float *made, uint8_t *where, float *scratch);
  // Adds to the gradients of kernel [taps, features] and bias by what flows into the windows.
  void (*pooled_kernel_gradient)(const Convolution &, const float *pictures, const float *flow, const uint8_t *where, size_t count,
                                 float *kernel, float *bias, float *scratch);
};

constexpr uint8_t kNowhere = 4;

// The best that this processor knows.
const FewChannels &BestFewChannels();

}  // namespace netloom

#endif  // NETLOOM_FEW_CHANNELS_H_
