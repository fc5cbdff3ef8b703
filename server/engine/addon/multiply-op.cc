// Products of matrices as ops: alone, as a dense layer, and as what flows back through a ReLU before one.
#include "kernels.h"
#include "multiply.h"
#include "op.h"

namespace netloom {

namespace {

enum { kA, kB, kThird };

struct Transposes {
  explicit Transposes(Attributes &attributes) : a(attributes.Flag("transpose_a")), b(attributes.Flag("transpose_b")) {}
  bool a, b;
};

struct Activated : Transposes {
  explicit Activated(Attributes &attributes) : Transposes(attributes), relu(attributes.Flag("relu")) {}
  bool relu;
};

// All but what the result is finished with.
Product ProductOf(OpCall &call, const Transposes &transposed) {
  const Sizes a = call.InputSizes(kA), b = call.InputSizes(kB);
  if (a.size() != 2 || b.size() != 2 || a[transposed.a ? 0 : 1] != b[transposed.b ? 1 : 0])
    throw Failure("expected two matrices, the columns of the first as many as the rows of the second");
  const int64_t rows = a[transposed.a ? 1 : 0], depth = a[transposed.a ? 0 : 1], columns = b[transposed.b ? 0 : 1];
  const auto factor = [&](int index, const Sizes &sizes, bool turned) -> Factor {
    const size_t width = sizes[1];
    return {call.Input(index), turned ? 1 : width, turned ? width : 1};
  };
  Product product{static_cast<size_t>(rows), static_cast<size_t>(columns), static_cast<size_t>(depth)};
  product.a = factor(kA, a, transposed.a);
  // Its columns are what a's rows are.
  product.b = factor(kB, b, !transposed.b);
  return product;
}

Sizes ResultSizes(const Product &product) {
  return {static_cast<int64_t>(product.rows), static_cast<int64_t>(product.columns)};
}

void ComputeMatMul(OpCall &call, const Transposes &transposed) {
  Product product = ProductOf(call, transposed);
  product.result = call.Output(0, ResultSizes(product));
  Multiply(product);
}

void ComputeDense(OpCall &call, const Activated &options) {
  Product product = ProductOf(call, options);
  if (call.InputSizes(kThird) != Sizes{static_cast<int64_t>(product.columns)})
    throw Failure("expected a bias for each column of the product");
  product.finish.bias = call.Input(kThird);
  product.finish.relu = options.relu;
  product.result = call.Output(0, ResultSizes(product));
  Multiply(product);
}

void ComputeThroughRelu(OpCall &call, const Transposes &transposed) {
  Product product = ProductOf(call, transposed);
  if (call.InputSizes(kThird) != ResultSizes(product))
    throw Failure("expected what the ReLU gave, of the sizes of the product");
  product.finish.gate = call.Input(kThird);
  product.result = call.Output(0, ResultSizes(product));
  Multiply(product);
}

// Sizes hang on attributes, which TensorFlow's C API tells no shape function. Who puts the ops in knows the sizes.
void InferNone(TF_ShapeInferenceContext *context, TF_Status *status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

}  // namespace

void RegisterMultiply() {
  Register({"NetloomMatMul",
            {"a: float", "b: float"},
            {"product: float"},
            {"transpose_a: bool", "transpose_b: bool"},
            InferNone,
            kWith<Transposes, ComputeMatMul>});
  Register({"NetloomDense",
            {"a: float", "b: float", "bias: float"},
            {"y: float"},
            {"transpose_a: bool", "transpose_b: bool", "relu: bool"},
            InferNone,
            kWith<Activated, ComputeDense>});
  Register({"NetloomMatMulReluGrad",
            {"a: float", "b: float", "y: float"},
            {"flow: float"},
            {"transpose_a: bool", "transpose_b: bool"},
            InferNone,
            kWith<Transposes, ComputeThroughRelu>});
}

}  // namespace netloom
