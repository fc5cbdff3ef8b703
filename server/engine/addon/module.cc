// TensorFlow.js' binding, unchanged, and beside it what it lacks: graphs that are built without computing, sessions that run
// them, and ops of our own. TensorFlow C API: c_api.h.
#include <node_api.h>

#include <exception>
#include <unordered_map>
#include <utility>

#include "graphs.h"
#include "kernels.h"
#include "sessions.h"

// The module is registered below, under the same name and with more members.
#undef NAPI_MODULE
#define NAPI_MODULE(name, init)
#include "tfjs_binding.cc"

static napi_value InitModule(napi_env env, napi_value exports) {
  exports = tfnodejs::InitTFNodeJSBinding(env, exports);
  if (exports == nullptr) return nullptr;
  try {
    netloom::RegisterKernels();
  } catch (const std::exception &failure) {
    napi_throw_error(env, nullptr, failure.what());
    return nullptr;
  }
  for (const auto &members : {netloom::GraphMembers(), netloom::SessionMembers()})
    if (napi_define_properties(env, exports, members.size(), members.data()) != napi_ok) return nullptr;
  return exports;
}

extern "C" NAPI_MODULE_EXPORT napi_value NAPI_MODULE_INITIALIZER(napi_env env, napi_value exports) {
  return InitModule(env, exports);
}
