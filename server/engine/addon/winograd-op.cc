// Convolutions of pictures by winograd.h as ops, and their gradients.
#include <algorithm>

#include "kernels.h"
#include "op.h"
#include "parallel.h"
#include "winograd.h"

namespace netloom {

namespace {

// `size`: rows and columns of what comes out.
struct Geometry {
  explicit Geometry(Attributes &attributes)
      : strides(attributes.Integers("strides")), pads(attributes.Integers("pads")), size(attributes.Integers("size")) {
    if (strides.size() != 2 || strides[0] != strides[1] || pads.size() != 2 || size.size() != 2)
      throw Failure("expected strides [s, s], pads [top, left] and size [height, width]");
  }

  Sizes strides, pads, size;
};

struct Options : Geometry {
  explicit Options(Attributes &attributes) : Geometry(attributes), relu(attributes.Flag("relu")) {}

  bool relu;
};

constexpr char kExpected[] =
    "expected pictures [count, height, width, channels] and a kernel [height, width, channels, features] of 3 × 3 with stride 1, or 4 "
    "to 6 rows and columns with stride 2, and multiples of 16 channels and features";

Tiling::Shape ShapeOf(const Geometry &options, const Sizes &x, const Sizes &kernel, const Sizes &y) {
  const bool fit = x.size() == 4 && kernel.size() == 4 && y.size() == 4 && x[0] == y[0] && kernel[2] == x[3] && kernel[3] == y[3];
  if (!fit) throw Failure(kExpected);
  const auto size = [](int64_t number) { return static_cast<size_t>(number); };
  const Tiling::Shape shape{size(x[0]),      size(x[1]),      size(x[2]),      size(x[3]),        size(y[1]),      size(y[2]),
                            size(y[3]),      size(kernel[0]), size(kernel[1]), options.strides[0], options.pads[0], options.pads[1]};
  if (!FitsWinograd(shape)) throw Failure(kExpected);
  return shape;
}

// Channels whose kernels are transformed at once.
constexpr size_t kChannels = 16;

// Where `bent`, there may be a kink at zero, and results that see nothing but zeros are none but that.
void Convolve(OpCall &call, const Tiling &tiling, const float *x, const float *taps, const float *bias, bool relu, bool bent, float *y) {
  const Winograd &winograd = BestWinograd();
  float *packed = call.Scratch(winograd.packed_size(tiling));
  const size_t results = tiling.out.height * tiling.out.width, pixels = tiling.in.height * tiling.in.width;
  const auto bytes = [&](size_t count) { return reinterpret_cast<unsigned char *>(call.Scratch((count + 3) / 4)); };
  const size_t looks = bent ? tiling.pictures : 0, packs = tiling.in.channels / kChannels;
  unsigned char *blank = bent ? bytes(looks * results) : nullptr, *seen = bent ? bytes(looks * pixels) : nullptr;
  InParallel(packs + looks, [&](size_t i) {
    if (i < packs) return winograd.pack(tiling, taps, i * kChannels, kChannels, packed);
    const size_t picture = i - packs;
    tiling.FindBlank(x, picture, seen + picture * pixels, blank + picture * results);
  });
  InParallel(tiling.blocks(), [&](size_t block) { winograd.convolve(tiling, x, packed, blank, bias, relu, y, block); });
}

void ComputeForward(OpCall &call, const Options &options) {
  enum { kX, kKernel, kBias };
  const Sizes x = call.InputSizes(kX), kernel = call.InputSizes(kKernel), bias = call.InputSizes(kBias);
  if (x.size() != 4 || kernel.size() != 4) throw Failure(kExpected);
  const Sizes y{x[0], options.size[0], options.size[1], kernel[3]};
  if (bias != Sizes{0} && bias != Sizes{kernel[3]}) throw Failure("expected a bias for each feature, or none");
  const Tiling tiling = Tiling::Forward(ShapeOf(options, x, kernel, y));
  const float *added = bias[0] > 0 ? call.Input(kBias) : nullptr;
  Convolve(call, tiling, call.Input(kX), call.Input(kKernel), added, options.relu, true, call.Output(0, y));
}

void ComputePictureGradient(OpCall &call, const Geometry &options) {
  enum { kKernel, kFlow };
  const Sizes flow = call.InputSizes(kFlow), kernel = call.InputSizes(kKernel);
  if (flow.size() != 4 || kernel.size() != 4) throw Failure(kExpected);
  const Sizes x{flow[0], options.size[0], options.size[1], kernel[2]};
  const Tiling tiling = Tiling::InputGradient(ShapeOf(options, x, kernel, flow));
  Convolve(call, tiling, call.Input(kFlow), call.Input(kKernel), nullptr, false, false, call.Output(0, x));
}

void ComputeKernelGradient(OpCall &call, const Geometry &options) {
  enum { kX, kFlow };
  enum { kKernelFlow, kBiasFlow };
  const Winograd &winograd = BestWinograd();
  const Sizes x = call.InputSizes(kX), flow = call.InputSizes(kFlow);
  if (x.size() != 4 || flow.size() != 4) throw Failure(kExpected);
  const Sizes kernel{options.size[0], options.size[1], x[3], flow[3]};
  const Tiling tiling = Tiling::KernelGradient(ShapeOf(options, x, kernel, flow));
  const size_t size = winograd.gradient_size(tiling), blocks = tiling.blocks(), parts = tiling.parts;
  float *sums = call.Scratch(parts * size);
  float *taps = call.Output(kKernelFlow, kernel), *bias = call.Output(kBiasFlow, {flow[3]});
  const float *pictures = call.Input(kX), *flows = call.Input(kFlow);
  InParallel(parts, [&](size_t part) {
    winograd.gradient(tiling, pictures, flows, part * blocks / parts, (part + 1) * blocks / parts, sums + part * size);
  });
  InParallel(tiling.in.channels / kChannels,
             [&](size_t i) { winograd.finish(tiling, sums, parts, i * kChannels, kChannels, taps, i == 0 ? bias : nullptr); });
}

}  // namespace

void RegisterWinograd() {
  // Shapes hang on attributes, which TensorFlow's C API does not show to what infers them.
  const auto unknown = TF_ShapeInferenceContextSetUnknownShape;
  const std::initializer_list<const char *> geometry{"strides: list(int)", "pads: list(int)", "size: list(int)"};
  Register({"NetloomWinograd",
            {"pictures: float", "kernel: float", "bias: float"},
            {"made: float"},
            {"strides: list(int)", "pads: list(int)", "size: list(int)", "relu: bool"},
            unknown,
            kWith<Options, ComputeForward>});
  Register({"NetloomWinogradKernelGrad",
            {"pictures: float", "flow: float"},
            {"kernel: float", "bias: float"},
            geometry,
            unknown,
            kWith<Geometry, ComputeKernelGradient>});
  Register({"NetloomWinogradPictureGrad",
            {"kernel: float", "flow: float"},
            {"pictures: float"},
            geometry,
            unknown,
            kWith<Geometry, ComputePictureGradient>});
}

}  // namespace netloom
