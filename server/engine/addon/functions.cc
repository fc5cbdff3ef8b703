// TensorFlow.js' binding, and beside it two calls that it lacks: a traced graph becomes a function of the eager context,
// which `executeOp` then runs like any op; and the library's own list of op definitions, which says the attributes that
// graphs need and eager calls infer. TensorFlow C API: c_api.h, eager/c_api.h.
#include <node_api.h>

#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

// The context is a private member of the backend.
#define private public
#include "tfjs_backend.h"
#undef private

// The module is registered below, under the same name and with more members.
#undef NAPI_MODULE
#define NAPI_MODULE(name, init)
#include "tfjs_binding.cc"

namespace tfnodejs {

namespace {

bool Strings(napi_env env, napi_value list, std::vector<std::string> *out) {
  uint32_t length;
  if (napi_get_array_length(env, list, &length) != napi_ok) return false;
  for (uint32_t i = 0; i < length; i++) {
    napi_value item;
    std::string text;
    if (napi_get_element(env, list, i, &item) != napi_ok || GetStringParam(env, item, text) != napi_ok) return false;
    out->push_back(text);
  }
  return true;
}

// "node" or "node:1".
bool Outputs(napi_env env, TF_Graph *graph, const std::vector<std::string> &names, std::vector<TF_Output> *out) {
  for (const std::string &name : names) {
    const size_t colon = name.find(':');
    TF_Operation *node = TF_GraphOperationByName(graph, name.substr(0, colon).c_str());
    if (node == nullptr) {
      NAPI_THROW_ERROR(env, "addFunction: the graph has no node %s", name.c_str());
      return false;
    }
    out->push_back({node, colon == std::string::npos ? 0 : std::stoi(name.substr(colon + 1))});
  }
  return true;
}

// addFunction(name: string, graphDef: Uint8Array, inputs: string[], outputs: string[]): void
napi_value AddFunction(napi_env env, napi_callback_info info) {
  size_t argc = 4;
  napi_value args[4];
  napi_value self;
  ENSURE_NAPI_OK_RETVAL(env, napi_get_cb_info(env, info, &argc, args, &self, nullptr), nullptr);
  TFJSBackend *const backend = GetTFJSBackend(env);
  if (backend == nullptr || argc < 4) return nullptr;
  std::string name;
  ENSURE_NAPI_OK_RETVAL(env, GetStringParam(env, args[0], name), nullptr);
  napi_typedarray_type type;
  size_t bytes;
  void *data;
  ENSURE_NAPI_OK_RETVAL(env, napi_get_typedarray_info(env, args[1], &type, &bytes, &data, nullptr, nullptr), nullptr);
  std::vector<std::string> input_names, output_names;
  if (!Strings(env, args[2], &input_names) || !Strings(env, args[3], &output_names)) {
    NAPI_THROW_ERROR(env, "addFunction: inputs and outputs are lists of %s", "strings");
    return nullptr;
  }

  TF_AutoStatus status;
  std::unique_ptr<TF_Graph, decltype(&TF_DeleteGraph)> graph(TF_NewGraph(), TF_DeleteGraph);
  TF_Buffer *buffer = TF_NewBufferFromString(data, bytes);
  TF_ImportGraphDefOptions *options = TF_NewImportGraphDefOptions();
  TF_GraphImportGraphDef(graph.get(), buffer, options, status.status);
  TF_DeleteImportGraphDefOptions(options);
  TF_DeleteBuffer(buffer);
  ENSURE_TF_OK_RETVAL(env, status, nullptr);

  std::vector<TF_Output> inputs, outputs;
  if (!Outputs(env, graph.get(), input_names, &inputs) || !Outputs(env, graph.get(), output_names, &outputs)) return nullptr;
  TF_Function *function =
      TF_GraphToFunction(graph.get(), name.c_str(), 0, -1, nullptr, static_cast<int>(inputs.size()), inputs.data(),
                         static_cast<int>(outputs.size()), outputs.data(), nullptr, nullptr, nullptr, status.status);
  ENSURE_TF_OK_RETVAL(env, status, nullptr);
  TFE_ContextAddFunction(backend->tfe_context_, function, status.status);
  TF_DeleteFunction(function);
  ENSURE_TF_OK_RETVAL(env, status, nullptr);
  return nullptr;
}

// removeFunction(name: string): void
napi_value RemoveFunction(napi_env env, napi_callback_info info) {
  size_t argc = 1;
  napi_value args[1];
  napi_value self;
  ENSURE_NAPI_OK_RETVAL(env, napi_get_cb_info(env, info, &argc, args, &self, nullptr), nullptr);
  TFJSBackend *const backend = GetTFJSBackend(env);
  if (backend == nullptr || argc < 1) return nullptr;
  std::string name;
  ENSURE_NAPI_OK_RETVAL(env, GetStringParam(env, args[0], name), nullptr);
  TF_AutoStatus status;
  TFE_ContextRemoveFunction(backend->tfe_context_, name.c_str(), status.status);
  ENSURE_TF_OK_RETVAL(env, status, nullptr);
  return nullptr;
}

// opList(): Uint8Array, an OpList protocol buffer (op_def.proto)
napi_value OpList(napi_env env, napi_callback_info info) {
  TF_Buffer *list = TF_GetAllOpList();
  void *data;
  napi_value buffer, array;
  napi_status made = napi_create_arraybuffer(env, list->length, &data, &buffer);
  if (made == napi_ok) memcpy(data, list->data, list->length);
  const size_t length = list->length;
  TF_DeleteBuffer(list);
  ENSURE_NAPI_OK_RETVAL(env, made, nullptr);
  ENSURE_NAPI_OK_RETVAL(env, napi_create_typedarray(env, napi_uint8_array, length, buffer, 0, &array), nullptr);
  return array;
}

}  // namespace

static napi_value InitBinding(napi_env env, napi_value exports) {
  exports = InitTFNodeJSBinding(env, exports);
  if (exports == nullptr) return nullptr;
  napi_property_descriptor more[] = {
      {"addFunction", nullptr, AddFunction, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"removeFunction", nullptr, RemoveFunction, nullptr, nullptr, nullptr, napi_default, nullptr},
      {"opList", nullptr, OpList, nullptr, nullptr, nullptr, napi_default, nullptr},
  };
  ENSURE_NAPI_OK_RETVAL(env, napi_define_properties(env, exports, ARRAY_SIZE(more), more), exports);
  return exports;
}

}  // namespace tfnodejs

extern "C" NAPI_MODULE_EXPORT napi_value NAPI_MODULE_INITIALIZER(napi_env env, napi_value exports) {
  return tfnodejs::InitBinding(env, exports);
}
