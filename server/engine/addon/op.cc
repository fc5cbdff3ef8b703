#include "op.h"

namespace netloom {

size_t Count(const Sizes &sizes) {
  size_t count = 1;
  for (int64_t size : sizes) count *= size;
  return count;
}

const float *OpCall::Input(int index) {
  kept_.push_back(Taken(index));
  return static_cast<const float *>(TF_TensorData(kept_.back().get()));
}

Sizes OpCall::InputSizes(int index) {
  const TensorPtr tensor = Taken(index);
  Sizes sizes;
  for (int i = 0; i < TF_NumDims(tensor.get()); i++) sizes.push_back(TF_Dim(tensor.get(), i));
  return sizes;
}

float *OpCall::Output(int index, const Sizes &sizes) {
  return Keep(TF_AllocateOutput(context_, index, TF_FLOAT, sizes.data(), static_cast<int>(sizes.size()),
                                Count(sizes) * sizeof(float), status_));
}

const uint8_t *OpCall::InputBytes(int index) { return reinterpret_cast<const uint8_t *>(Input(index)); }

uint8_t *OpCall::OutputBytes(int index, const Sizes &sizes) {
  return reinterpret_cast<uint8_t *>(Keep(TF_AllocateOutput(context_, index, TF_UINT8, sizes.data(),
                                                            static_cast<int>(sizes.size()), Count(sizes), status_)));
}

float *OpCall::OutputOver(int index, int over, const Sizes &sizes, const float **input) {
  int forwarded = -1;
  float *output = Keep(TF_ForwardInputOrAllocateOutput(context_, &over, 1, index, sizes.data(),
                                                       static_cast<int>(sizes.size()), &forwarded, status_));
  *input = forwarded == over ? output : Input(over);
  return output;
}

float *OpCall::Scratch(size_t count) {
  const int64_t size = static_cast<int64_t>(count);
  TF_AllocatorAttributes attributes{TF_ALLOCATOR_ATTRIBUTES_STRUCT_SIZE, 1};
  return Keep(TF_AllocateTemp(context_, TF_FLOAT, &size, 1, &attributes, status_));
}

void OpCall::Fail(const char *message) {
  TF_SetStatus(status_, TF_INVALID_ARGUMENT, message);
  TF_OpKernelContext_Failure(context_, status_);
}

TensorPtr OpCall::Taken(int index) {
  TF_Tensor *tensor = nullptr;
  TF_GetInput(context_, index, &tensor, status_);
  status_.Check();
  return TensorPtr(tensor);
}

float *OpCall::Keep(TF_Tensor *tensor) {
  kept_.emplace_back(tensor);
  status_.Check();
  return static_cast<float *>(TF_TensorData(tensor));
}

bool Attributes::Flag(const char *name) {
  TF_Bool flag = 0;
  TF_OpKernelConstruction_GetAttrBool(construction_, name, &flag, status_);
  status_.Check();
  return flag != 0;
}

float Attributes::Number(const char *name) {
  float number = 0;
  TF_OpKernelConstruction_GetAttrFloat(construction_, name, &number, status_);
  status_.Check();
  return number;
}

Sizes Attributes::Integers(const char *name) {
  int32_t count = 0, bytes = 0;
  TF_OpKernelConstruction_GetAttrSize(construction_, name, &count, &bytes, status_);
  status_.Check();
  Sizes integers(count);
  TF_OpKernelConstruction_GetAttrInt64List(construction_, name, integers.data(), count, status_);
  status_.Check();
  return integers;
}

void Attributes::Fail(const char *message) {
  TF_SetStatus(status_, TF_INVALID_ARGUMENT, message);
  TF_OpKernelConstruction_Failure(construction_, status_);
}

Inference::~Inference() {
  for (TF_ShapeHandle *handle : handles_) TF_DeleteShapeHandle(handle);
}

TF_ShapeHandle *Inference::Input(int index) {
  TF_ShapeHandle *shape = New();
  TF_ShapeInferenceContextGetInput(context_, index, shape, status_);
  return shape;
}

TF_ShapeHandle *Inference::Part(TF_ShapeHandle *of, int64_t begin, int64_t end) {
  TF_ShapeHandle *shape = New();
  if (TF_GetCode(status_) == TF_OK) TF_ShapeInferenceContextSubshape(context_, of, begin, end, shape, status_);
  return shape;
}

TF_ShapeHandle *Inference::Joined(TF_ShapeHandle *first, TF_ShapeHandle *second) {
  TF_ShapeHandle *shape = New();
  if (TF_GetCode(status_) == TF_OK) TF_ShapeInferenceContextConcatenateShapes(context_, first, second, shape, status_);
  return shape;
}

void Inference::Give(std::initializer_list<TF_ShapeHandle *> outputs) {
  int index = 0;
  for (TF_ShapeHandle *shape : outputs)
    if (TF_GetCode(status_) == TF_OK) TF_ShapeInferenceContextSetOutput(context_, index++, shape, status_);
}

TF_ShapeHandle *Inference::New() {
  handles_.push_back(TF_NewShapeHandle());
  return handles_.back();
}

void Register(const Op &op) {
  Status status;
  TF_OpDefinitionBuilder *definition = TF_NewOpDefinitionBuilder(op.name);
  for (const char *attribute : op.attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  for (const char *input : op.inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char *output : op.outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, op.infer);
  TF_RegisterOpDefinition(definition, status);
  status.Check();
  const auto &[make, compute, drop] = op.kernel;
  TF_RegisterKernelBuilder(op.name, TF_NewKernelBuilder(op.name, "CPU", make, compute, drop), status);
  status.Check();
}

}  // namespace netloom
