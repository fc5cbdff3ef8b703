// Convolutions of pictures by minimal filtering: Winograd's F(4×4, 3×3), Lavin and Gray 2016 (arXiv:1509.09308).
#ifndef NETLOOM_WINOGRAD_H_
#define NETLOOM_WINOGRAD_H_

#include <cstddef>

namespace netloom {

// A stride of 2 takes kernels of up to 6 × 6 apart into four phases of up to 3 × 3.
constexpr size_t kPhases = 4;
// A tile of kMade × kMade results of kTaps × kTaps taps needs kWidth × kWidth inputs, and becomes as many places that are
// multiplied: 36 products instead of 144.
constexpr size_t kMade = 4, kTaps = 3, kWidth = kMade + kTaps - 1, kPlaces = kWidth * kWidth;

// Pictures [count, height, width, channels], row-major float32. Of tile (i, j), phase p has the rows
// scale · (kMade · i + r) + top[p] and the columns scale · (kMade · j + c) + left[p]; what lies outside is zero.
struct Side {
  long height, width;
  size_t channels, phases;
  long scale, top[kPhases], left[kPhases];
};

// A convolution by tiles. Either side has the phases of a stride: `in` for results and for the gradient of the kernel, `out`
// for the gradient of the input, where the taps of the kernel are taken from behind.
struct Tiling {
  Side in, out;
  size_t pictures, tiles_high, tiles_wide;
  size_t kernel_high, kernel_wide;
  long stride;
  bool from_behind;
  // Tiles that are transformed at once.
  size_t block;
  // Of the gradient of the kernel: sums that are made apart and then added, so that it is the same however many threads there are.
  size_t parts;

  // The kernel [kernel_high, kernel_wide, channels, features] and its pads; what it makes is [pictures, high, wide, features].
  // `input` sides are [pictures, height, width, channels].
  struct Shape {
    size_t pictures, height, width, channels, high, wide, features;
    size_t kernel_high, kernel_wide;
    long stride, top, left;
  };
  static Tiling Forward(const Shape &shape);
  static Tiling InputGradient(const Shape &shape);
  static Tiling KernelGradient(const Shape &shape);

  // Of a picture, which results see nothing but zeros: 1 for each of them, [out.height, out.width]. `seen`: room for
  // [in.height, in.width].
  void FindBlank(const float *in, size_t picture, unsigned char *seen, unsigned char *blank) const;

  size_t tiles() const { return pictures * tiles_high * tiles_wide; }
  size_t blocks() const { return (tiles() + block - 1) / block; }
  // Whether a phase has a tap that this place, by row or column, gets something from.
  bool Needs(size_t phase, size_t place) const;
  // How many vectors of `in` channels are multiplied for a place.
  size_t Depth(size_t place) const;
};

// What can be computed: a stride of 1 with kernels of 3 × 3, or 2 with 4 to 6 rows and columns; channels and features that are
// multiples of 16.
bool FitsWinograd(const Tiling::Shape &shape);

// For one instruction set.
struct Winograd {
  // Numbers of the transformed kernel, and that of some channels of `in`.
  size_t (*packed_size)(const Tiling &);
  void (*pack)(const Tiling &, const float *kernel, size_t channel, size_t channels, float *packed);
  // Block `block` of tiles. `bias`: of the channels of `out`, or null. Where `blank` says so, for results of all pictures, the sum
  // is zero and not what is left of rounding: ReLU has a kink there. Null: nowhere.
  void (*convolve)(const Tiling &, const float *in, const float *packed, const unsigned char *blank, const float *bias, bool relu,
                   float *out, size_t block);
  // Numbers of a transformed gradient of the kernel with that of the bias, and these of blocks [begin, end) with `flow` into `out`.
  size_t (*gradient_size)(const Tiling &);
  void (*gradient)(const Tiling &, const float *in, const float *flow, size_t begin, size_t end, float *transformed);
  // Of some channels of `in`, the gradient of the kernel from `parts` transformed ones behind each other, and that of the bias
  // where it is not null.
  void (*finish)(const Tiling &, const float *transformed, size_t parts, size_t channel, size_t channels, float *kernel, float *bias);
};

const Winograd &BestWinograd();

}  // namespace netloom

#endif  // NETLOOM_WINOGRAD_H_
