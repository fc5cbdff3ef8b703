// A whole sequence through an LSTM, and the gradient of that, on the processor.
#ifndef NETLOOM_LSTM_H_
#define NETLOOM_LSTM_H_

#include <cstddef>

namespace netloom {

// Tensors are row-major float32. `rows` of a batch, `steps` of a sequence; gates stand as in Keras: input, forget,
// candidate, output. `scratch`: 2 · rows · units numbers.
struct LstmForward {
  size_t steps, units;
  // x·W + b, [rows, steps, 4 · units]; the recurrent kernel, packed; states before the first step, [rows, units].
  const float *projected, *packed, *hidden, *memory;
  // Hidden states, those before each step, and memories, [rows, steps, units]; the gates, [rows, steps, 4 · units] (may be
  // where `projected` is); the memory after the last step, [rows, units].
  float *y, *heard, *memories, *gates, *last;
  float *scratch;
};

// `scratch`: 4 · rows · units numbers.
struct LstmBackward {
  size_t steps, units;
  // What flows into `y` and into the last memory, and what the forward pass took and gave.
  const float *y_flow, *last_flow, *packed, *memory, *memories, *gates;
  // Into `projected` (may be where the gates are) and into the states before the first step.
  float *projected_flow, *hidden_flow, *memory_flow;
  float *scratch;
};

// For one instruction set. A row's numbers do not depend on which other rows are computed with it.
struct Lstm {
  // Floats that it computes with at once.
  size_t lanes;
  // `kernel` is [units, 4 · units]; `packed` has room for units rounded up to 2 · lanes, times 4 · units.
  void (*pack_forward)(const float *kernel, size_t units, float *packed);
  void (*pack_backward)(const float *kernel, size_t units, float *packed);
  // Rows [row, row + rows).
  void (*forward)(const LstmForward &call, size_t row, size_t rows);
  void (*backward)(const LstmBackward &call, size_t row, size_t rows);
};

// The best that this processor knows.
const Lstm &BestLstm();

}  // namespace netloom

#endif  // NETLOOM_LSTM_H_
