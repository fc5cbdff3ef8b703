// Node-API values to and from TensorFlow's. Errors are C++ exceptions here; `Call` turns them into JavaScript's.
#ifndef NETLOOM_VALUES_H_
#define NETLOOM_VALUES_H_

#include <node_api.h>

#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tensorflow/c/c_api.h"

namespace netloom {

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void Check(napi_status status) {
  if (status != napi_ok) throw Failure("Invariant: an argument of the addon is of another type");
}

// TF_Status that throws.
class Status {
 public:
  Status() : status_(TF_NewStatus()) {}
  ~Status() { TF_DeleteStatus(status_); }
  Status(const Status &) = delete;
  Status &operator=(const Status &) = delete;
  operator TF_Status *() { return status_; }
  void Check() const {
    if (TF_GetCode(status_) != TF_OK) throw Failure(TF_Message(status_));
  }

 private:
  TF_Status *status_;
};

struct TensorDeleter {
  void operator()(TF_Tensor *tensor) const { TF_DeleteTensor(tensor); }
};
using TensorPtr = std::unique_ptr<TF_Tensor, TensorDeleter>;

struct BufferDeleter {
  void operator()(TF_Buffer *buffer) const { TF_DeleteBuffer(buffer); }
};
using BufferPtr = std::unique_ptr<TF_Buffer, BufferDeleter>;

inline std::string Text(napi_env env, napi_value value) {
  size_t length;
  Check(napi_get_value_string_utf8(env, value, nullptr, 0, &length));
  std::string text(length, '\0');
  Check(napi_get_value_string_utf8(env, value, text.data(), length + 1, &length));
  return text;
}

inline int64_t Integer(napi_env env, napi_value value) {
  int64_t number;
  Check(napi_get_value_int64(env, value, &number));
  return number;
}

inline bool IsArray(napi_env env, napi_value value) {
  bool is;
  Check(napi_is_array(env, value, &is));
  return is;
}

inline std::vector<napi_value> Items(napi_env env, napi_value list) {
  uint32_t length;
  Check(napi_get_array_length(env, list, &length));
  std::vector<napi_value> items(length);
  for (uint32_t i = 0; i < length; i++) Check(napi_get_element(env, list, i, &items[i]));
  return items;
}

inline std::vector<std::string> Texts(napi_env env, napi_value list) {
  std::vector<std::string> texts;
  for (napi_value item : Items(env, list)) texts.push_back(Text(env, item));
  return texts;
}

struct Bytes {
  void *data;
  size_t size;
};

// Of a typed array.
inline Bytes BytesOf(napi_env env, napi_value array) {
  napi_typedarray_type type;
  size_t length;
  void *data;
  Check(napi_get_typedarray_info(env, array, &type, &length, &data, nullptr, nullptr));
  const size_t width = type == napi_float32_array || type == napi_int32_array ? 4 : 1;
  if (width == 1 && type != napi_uint8_array) throw Failure("Invariant: tensors are Float32Array, Int32Array or Uint8Array");
  return {data, length * width};
}

inline napi_value Number(napi_env env, double number) {
  napi_value value;
  Check(napi_create_double(env, number, &value));
  return value;
}

inline napi_value List(napi_env env, const std::vector<napi_value> &items) {
  napi_value list;
  Check(napi_create_array_with_length(env, items.size(), &list));
  for (uint32_t i = 0; i < items.size(); i++) Check(napi_set_element(env, list, i, items[i]));
  return list;
}

inline napi_value Shape(napi_env env, const std::vector<int64_t> &shape) {
  std::vector<napi_value> sizes;
  for (int64_t size : shape) sizes.push_back(Number(env, static_cast<double>(size)));
  return List(env, sizes);
}

inline napi_value Object(napi_env env, std::initializer_list<std::pair<const char *, napi_value>> members) {
  napi_value object;
  Check(napi_create_object(env, &object));
  for (const auto &[name, value] : members) Check(napi_set_named_property(env, object, name, value));
  return object;
}

// "node" or "node:1" in a graph.
inline TF_Output OutputNamed(TF_Graph *graph, const std::string &name) {
  const size_t colon = name.find(':');
  TF_Operation *node = TF_GraphOperationByName(graph, name.substr(0, colon).c_str());
  if (node == nullptr) throw Failure("Invariant: the graph has no node " + name);
  return {node, colon == std::string::npos ? 0 : std::stoi(name.substr(colon + 1))};
}

// An object that JavaScript holds, and that goes when it does.
template <class T>
napi_value External(napi_env env, std::unique_ptr<T> object) {
  napi_value value;
  Check(napi_create_external(env, object.get(), [](napi_env, void *data, void *) { delete static_cast<T *>(data); }, nullptr, &value));
  object.release();
  return value;
}

template <class T>
T &Held(napi_env env, napi_value value) {
  void *data;
  Check(napi_get_value_external(env, value, &data));
  return *static_cast<T *>(data);
}

using Arguments = std::vector<napi_value>;

// A function of the module: takes its arguments, throws `Failure`.
template <napi_value (*function)(napi_env, const Arguments &), size_t count>
napi_value Call(napi_env env, napi_callback_info info) {
  try {
    size_t given = count;
    Arguments arguments(count);
    Check(napi_get_cb_info(env, info, &given, arguments.data(), nullptr, nullptr));
    return function(env, arguments);
  } catch (const std::exception &failure) {
    napi_throw_error(env, nullptr, failure.what());
    return nullptr;
  }
}

template <napi_value (*function)(napi_env, const Arguments &), size_t count>
napi_property_descriptor Member(const char *name) {
  return {name, nullptr, Call<function, count>, nullptr, nullptr, nullptr, napi_default, nullptr};
}

}  // namespace netloom

#endif  // NETLOOM_VALUES_H_
