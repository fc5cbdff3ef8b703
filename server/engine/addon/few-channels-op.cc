// Convolutions of pictures with few channels as ops: the convolution, and the gradients of its kernel and of its pictures.
#include <algorithm>

#include "few-channels.h"
#include "kernels.h"
#include "op.h"
#include "parallel.h"

namespace netloom {

namespace {

// Rows and columns each. `pads`: zeros before the picture; `size`: of what the op gives.
struct Geometry {
  Sizes strides, pads, size;

  explicit Geometry(Attributes &attributes)
      : strides(attributes.Integers("strides")), pads(attributes.Integers("pads")), size(attributes.Integers("size")) {
    const auto least = [](const Sizes &pair, int64_t bound) { return pair.size() == 2 && pair[0] >= bound && pair[1] >= bound; };
    if (!least(strides, 1) || !least(pads, 0) || !least(size, 1))
      throw Failure("expected two strides, two pads and two sizes, of rows and columns");
  }
};

struct Options : Geometry {
  bool relu;

  explicit Options(Attributes &attributes) : Geometry(attributes), relu(attributes.Flag("relu")) {}
};

struct Call {
  size_t pictures;
  Convolution of;
};

// By sizes of pictures [count, high, wide, channels], of the kernel and of the result.
Call CallOf(const Geometry &geometry, const Sizes &pictures, const Sizes &kernel, const Sizes &made) {
  if (pictures.size() != 4 || kernel.size() != 4 || made.size() != 4 || pictures[3] != kernel[2] || kernel[3] != made[3] ||
      pictures[0] != made[0] || Count(made) == 0 || Count(kernel) == 0)
    throw Failure("expected pictures [count, high, wide, channels], a kernel [high, wide, channels, features] and what they make");
  const auto at = [](const Sizes &sizes, int axis) { return static_cast<size_t>(sizes[axis]); };
  return {at(pictures, 0),
          {at(pictures, 1), at(pictures, 2), at(pictures, 3), at(kernel, 0), at(kernel, 1), at(made, 1), at(made, 2), at(made, 3),
           at(geometry.strides, 0), at(geometry.strides, 1), at(geometry.pads, 0), at(geometry.pads, 1)}};
}

// A number of its own, so that sums do not depend on that of threads.
constexpr size_t kParts = 16;

// Calls `run` with a part, its first picture and how many. Little is done on one thread.
template <class Run>
void InParts(const Call &call, const Run &run) {
  constexpr size_t kFew = 1'000'000;
  const size_t parts = std::min(kParts, call.pictures), operations = call.pictures * call.of.made_high * call.of.made_wide *
                                                                    call.of.taps() * call.of.features;
  const auto part = [&](size_t i) {
    const size_t first = call.pictures * i / parts;
    run(i, first, call.pictures * (i + 1) / parts - first);
  };
  if (operations >= kFew) return InParallel(parts, part);
  for (size_t i = 0; i < parts; i++) part(i);
}

size_t RoundedUp(size_t count, const FewChannels &few) { return (count + few.lanes - 1) / few.lanes * few.lanes; }

// Gives the gradients of kernel and bias: `run` adds those of some pictures to sums of `wide` features.
template <class Run>
void GiveSums(OpCall &op, const Call &call, size_t wide, const Run &run) {
  const Convolution &of = call.of;
  // The last row of each part is the bias.
  const size_t rows = of.taps() + 1, size = rows * wide;
  float *sums = op.Scratch(kParts * size);
  std::fill(sums, sums + kParts * size, 0.0f);
  InParts(call, [&](size_t part, size_t first, size_t count) {
    run(part, first, count, sums + part * size, sums + part * size + of.taps() * wide);
  });
  for (size_t part = 1; part < kParts; part++)
    for (size_t i = 0; i < size; i++) sums[i] += sums[part * size + i];
  const auto sized = [](auto... sizes) { return Sizes{static_cast<int64_t>(sizes)...}; };
  float *to = op.Output(0, sized(of.kernel_high, of.kernel_wide, of.channels, of.features));
  for (size_t tap = 0; tap < of.taps(); tap++) std::copy_n(sums + tap * wide, of.features, to + tap * of.features);
  std::copy_n(sums + of.taps() * wide, of.features, op.Output(1, sized(of.features)));
}

// What windows of 2 × 2 pixels are taken from.
Sizes PooledFrom(const Sizes &windows) {
  if (windows[3] % 16 != 0) throw Failure("expected features by sixteens where they are pooled");
  return {windows[0], 2 * windows[1], 2 * windows[2], windows[3]};
}

void ComputeConvolution(OpCall &op, const Options &options) {
  enum { kPictures, kKernel, kBias };
  const FewChannels &few = BestFewChannels();
  const Sizes pictures = op.InputSizes(kPictures), kernel = op.InputSizes(kKernel), bias = op.InputSizes(kBias);
  if (pictures.size() != 4 || kernel.size() != 4) throw Failure("expected pictures and a kernel of four axes");
  const Sizes made{pictures[0], options.size[0], options.size[1], kernel[3]};
  const Call call = CallOf(options, pictures, kernel, made);
  const Convolution &of = call.of;
  if (bias != Sizes{0} && bias != Sizes{kernel[3]}) throw Failure("expected a bias for each feature, or none");
  float *packed = op.Scratch(of.taps() * RoundedUp(of.features, few)), *scratch = op.Scratch(kParts * of.padded());
  few.pack(of, op.Input(kKernel), packed);
  const float *from = op.Input(kPictures), *added = bias[0] == 0 ? nullptr : op.Input(kBias);
  float *to = op.Output(0, made);
  InParts(call, [&](size_t part, size_t first, size_t count) {
    few.convolve(of, from + first * of.picture(), packed, added, options.relu, count, to + first * of.made(),
                 scratch + part * of.padded());
  });
}

void ComputeKernelGradient(OpCall &op, const Geometry &geometry) {
  enum { kPictures, kFlow };
  const FewChannels &few = BestFewChannels();
  const Sizes pictures = op.InputSizes(kPictures), flow = op.InputSizes(kFlow);
  if (pictures.size() != 4 || flow.size() != 4) throw Failure("expected pictures and what flows back of four axes");
  const Sizes kernel{geometry.size[0], geometry.size[1], pictures[3], flow[3]};
  const Call call = CallOf(geometry, pictures, kernel, flow);
  const Convolution &of = call.of;
  const size_t wide = RoundedUp(of.features, few),
               room = of.padded() + (wide == of.features ? 0 : of.made_high * of.made_wide * wide);
  float *scratch = op.Scratch(kParts * room);
  const float *from = op.Input(kPictures), *back = op.Input(kFlow);
  GiveSums(op, call, wide, [&](size_t part, size_t first, size_t count, float *kernel_sums, float *bias_sums) {
    few.kernel_gradient(of, from + first * of.picture(), back + first * of.made(), count, kernel_sums, bias_sums,
                        scratch + part * room);
  });
}

void ComputePooledConvolution(OpCall &op, const Geometry &geometry) {
  enum { kPictures, kKernel, kBias };
  const FewChannels &few = BestFewChannels();
  const Sizes pictures = op.InputSizes(kPictures), kernel = op.InputSizes(kKernel), bias = op.InputSizes(kBias);
  if (pictures.size() != 4 || kernel.size() != 4) throw Failure("expected pictures and a kernel of four axes");
  const Call call = CallOf(geometry, pictures, kernel, PooledFrom({pictures[0], geometry.size[0], geometry.size[1], kernel[3]}));
  const Convolution &of = call.of;
  if (bias != Sizes{0} && bias != Sizes{kernel[3]}) throw Failure("expected a bias for each feature, or none");
  float *packed = op.Scratch(of.taps() * of.features), *scratch = op.Scratch(kParts * of.padded());
  few.pack_pooled(of, op.Input(kKernel), packed);
  const float *from = op.Input(kPictures), *added = bias[0] == 0 ? nullptr : op.Input(kBias);
  const Sizes windows{pictures[0], geometry.size[0], geometry.size[1], kernel[3]};
  float *to = op.Output(0, windows);
  uint8_t *where = op.OutputBytes(1, windows);
  const size_t each = of.made() / 4;
  InParts(call, [&](size_t part, size_t first, size_t count) {
    few.convolve_pooled(of, from + first * of.picture(), packed, added, count, to + first * each, where + first * each,
                        scratch + part * of.padded());
  });
}

void ComputePooledKernelGradient(OpCall &op, const Geometry &geometry) {
  enum { kPictures, kFlow, kWhere };
  const FewChannels &few = BestFewChannels();
  const Sizes pictures = op.InputSizes(kPictures), flow = op.InputSizes(kFlow);
  if (pictures.size() != 4 || flow.size() != 4) throw Failure("expected pictures and what flows back of four axes");
  const Sizes kernel{geometry.size[0], geometry.size[1], pictures[3], flow[3]};
  const Call call = CallOf(geometry, pictures, kernel, PooledFrom(flow));
  const Convolution &of = call.of;
  if (op.InputSizes(kWhere) != flow) throw Failure("expected a place in each window that something flows into");
  const float *from = op.Input(kPictures), *back = op.Input(kFlow);
  const uint8_t *where = op.InputBytes(kWhere);
  const size_t each = of.made() / 4;
  float *scratch = op.Scratch(kParts * of.padded());
  GiveSums(op, call, of.features, [&](size_t part, size_t first, size_t count, float *kernel_sums, float *bias_sums) {
    few.pooled_kernel_gradient(of, from + first * of.picture(), back + first * each, where + first * each, count, kernel_sums,
                               bias_sums, scratch + part * of.padded());
  });
}

void ComputePictureGradient(OpCall &op, const Geometry &geometry) {
  enum { kKernel, kFlow };
  const FewChannels &few = BestFewChannels();
  const Sizes kernel = op.InputSizes(kKernel), flow = op.InputSizes(kFlow);
  if (kernel.size() != 4 || flow.size() != 4) throw Failure("expected a kernel and what flows back of four axes");
  const Sizes pictures{flow[0], geometry.size[0], geometry.size[1], kernel[2]};
  const Call call = CallOf(geometry, pictures, kernel, flow);
  const Convolution &of = call.of;
  const size_t taps = RoundedUp(of.taps(), few), room = of.padded() + of.made_wide * taps;
  float *packed = op.Scratch(taps * of.features), *scratch = op.Scratch(kParts * room);
  few.pack_turned(of, op.Input(kKernel), packed);
  const float *back = op.Input(kFlow);
  float *to = op.Output(0, pictures);
  InParts(call, [&](size_t part, size_t first, size_t count) {
    few.picture_gradient(of, back + first * of.made(), packed, count, to + first * of.picture(), scratch + part * room);
  });
}

}  // namespace

void RegisterFewChannels() {
  // Shapes hang on attributes, which TensorFlow's C API does not show to what infers them.
  const auto unknown = TF_ShapeInferenceContextSetUnknownShape;
  const std::initializer_list<const char *> geometry{"strides: list(int)", "pads: list(int)", "size: list(int)"};
  Register({"NetloomFewChannels",
            {"pictures: float", "kernel: float", "bias: float"},
            {"made: float"},
            {"strides: list(int)", "pads: list(int)", "size: list(int)", "relu: bool"},
            unknown,
            kWith<Options, ComputeConvolution>});
  Register({"NetloomFewChannelsKernelGrad",
            {"pictures: float", "flow: float"},
            {"kernel: float", "bias: float"},
            geometry,
            unknown,
            kWith<Geometry, ComputeKernelGradient>});
  Register({"NetloomFewChannelsPooled",
            {"pictures: float", "kernel: float", "bias: float"},
            {"made: float", "where: uint8"},
            geometry,
            unknown,
            kWith<Geometry, ComputePooledConvolution>});
  Register({"NetloomFewChannelsPooledKernelGrad",
            {"pictures: float", "flow: float", "where: uint8"},
            {"kernel: float", "bias: float"},
            geometry,
            unknown,
            kWith<Geometry, ComputePooledKernelGradient>});
  Register({"NetloomFewChannelsPictureGrad",
            {"kernel: float", "flow: float"},
            {"pictures: float"},
            geometry,
            unknown,
            kWith<Geometry, ComputePictureGradient>});
}

}  // namespace netloom
