// A sequence through an LSTM as an op, and its gradient.
#include <algorithm>

#include "kernels.h"
#include "lstm.h"
#include "op.h"
#include "parallel.h"

namespace netloom {

namespace {

struct Shapes {
  Sizes sequence, state, gates;
  size_t rows, steps, units;
};

// By the sizes of a state [rows, units] and of the gates [rows, steps, 4 · units].
Shapes ShapesOf(const Sizes &state, const Sizes &gates, const Sizes &kernel) {
  const bool fit = state.size() == 2 && gates.size() == 3 && gates[0] == state[0] && gates[1] > 0 && gates[2] == 4 * state[1] &&
                   kernel == Sizes{state[1], 4 * state[1]};
  if (!fit) throw Failure("expected projected [rows, steps, 4·units], recurrent [units, 4·units] and states [rows, units]");
  return {{state[0], gates[1], state[1]}, state, gates, static_cast<size_t>(state[0]), static_cast<size_t>(gates[1]),
          static_cast<size_t>(state[1])};
}

size_t PackedSize(const Lstm &lstm, size_t units) {
  const size_t whole = 2 * lstm.lanes;
  return (units + whole - 1) / whole * whole * 4 * units;
}

// Rows go to the threads in parts that a processor's cache holds; little is done at once by one.
template <class Part>
void ForRows(const Shapes &shapes, const Part &part) {
  constexpr size_t kMost = 32, kFew = 2'000'000;
  const size_t operations = shapes.rows * shapes.steps * shapes.units * shapes.units * 8;
  const size_t threads = operations < kFew ? 1 : Threads();
  const size_t at_once = std::max<size_t>(1, std::min(kMost, (shapes.rows + threads - 1) / threads));
  const auto run = [&](size_t i) { part(i * at_once, std::min(at_once, shapes.rows - i * at_once)); };
  const size_t parts = (shapes.rows + at_once - 1) / at_once;
  if (threads > 1) return InParallel(parts, run);
  for (size_t i = 0; i < parts; i++) run(i);
}

void ComputeLstm(OpCall &call) {
  enum { kProjected, kRecurrent, kHidden, kMemory };
  enum { kY, kLast, kHeard, kMemories, kGates };
  const Lstm &lstm = BestLstm();
  const Shapes shapes = ShapesOf(call.InputSizes(kHidden), call.InputSizes(kProjected), call.InputSizes(kRecurrent));
  LstmForward forward{shapes.steps, shapes.units};
  forward.gates = call.OutputOver(kGates, kProjected, shapes.gates, &forward.projected);
  forward.hidden = call.Input(kHidden);
  forward.memory = call.Input(kMemory);
  forward.y = call.Output(kY, shapes.sequence);
  forward.heard = call.Output(kHeard, shapes.sequence);
  forward.memories = call.Output(kMemories, shapes.sequence);
  forward.last = call.Output(kLast, shapes.state);
  forward.scratch = call.Scratch(2 * shapes.rows * shapes.units);
  float *packed = call.Scratch(PackedSize(lstm, shapes.units));
  lstm.pack_forward(call.Input(kRecurrent), shapes.units, packed);
  forward.packed = packed;
  ForRows(shapes, [&](size_t row, size_t rows) { lstm.forward(forward, row, rows); });
}

void ComputeLstmGrad(OpCall &call) {
  enum { kYFlow, kLastFlow, kRecurrent, kMemory, kMemories, kGates };
  enum { kProjectedFlow, kHiddenFlow, kMemoryFlow };
  const Lstm &lstm = BestLstm();
  const Shapes shapes = ShapesOf(call.InputSizes(kMemory), call.InputSizes(kGates), call.InputSizes(kRecurrent));
  LstmBackward backward{shapes.steps, shapes.units};
  backward.y_flow = call.Input(kYFlow);
  backward.last_flow = call.Input(kLastFlow);
  backward.memory = call.Input(kMemory);
  backward.memories = call.Input(kMemories);
  backward.projected_flow = call.OutputOver(kProjectedFlow, kGates, shapes.gates, &backward.gates);
  backward.hidden_flow = call.Output(kHiddenFlow, shapes.state);
  backward.memory_flow = call.Output(kMemoryFlow, shapes.state);
  backward.scratch = call.Scratch(4 * shapes.rows * shapes.units);
  float *packed = call.Scratch(PackedSize(lstm, shapes.units));
  lstm.pack_backward(call.Input(kRecurrent), shapes.units, packed);
  backward.packed = packed;
  ForRows(shapes, [&](size_t row, size_t rows) { lstm.backward(backward, row, rows); });
}

void InferLstm(TF_ShapeInferenceContext *context, TF_Status *status) {
  Inference shapes(context, status);
  TF_ShapeHandle *gates = shapes.Input(0), *state = shapes.Input(2);
  TF_ShapeHandle *sequence = shapes.Joined(shapes.Part(gates, 0, 2), shapes.Part(state, 1, 2));
  shapes.Give({sequence, state, sequence, sequence, gates});
}

void InferLstmGrad(TF_ShapeInferenceContext *context, TF_Status *status) {
  Inference shapes(context, status);
  TF_ShapeHandle *state = shapes.Input(3);
  shapes.Give({shapes.Input(5), state, state});
}

}  // namespace

void RegisterLstm() {
  Register({"NetloomLstm",
            {"projected: float", "recurrent: float", "hidden: float", "memory: float"},
            {"y: float", "last: float", "heard: float", "memories: float", "gates: float"},
            {},
            InferLstm,
            kPlain<ComputeLstm>});
  Register({"NetloomLstmGrad",
            {"y_flow: float", "last_flow: float", "recurrent: float", "memory: float", "memories: float", "gates: float"},
            {"projected_flow: float", "hidden_flow: float", "memory_flow: float"},
            {},
            InferLstmGrad,
            kPlain<ComputeLstmGrad>});
}

}  // namespace netloom
