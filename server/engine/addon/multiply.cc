#include "multiply.h"

#include <memory>

#include "parallel.h"

namespace netloom {

namespace {

// Rows and columns of a result that one thread computes. `turned`: each in the other's place, so that the rows are packed.
struct Part {
  bool turned;
  size_t row, rows, column, columns;
};

// So much of the depth is packed at once, and a thread computes so many rows of packed ones.
constexpr size_t kDepth = 256, kMost = 512;

// For one instruction set.
struct Tiler {
  // Floats that it computes with at once, and rows that it holds four vectors of.
  size_t lanes, rows;
  // `packed` has room for kDepth · 4 vectors, `made` for kMost · 4.
  void (*compute)(const Product &product, const Part &part, const Part *then, float *packed, float *made);
};

}  // namespace
}  // namespace netloom

#define BODY "multiply-tiles.inc"
#include "each-set.inc"

namespace netloom {

namespace {

const Tiler &BestTiler() {
  static const Tiler &best = BEST(kTiler);
  return best;
}

// How many there are of at most so much each.
size_t Parts(size_t of, size_t most) { return (of + most - 1) / most; }

// How a result is divided.
struct Plan {
  bool turned;
  // Groups of rows of the factor that is not packed, and of vectors of the one that is.
  size_t down, across;
};

// Measured in vectors of a row: what packing a vector costs, plain and transposed, and what a row costs whatever its width.
constexpr double kCopied = 2, kTransposed = 6, kEach = 0.3;

double PackingCost(const Factor &factor) { return factor.across == 1 ? kCopied : kTransposed; }

// The division in which the thread with most to do has least.
Plan Best(const Product &product, size_t lanes, size_t height, size_t threads) {
  Plan best{};
  double least = 0;
  for (const bool turned : {false, true}) {
    // Rows that are told one by one are fetched as they lie.
    if (turned && product.b.along != 1) continue;
    const size_t rows = turned ? product.columns : product.rows;
    const size_t vectors = Parts(turned ? product.rows : product.columns, lanes);
    const double packing = PackingCost(turned ? product.a : product.b);
    // Of a turned result, each vector is transposed.
    const double keeping = turned ? kTransposed : 1;
    const size_t wide = Parts(vectors, 4), high = Parts(rows, kMost);
    for (size_t across = wide; across <= std::min(vectors, wide + threads); across++)
      for (size_t down = high; down <= std::min(Parts(rows, height), high + threads); down++) {
        const size_t tall = Parts(Parts(rows, height), down) * height, width = Parts(vectors, across);
        const double depth = static_cast<double>(product.depth);
        const double part = depth * (tall * (width + kEach) + packing * width) + keeping * tall * width;
        const double cost = Parts(across * down, threads) * part;
        if (least == 0 || cost < least) {
          least = cost;
          best = {turned, down, across};
        }
      }
  }
  return best;
}

// Where the i-th of some nearly equal parts begins.
size_t Begin(size_t i, size_t parts, size_t of) { return i * of / parts; }

struct Room {
  std::unique_ptr<float[]> packed, made;
};

// Stays with its thread: a processor's own cache holds it from one product to the next.
const Room &RoomOfThread() {
  thread_local const Room room = [] {
    const size_t width = 4 * BestTiler().lanes;
    return Room{std::make_unique<float[]>(kDepth * width), std::make_unique<float[]>(kMost * width)};
  }();
  return room;
}

}  // namespace

void Multiply(const Product &product) {
  // Below this, a second thread costs more than it brings.
  constexpr size_t kFew = 2'000'000;
  if (product.rows == 0 || product.columns == 0) return;
  const Tiler &tiler = BestTiler();
  const size_t threads = 2 * product.rows * product.columns * product.depth < kFew ? 1 : Threads();
  const Plan plan = Best(product, tiler.lanes, tiler.rows, threads);
  const size_t rows = plan.turned ? product.columns : product.rows, columns = plan.turned ? product.rows : product.columns;
  const size_t tiles = Parts(rows, tiler.rows), vectors = Parts(columns, tiler.lanes);
  const size_t parts = plan.down * plan.across;
  const auto part = [&](size_t i) {
    const size_t down = i % plan.down, across = i / plan.down;
    const size_t row = Begin(down, plan.down, tiles) * tiler.rows;
    const size_t next_row = std::min(rows, Begin(down + 1, plan.down, tiles) * tiler.rows);
    const size_t column = Begin(across, plan.across, vectors) * tiler.lanes;
    const size_t next_column = std::min(columns, Begin(across + 1, plan.across, vectors) * tiler.lanes);
    return plan.turned ? Part{true, column, next_column - column, row, next_row - row}
                       : Part{false, row, next_row - row, column, next_column - column};
  };
  const auto run = [&](size_t i) {
    const Room &room = RoomOfThread();
    const bool more = i + threads < parts;
    const Part then = part(more ? i + threads : i);
    tiler.compute(product, part(i), more ? &then : nullptr, room.packed.get(), room.made.get());
  };
  if (threads > 1) return InParallel(parts, run);
  for (size_t i = 0; i < parts; i++) run(i);
}

}  // namespace netloom
