// The product of two matrices, on the processor.
#ifndef NETLOOM_MULTIPLY_H_
#define NETLOOM_MULTIPLY_H_

#include <cstddef>

namespace netloom {

// One side of a product, row-major float32: its number for row (or column) i of the result and place k of the sum is
// data[i · across + k · along]. One of the two is 1.
struct Factor {
  const float *data;
  size_t across, along;
};

// What happens to a number of the result before it is kept.
struct Finish {
  // Added, [columns], or null.
  const float *bias = nullptr;
  // Negative numbers become 0.
  bool relu = false;
  // What a ReLU gave, [rows, columns], or null: where that is 0, so is the result, which is what flows back through it.
  const float *gate = nullptr;
};

struct Product {
  size_t rows, columns, depth;
  Factor a, b;
  Finish finish;
  // [rows, columns]
  float *result;
};

// On several threads where that pays. Each number is one sum over the depth, first to last, with any number of threads.
void Multiply(const Product &product);

}  // namespace netloom

#endif  // NETLOOM_MULTIPLY_H_
