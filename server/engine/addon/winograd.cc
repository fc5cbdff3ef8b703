#include "winograd.h"

#include <cmath>
#include <vector>

#define BODY "winograd-tiles.inc"
#include "each-set.inc"

namespace netloom {

bool Tiling::Needs(size_t phase, size_t place) const {
  const auto reached = [&](size_t at, size_t first, size_t kernel) {
    // Two taps of three leave out the last place, or the first from behind.
    const bool third = stride * 2 + static_cast<long>(first) < static_cast<long>(kernel);
    return third || at != (from_behind ? 0u : 3u);
  };
  return reached(place / 4, phase / stride, kernel_high) && reached(place % 4, phase % stride, kernel_wide);
}

size_t Tiling::Depth(size_t place) const {
  if (in.phases == 1) return in.channels;
  size_t depth = 0;
  for (size_t phase = 0; phase < in.phases; phase++)
    if (Needs(phase, place)) depth += in.channels;
  return depth;
}

namespace {

size_t Halves(long size) { return static_cast<size_t>((size + 1) / 2); }

// Both are in the second cache, with a part of the kernel.
constexpr size_t kCached = 450'000, kMost = 48, kLeast = 24;

size_t BlockOf(Tiling tiling) {
  size_t numbers = kPlaces * tiling.out.phases * tiling.out.channels;
  for (size_t place = 0; place < kPlaces; place++) numbers += tiling.Depth(place);
  return numbers * kMost * sizeof(float) > kCached ? kLeast : kMost;
}

}  // namespace

Tiling Tiling::Forward(const Shape &shape) {
  const long s = shape.stride;
  Tiling tiling{};
  tiling.in = {static_cast<long>(shape.height), static_cast<long>(shape.width), shape.channels, static_cast<size_t>(s * s), s, {}, {}};
  for (long phase = 0; phase < s * s; phase++) {
    tiling.in.top[phase] = phase / s - shape.top;
    tiling.in.left[phase] = phase % s - shape.left;
  }
  tiling.out = {static_cast<long>(shape.high), static_cast<long>(shape.wide), shape.features, 1, 1, {}, {}};
  tiling.pictures = shape.pictures;
  tiling.tiles_high = Halves(shape.high);
  tiling.tiles_wide = Halves(shape.wide);
  tiling.kernel_high = shape.kernel_high;
  tiling.kernel_wide = shape.kernel_wide;
  tiling.stride = s;
  tiling.block = BlockOf(tiling);
  return tiling;
}

Tiling Tiling::InputGradient(const Shape &shape) {
  const long s = shape.stride;
  Tiling tiling{};
  tiling.in = {static_cast<long>(shape.high), static_cast<long>(shape.wide), shape.features, 1, 1, {-2}, {-2}};
  tiling.out = {static_cast<long>(shape.height), static_cast<long>(shape.width), shape.channels, static_cast<size_t>(s * s), s, {}, {}};
  for (long phase = 0; phase < s * s; phase++) {
    tiling.out.top[phase] = phase / s - shape.top;
    tiling.out.left[phase] = phase % s - shape.left;
  }
  tiling.pictures = shape.pictures;
  tiling.tiles_high = Halves((static_cast<long>(shape.height) - 1 + shape.top) / s + 1);
  tiling.tiles_wide = Halves((static_cast<long>(shape.width) - 1 + shape.left) / s + 1);
  tiling.kernel_high = shape.kernel_high;
  tiling.kernel_wide = shape.kernel_wide;
  tiling.stride = s;
  tiling.from_behind = true;
  tiling.block = BlockOf(tiling);
  return tiling;
}

bool FitsWinograd(const Tiling::Shape &shape) {
  const auto fits = [&](size_t kernel) { return shape.stride == 1 ? kernel == 3 : shape.stride == 2 && kernel >= 4 && kernel <= 6; };
  return shape.channels % 16 == 0 && shape.features % 16 == 0 && shape.channels > 0 && shape.features > 0 &&
         fits(shape.kernel_high) && fits(shape.kernel_wide);
}

const Winograd &BestWinograd() {
  static const Winograd &best = BEST(kWinograd);
  return best;
}

}  // namespace netloom
