// Ops of our own, by TensorFlow's C API for them: kernels.h, ops.h.
#include "kernels.h"

#include <algorithm>
#include <cstring>

#include "lstm.h"
#include "parallel.h"
#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "values.h"

namespace netloom {

namespace {

using Sizes = std::vector<int64_t>;

size_t Count(const Sizes &sizes) {
  size_t count = 1;
  for (int64_t size : sizes) count *= size;
  return count;
}

// What a kernel takes and gives, all of it float32.
class Call {
 public:
  explicit Call(TF_OpKernelContext *context) : context_(context) {}

  const float *Input(int index) {
    kept_.push_back(Taken(index));
    return static_cast<const float *>(TF_TensorData(kept_.back().get()));
  }

  Sizes InputSizes(int index) {
    const TensorPtr tensor = Taken(index);
    Sizes sizes;
    for (int i = 0; i < TF_NumDims(tensor.get()); i++) sizes.push_back(TF_Dim(tensor.get(), i));
    return sizes;
  }

  float *Output(int index, const Sizes &sizes) {
    return Keep(TF_AllocateOutput(context_, index, TF_FLOAT, sizes.data(), static_cast<int>(sizes.size()),
                                  Count(sizes) * sizeof(float), status_));
  }

  // An output in the place of an input of the same sizes, if nothing else needs that any more. `input`: where its numbers
  // are; who asks for them otherwise keeps them.
  float *OutputOver(int index, int over, const Sizes &sizes, const float **input) {
    int forwarded = -1;
    float *output = Keep(TF_ForwardInputOrAllocateOutput(context_, &over, 1, index, sizes.data(),
                                                         static_cast<int>(sizes.size()), &forwarded, status_));
    *input = forwarded == over ? output : Input(over);
    return output;
  }

  // Room for as long as the call lasts.
  float *Scratch(size_t count) {
    const int64_t size = static_cast<int64_t>(count);
    TF_AllocatorAttributes attributes{TF_ALLOCATOR_ATTRIBUTES_STRUCT_SIZE, 1};
    return Keep(TF_AllocateTemp(context_, TF_FLOAT, &size, 1, &attributes, status_));
  }

  void Fail(const char *message) {
    TF_SetStatus(status_, TF_INVALID_ARGUMENT, message);
    TF_OpKernelContext_Failure(context_, status_);
  }

 private:
  TensorPtr Taken(int index) {
    TF_Tensor *tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status_);
    status_.Check();
    return TensorPtr(tensor);
  }

  float *Keep(TF_Tensor *tensor) {
    kept_.emplace_back(tensor);
    status_.Check();
    return static_cast<float *>(TF_TensorData(tensor));
  }

  TF_OpKernelContext *context_;
  Status status_;
  std::vector<TensorPtr> kept_;
};

// A kernel's function for TensorFlow.
template <void (*compute)(Call &)>
void Compute(void *, TF_OpKernelContext *context) {
  Call call(context);
  try {
    compute(call);
  } catch (const std::exception &failure) {
    call.Fail(failure.what());
  }
}

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

void ComputeLstm(Call &call) {
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

void ComputeLstmGrad(Call &call) {
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

// Handles of TensorFlow's shapes that go when this does.
class Inference {
 public:
  Inference(TF_ShapeInferenceContext *context, TF_Status *status) : context_(context), status_(status) {}
  ~Inference() {
    for (TF_ShapeHandle *handle : handles_) TF_DeleteShapeHandle(handle);
  }

  TF_ShapeHandle *Input(int index) {
    TF_ShapeHandle *shape = New();
    TF_ShapeInferenceContextGetInput(context_, index, shape, status_);
    return shape;
  }

  // Axes [begin, end) of `of`.
  TF_ShapeHandle *Part(TF_ShapeHandle *of, int64_t begin, int64_t end) {
    TF_ShapeHandle *shape = New();
    if (TF_GetCode(status_) == TF_OK) TF_ShapeInferenceContextSubshape(context_, of, begin, end, shape, status_);
    return shape;
  }

  TF_ShapeHandle *Joined(TF_ShapeHandle *first, TF_ShapeHandle *second) {
    TF_ShapeHandle *shape = New();
    if (TF_GetCode(status_) == TF_OK) TF_ShapeInferenceContextConcatenateShapes(context_, first, second, shape, status_);
    return shape;
  }

  void Give(std::initializer_list<TF_ShapeHandle *> outputs) {
    int index = 0;
    for (TF_ShapeHandle *shape : outputs)
      if (TF_GetCode(status_) == TF_OK) TF_ShapeInferenceContextSetOutput(context_, index++, shape, status_);
  }

 private:
  TF_ShapeHandle *New() {
    handles_.push_back(TF_NewShapeHandle());
    return handles_.back();
  }

  TF_ShapeInferenceContext *context_;
  TF_Status *status_;
  std::vector<TF_ShapeHandle *> handles_;
};

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

struct Op {
  const char *name;
  std::initializer_list<const char *> inputs, outputs;
  void (*infer)(TF_ShapeInferenceContext *, TF_Status *);
  void (*compute)(void *, TF_OpKernelContext *);
};

void Register(const Op &op) {
  Status status;
  TF_OpDefinitionBuilder *definition = TF_NewOpDefinitionBuilder(op.name);
  for (const char *input : op.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char *output : op.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, op.infer);
  TF_RegisterOpDefinition(definition, status);
  status.Check();
  TF_RegisterKernelBuilder(op.name, TF_NewKernelBuilder(op.name, "CPU", nullptr, op.compute, nullptr), status);
  status.Check();
}

}  // namespace

void RegisterKernels() {
  static const bool registered = [] {
    Register({"NetloomLstm",
              {"projected: float", "recurrent: float", "hidden: float", "memory: float"},
              {"y: float", "last: float", "heard: float", "memories: float", "gates: float"},
              InferLstm,
              Compute<ComputeLstm>});
    Register({"NetloomLstmGrad",
              {"y_flow: float", "last_flow: float", "recurrent: float", "memory: float", "memories: float", "gates: float"},
              {"projected_flow: float", "hidden_flow: float", "memory_flow: float"},
              InferLstmGrad,
              Compute<ComputeLstmGrad>});
    return true;
  }();
  static_cast<void>(registered);
}

}  // namespace netloom
