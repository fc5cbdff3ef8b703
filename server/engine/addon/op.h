// What an op of our own is written with: TensorFlow's C API for kernels and shapes (kernels.h, ops.h of tensorflow/c).
#ifndef NETLOOM_OP_H_
#define NETLOOM_OP_H_

#include <cstddef>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "values.h"

namespace netloom {

using Sizes = std::vector<int64_t>;

size_t Count(const Sizes &sizes);

// What a kernel takes and gives: float32, or bytes where it says so. Throws `Failure`.
class OpCall {
 public:
  explicit OpCall(TF_OpKernelContext *context) : context_(context) {}

  const float *Input(int index);
  Sizes InputSizes(int index);
  float *Output(int index, const Sizes &sizes);
  const uint8_t *InputBytes(int index);
  uint8_t *OutputBytes(int index, const Sizes &sizes);

  // An output in the place of an input of the same sizes, if nothing else needs that any more. `input`: where its numbers
  // are; who asks for them otherwise keeps them.
  float *OutputOver(int index, int over, const Sizes &sizes, const float **input);

  // Room for as long as the call lasts.
  float *Scratch(size_t count);

  void Fail(const char *message);

 private:
  TensorPtr Taken(int index);
  float *Keep(TF_Tensor *tensor);

  TF_OpKernelContext *context_;
  Status status_;
  std::vector<TensorPtr> kept_;
};

// The attributes of a node, when its kernel is made. Throws `Failure`.
class Attributes {
 public:
  explicit Attributes(TF_OpKernelConstruction *construction) : construction_(construction) {}

  bool Flag(const char *name);
  float Number(const char *name);
  Sizes Integers(const char *name);

  void Fail(const char *message);

 private:
  TF_OpKernelConstruction *construction_;
  Status status_;
};

// Shapes of a node's outputs by those of its inputs. Its handles of TensorFlow's go when this does; `status` tells of errors.
class Inference {
 public:
  Inference(TF_ShapeInferenceContext *context, TF_Status *status) : context_(context), status_(status) {}
  ~Inference();

  TF_ShapeHandle *Input(int index);

  // Axes [begin, end) of `of`.
  TF_ShapeHandle *Part(TF_ShapeHandle *of, int64_t begin, int64_t end);
  TF_ShapeHandle *Joined(TF_ShapeHandle *first, TF_ShapeHandle *second);
  void Give(std::initializer_list<TF_ShapeHandle *> outputs);

 private:
  TF_ShapeHandle *New();

  TF_ShapeInferenceContext *context_;
  TF_Status *status_;
  std::vector<TF_ShapeHandle *> handles_;
};

// How TensorFlow makes, calls and drops a kernel.
struct Kernel {
  void *(*make)(TF_OpKernelConstruction *);
  void (*compute)(void *, TF_OpKernelContext *);
  void (*drop)(void *);
};

template <class Function>
void Computed(TF_OpKernelContext *context, const Function &function) {
  OpCall call(context);
  try {
    function(call);
  } catch (const std::exception &failure) {
    call.Fail(failure.what());
  }
}

template <void (*compute)(OpCall &)>
constexpr Kernel kPlain{nullptr, [](void *, TF_OpKernelContext *context) { Computed(context, compute); }, nullptr};

// `Options` are made of the node's attributes, once for each node.
template <class Options, void (*compute)(OpCall &, const Options &)>
constexpr Kernel kWith{
    [](TF_OpKernelConstruction *construction) -> void * {
      Attributes attributes(construction);
      try {
        return new Options(attributes);
      } catch (const std::exception &failure) {
        attributes.Fail(failure.what());
        return nullptr;
      }
    },
    [](void *options, TF_OpKernelContext *context) {
      Computed(context, [&](OpCall &call) { compute(call, *static_cast<const Options *>(options)); });
    },
    [](void *options) { delete static_cast<Options *>(options); }};

struct Op {
  const char *name;
  // As TensorFlow writes them: "y: float", "transpose: bool".
  std::initializer_list<const char *> inputs, outputs, attributes;
  void (*infer)(TF_ShapeInferenceContext *, TF_Status *);
  Kernel kernel;
};

// On the processor. Throws `Failure`.
void Register(const Op &op);

}  // namespace netloom

#endif  // NETLOOM_OP_H_
