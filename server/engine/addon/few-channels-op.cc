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

// Calls `run` with a part, its first picture and how many; no more than `most` parts. Little is done on one thread.
template <class Run>
void InParts(const Call &call, size_t most, const Run &run) {
  constexpr size_t kFew = 1'000'000;
  const size_t parts = std::min(most, call.pictures), operations = call.pictures * call.of.made_high * call.of.made_wide *
                                                                    call.of.taps() * call.of.features;
  const auto part = [&](size_t i) {
    const size_t first = call.pictures * i / parts;
    run(i, first, call.pictures * (i + 1) / parts - first);
  };
  if (operations >= kFew) return InParallel(parts, part);
  for (size_t i = 0; i < parts; i++) part(i);
}

// A number of its own, so that sums do not depend on that of threads.
constexpr size_t kParts = 16;

size_t RoundedUp(size_t count, const FewChannels &few) { return (count + few.lanes - 1) / few.lanes * few.lanes; }

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
  InParts(call, kParts, [&](size_t part, size_t first, size_t count) {
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
  const size_t wide = RoundedUp(of.features, few), rows = of.taps() + 1, 
               room = of.padded() + (wide == of.features ? 0 : of.made_high * of.made_wide * wide);
  // The last row of each part is the bias.
  float *sums = op.Scratch(kParts * rows * wide), *scratch = op.Scratch(kParts * room);
  const float *from = op.Input(kPictures), *back = op.Input(kFlow);
  std::fill(sums, sums + kParts * rows * wide, 0.0f);
  InParts(call, kParts, [&](size_t part, size_t first, size_t count) {
    float *own = sums + part * rows * wide;
    few.kernel_gradient(of, from + first * of.picture(), back + first * of.made(), count, own, own + of.taps() * wide,
                        scratch + part * room);
  });
  for (size_t part = 1; part < kParts; part++)
    for (size_t i = 0; i < rows * wide; i++) sums[i] += sums[part * rows * wide + i];
  float *to = op.Output(0, kernel);
  for (size_t tap = 0; tap < of.taps(); tap++) std::copy_n(sums + tap * wide, of.features, to + tap * of.features);
  std::copy_n(sums + of.taps() * wide, of.features, op.Output(1, {flow[3]}));
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
  InParts(call, kParts, [&](size_t part, size_t first, size_t count) {
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
  Register({"NetloomFewChannelsPictureGrad",
            {"kernel: float", "flow: float"},
            {"pictures: float"},
            geometry,
            unknown,
            kWith<Geometry, ComputePictureGradient>});
}

}  // namespace netloom
