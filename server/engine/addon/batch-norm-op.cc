// Batch norm of pictures as an op, with a sum and ReLU behind it, and its gradient.
#include <algorithm>
#include <cmath>

#include "batch-norm.h"
#include "kernels.h"
#include "op.h"
#include "parallel.h"

namespace netloom {

namespace {

struct Normalisation {
  bool relu;
  float epsilon;

  explicit Normalisation(Attributes &attributes) : relu(attributes.Flag("relu")), epsilon(attributes.Number("epsilon")) {}
};

struct Passed {
  bool relu;

  explicit Passed(Attributes &attributes) : relu(attributes.Flag("relu")) {}
};

struct Rows {
  size_t rows, channels;
};

Rows RowsOf(const Sizes &x, const Sizes &channels) {
  const bool fit = x.size() > 1 && Count(x) > 0 && channels == Sizes{x.back()} && x.back() % 16 == 0;
  if (!fit) throw Failure("expected rows of channels by sixteens, and numbers of these channels");
  return {Count(x) / static_cast<size_t>(x.back()), static_cast<size_t>(x.back())};
}

// A number of its own, so that sums do not depend on that of threads.
constexpr size_t kParts = 16;

size_t First(const Rows &of, size_t part) { return of.rows * part / kParts; }

// Calls `run` with a part, its first number and how many rows. Little is done on one thread.
template <class Run>
void InParts(const Rows &of, const Run &run) {
  constexpr size_t kFew = 100'000;
  const auto part = [&](size_t i) { run(i, First(of, i) * of.channels, First(of, i + 1) - First(of, i)); };
  if (of.rows * of.channels >= kFew) return InParallel(kParts, part);
  for (size_t i = 0; i < kParts; i++) part(i);
}

void ComputeBatchNorm(OpCall &op, const Normalisation &options) {
  enum { kX, kGamma, kBeta, kAdded };
  enum { kY, kMean, kVariance, kOwnMean, kOwnDeviation, kOwnShift };
  const BatchNorm &norm = BestBatchNorm();
  const Sizes sizes = op.InputSizes(kX), channels = op.InputSizes(kGamma), added = op.InputSizes(kAdded);
  const Rows of = RowsOf(sizes, channels);
  if (op.InputSizes(kBeta) != channels) throw Failure("expected a gamma and a beta for each channel");
  if (added != sizes && added != Sizes{0}) throw Failure("expected something of the same sizes to add, or nothing");
  const float *x = op.Input(kX), *gamma = op.Input(kGamma), *beta = op.Input(kBeta);
  const float *plus = added == sizes ? op.Input(kAdded) : nullptr;
  float *y = op.Output(kY, sizes), *mean = op.Output(kMean, channels), *variance = op.Output(kVariance, channels);
  float *own_mean = op.Output(kOwnMean, channels), *deviation = op.Output(kOwnDeviation, channels),
        *shift = op.Output(kOwnShift, channels), *scale = op.Scratch(of.channels);
  float *means = op.Scratch(kParts * of.channels), *squares = op.Scratch(kParts * of.channels);
  InParts(of, [&](size_t part, size_t at, size_t rows) {
    norm.statistics(x + at, rows, of.channels, means + part * of.channels, squares + part * of.channels);
  });
  for (size_t channel = 0; channel < of.channels; channel++) {
    double all = 0, off = 0;
    for (size_t part = 0; part < kParts; part++) {
      const double rows = static_cast<double>(First(of, part + 1) - First(of, part)), before = static_cast<double>(First(of, part));
      if (rows == 0) continue;
      const double by = means[part * of.channels + channel] - all;
      all += by * rows / (before + rows);
      off += squares[part * of.channels + channel] + by * by * before * rows / (before + rows);
    }
    const double rows = static_cast<double>(of.rows);
    mean[channel] = own_mean[channel] = static_cast<float>(all);
    // As TensorFlow's, that of a sample.
    variance[channel] = static_cast<float>(off / std::max(rows - 1, 1.0));
    deviation[channel] = static_cast<float>(1 / std::sqrt(off / rows + options.epsilon));
    scale[channel] = gamma[channel] * deviation[channel];
    shift[channel] = static_cast<float>(beta[channel] - all * scale[channel]);
  }
  InParts(of, [&](size_t, size_t at, size_t rows) {
    norm.normalise(x + at, rows, of.channels, scale, shift, plus == nullptr ? nullptr : plus + at, options.relu, y + at);
  });
}

void ComputeBatchNormGrad(OpCall &op, const Passed &options) {
  enum { kFlow, kX, kGamma, kMean, kDeviation, kShift };
  enum { kBack, kGammaBack, kBetaBack };
  const BatchNorm &norm = BestBatchNorm();
  const Sizes sizes = op.InputSizes(kX), channels = op.InputSizes(kGamma);
  const Rows of = RowsOf(sizes, channels);
  if (op.InputSizes(kFlow) != sizes) throw Failure("expected what flows into each number");
  for (int input : {kMean, kDeviation, kShift})
    if (op.InputSizes(input) != channels) throw Failure("expected what the batch norm gave for each channel");
  const float *flow = op.Input(kFlow), *x = op.Input(kX), *gamma = op.Input(kGamma), *mean = op.Input(kMean),
              *deviation = op.Input(kDeviation), *shift = options.relu ? op.Input(kShift) : nullptr;
  float *scale = op.Scratch(of.channels), *slope = op.Scratch(of.channels), *level = op.Scratch(of.channels);
  float *flows = op.Scratch(kParts * of.channels), *products = op.Scratch(kParts * of.channels);
  for (size_t channel = 0; channel < of.channels; channel++) scale[channel] = gamma[channel] * deviation[channel];
  std::fill(flows, flows + kParts * of.channels, 0.0f);
  std::fill(products, products + kParts * of.channels, 0.0f);
  InParts(of, [&](size_t part, size_t at, size_t rows) {
    norm.sums(flow + at, x + at, rows, of.channels, mean, scale, shift, flows + part * of.channels,
              products + part * of.channels);
  });
  float *gamma_back = op.Output(kGammaBack, channels), *beta_back = op.Output(kBetaBack, channels);
  for (size_t channel = 0; channel < of.channels; channel++) {
    double all = 0, product = 0;
    for (size_t part = 0; part < kParts; part++) {
      all += flows[part * of.channels + channel];
      product += products[part * of.channels + channel];
    }
    const double rows = static_cast<double>(of.rows), inverse = deviation[channel];
    gamma_back[channel] = static_cast<float>(product * inverse);
    beta_back[channel] = static_cast<float>(all);
    slope[channel] = static_cast<float>(-scale[channel] * inverse * inverse * product / rows);
    level[channel] = static_cast<float>(-scale[channel] * all / rows);
  }
  float *back = op.Output(kBack, sizes);
  InParts(of, [&](size_t, size_t at, size_t rows) {
    norm.gradient(flow + at, x + at, rows, of.channels, mean, scale, shift, slope, level, back + at);
  });
}

}  // namespace

void RegisterBatchNorm() {
  // TensorFlow's outputs, of which the last ones are for the gradient alone.
  Register({"NetloomBatchNorm",
            {"x: float", "gamma: float", "beta: float", "added: float"},
            {"y: float", "mean: float", "variance: float", "own_mean: float", "own_deviation: float", "own_shift: float"},
            {"epsilon: float", "relu: bool"},
            [](TF_ShapeInferenceContext *context, TF_Status *status) {
              Inference shapes(context, status);
              TF_ShapeHandle *channels = shapes.Input(1);
              shapes.Give({shapes.Input(0), channels, channels, channels, channels, channels});
            },
            kWith<Normalisation, ComputeBatchNorm>});
  Register({"NetloomBatchNormGrad",
            {"flow: float", "x: float", "gamma: float", "mean: float", "deviation: float", "shift: float"},
            {"back: float", "gamma_back: float", "beta_back: float"},
            {"relu: bool"},
            [](TF_ShapeInferenceContext *context, TF_Status *status) {
              Inference shapes(context, status);
              TF_ShapeHandle *channels = shapes.Input(2);
              shapes.Give({shapes.Input(1), channels, channels});
            },
            kWith<Passed, ComputeBatchNormGrad>});
}

}  // namespace netloom
