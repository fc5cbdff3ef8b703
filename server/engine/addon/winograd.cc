#include "winograd.h"

#include <algorithm>
#include <cmath>
#include <vector>

#define BODY "winograd-tiles.inc"
#include "each-set.inc"

namespace netloom {

bool Tiling::Needs(size_t phase, size_t place) const {
  const auto reached = [&](size_t at, size_t first, size_t kernel) {
    // Two taps of three leave out the last place, or the first from behind.
    const bool third = stride * (kTaps - 1) + first < kernel;
    return third || at != (from_behind ? 0 : kWidth - 1);
  };
  return reached(place / kWidth, phase / stride, kernel_high) && reached(place % kWidth, phase % stride, kernel_wide);
}

size_t Tiling::Depth(size_t place) const {
  if (in.phases == 1) return in.channels;
  size_t depth = 0;
  for (size_t phase = 0; phase < in.phases; phase++)
    if (Needs(phase, place)) depth += in.channels;
  return depth;
}

void Tiling::FindBlank(const float *pictures, size_t picture, unsigned char *seen, unsigned char *blank) const {
  const float *pixel = pictures + picture * in.height * in.width * in.channels;
  for (long i = 0; i < in.height * in.width; i++, pixel += in.channels)
    seen[i] = std::any_of(pixel, pixel + in.channels, [](float number) { return number != 0; });
  const auto sees = [&](long row, long column) {
    for (long r = std::max(row, 0L); r < std::min(row + static_cast<long>(kernel_high), in.height); r++)
      for (long c = std::max(column, 0L); c < std::min(column + static_cast<long>(kernel_wide), in.width); c++)
        if (seen[r * in.width + c]) return true;
    return false;
  };
  for (long i = 0; i < out.height; i++)
    for (long j = 0; j < out.width; j++) blank[i * out.width + j] = !sees(stride * i + in.top[0], stride * j + in.left[0]);
}

namespace {

size_t TilesOf(long size) { return (static_cast<size_t>(size) + kMade - 1) / kMade; }

// As few as products are computed of at once: many blocks are shared evenly among threads, and all places of one stay in a
// processor's second cache.
size_t BlockOf(const Tiling &tiling) { return tiling.out.channels % 32 == 0 ? 12 : 24; }

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
  tiling.tiles_high = TilesOf(shape.high);
  tiling.tiles_wide = TilesOf(shape.wide);
  tiling.kernel_high = shape.kernel_high;
  tiling.kernel_wide = shape.kernel_wide;
  tiling.stride = s;
  tiling.block = BlockOf(tiling);
  return tiling;
}

Tiling Tiling::KernelGradient(const Shape &shape) {
  // Sums that do not fit into the cache are better visited seldom, and few.
  constexpr size_t kLarge = 200'000, kFewParts = 4, kManyTiles = 96, kParts = 8, kTiles = 24;
  Tiling tiling = Forward(shape);
  size_t sums = 0;
  for (size_t place = 0; place < kPlaces; place++) sums += tiling.Depth(place) * shape.features;
  const bool large = sums > kLarge;
  const size_t parts = std::min(tiling.tiles(), large ? kFewParts : kParts), most = large ? kManyTiles : kTiles;
  const auto shares = [](size_t count, size_t among) { return (count + among - 1) / among; };
  const size_t part = shares(tiling.tiles(), parts);
  tiling.block = shares(part, shares(part, most));
  tiling.parts = std::min(parts, tiling.blocks());
  return tiling;
}

Tiling Tiling::InputGradient(const Shape &shape) {
  const long s = shape.stride, back = static_cast<long>(kTaps) - 1;
  // Places of all phases before these are outside.
  const long top = shape.top / s, left = shape.left / s;
  const auto places = [&](size_t size, long pad) { return (static_cast<long>(size) - 1 + pad) / s + 1 - pad / s; };
  Tiling tiling{};
  tiling.in = {static_cast<long>(shape.high), static_cast<long>(shape.wide), shape.features, 1, 1, {top - back}, {left - back}};
  tiling.out = {static_cast<long>(shape.height), static_cast<long>(shape.width), shape.channels, static_cast<size_t>(s * s), s, {}, {}};
  for (long phase = 0; phase < s * s; phase++) {
    tiling.out.top[phase] = s * top + phase / s - shape.top;
    tiling.out.left[phase] = s * left + phase % s - shape.left;
  }
  tiling.pictures = shape.pictures;
  tiling.tiles_high = TilesOf(places(shape.height, shape.top));
  tiling.tiles_wide = TilesOf(places(shape.width, shape.left));
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
