// Graphs that are built op by op without computing anything: TensorFlow infers the shapes of what each op gives.
#include "graphs.h"

#include <cstdlib>

#include "values.h"

namespace netloom {

namespace {

struct Graph {
  TF_Graph *graph = TF_NewGraph();
  ~Graph() { TF_DeleteGraph(graph); }
};

napi_value GraphOpen(napi_env env, const Arguments &) { return External(env, std::make_unique<Graph>()); }

// Type and shape (null where it is not fully known) of one output.
napi_value Described(napi_env env, TF_Graph *graph, TF_Output output) {
  Status status;
  const int rank = TF_GraphGetTensorNumDims(graph, output, status);
  status.Check();
  napi_value shape;
  Check(napi_get_null(env, &shape));
  if (rank >= 0) {
    std::vector<int64_t> sizes(rank);
    TF_GraphGetTensorShape(graph, output, sizes.data(), rank, status);
    status.Check();
    bool known = true;
    for (int64_t size : sizes) known = known && size >= 0;
    if (known) shape = Shape(env, sizes);
  }
  return Object(env, {{"dtype", Number(env, TF_OperationOutputType(output))}, {"shape", shape}});
}

// graphAdd(graph, name, op, inputs: (string | string[])[], attributes: [string, Uint8Array][]): { dtype, shape }[]
// Attributes are AttrValue protocol buffers; an inner list of inputs is one argument of the op.
napi_value GraphAdd(napi_env env, const Arguments &arguments) {
  TF_Graph *graph = Held<Graph>(env, arguments[0]).graph;
  const std::string name = Text(env, arguments[1]), op = Text(env, arguments[2]);
  Status status;
  // Everything that can throw comes before the description, which only its end frees.
  struct Input {
    bool list;
    std::vector<TF_Output> outputs;
  };
  std::vector<Input> inputs;
  for (napi_value item : Items(env, arguments[3])) {
    Input input{IsArray(env, item), {}};
    if (input.list)
      for (const std::string &one : Texts(env, item)) input.outputs.push_back(OutputNamed(graph, one));
    else
      input.outputs.push_back(OutputNamed(graph, Text(env, item)));
    inputs.push_back(std::move(input));
  }
  struct Attribute {
    std::string name;
    Bytes bytes;
  };
  std::vector<Attribute> attributes;
  for (napi_value item : Items(env, arguments[4])) {
    const std::vector<napi_value> pair = Items(env, item);
    attributes.push_back({Text(env, pair.at(0)), BytesOf(env, pair.at(1))});
  }
  TF_OperationDescription *description = TF_NewOperation(graph, op.c_str(), name.c_str());
  for (const Input &input : inputs) {
    if (input.list)
      TF_AddInputList(description, input.outputs.data(), static_cast<int>(input.outputs.size()));
    else
      TF_AddInput(description, input.outputs[0]);
  }
  for (const Attribute &attribute : attributes)
    TF_SetAttrValueProto(description, attribute.name.c_str(), attribute.bytes.data, attribute.bytes.size, status);
  // Whatever was wrong before is said again by the end.
  TF_Operation *node = TF_FinishOperation(description, status);
  status.Check();
  std::vector<napi_value> outputs;
  for (int i = 0; i < TF_OperationNumOutputs(node); i++) outputs.push_back(Described(env, graph, {node, i}));
  return List(env, outputs);
}

napi_value CopyOf(napi_env env, const BufferPtr &buffer) {
  void *data;
  napi_value copy, array;
  Check(napi_create_arraybuffer(env, buffer->length, &data, &copy));
  if (buffer->length > 0) memcpy(data, buffer->data, buffer->length);
  Check(napi_create_typedarray(env, napi_uint8_array, buffer->length, copy, 0, &array));
  return array;
}

// opList(): Uint8Array, an OpList protocol buffer (op_def.proto)
napi_value OpList(napi_env env, const Arguments &) { return CopyOf(env, BufferPtr(TF_GetAllOpList())); }

// kernelsOf(op): Uint8Array, a KernelList protocol buffer (kernel_def.proto); empty where the library has none
napi_value KernelsOf(napi_env env, const Arguments &arguments) {
  Status status;
  const BufferPtr kernels(TF_GetRegisteredKernelsForOp(Text(env, arguments[0]).c_str(), status));
  status.Check();
  return CopyOf(env, kernels);
}

}  // namespace

std::vector<napi_property_descriptor> GraphMembers() {
  return {Member<GraphOpen, 0>("graphOpen"), Member<GraphAdd, 5>("graphAdd"), Member<OpList, 0>("opList"),
          Member<KernelsOf, 1>("kernelsOf")};
}

}  // namespace netloom
