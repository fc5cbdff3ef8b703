// Graphs that run. A session holds variables between calls, can be extended at any time, and computes on a thread of its
// own, call after call in the order in which they came, while JavaScript prepares the next ones.
#include "sessions.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "values.h"

namespace netloom {

namespace {

// What one call takes and gives.
struct Plan {
  std::vector<TF_Output> inputs, outputs;
  std::vector<const TF_Operation *> targets;
};

struct Job {
  const Plan *plan;
  std::vector<TensorPtr> inputs, outputs;
  std::string failure;
  bool done = false;
  // Of calls that JavaScript does not wait for.
  napi_deferred promise = nullptr;
};

napi_value ValueOf(napi_env env, TF_Tensor *tensor) {
  napi_typedarray_type type;
  switch (TF_TensorType(tensor)) {
    case TF_FLOAT:
      type = napi_float32_array;
      break;
    case TF_INT32:
      type = napi_int32_array;
      break;
    case TF_UINT8:
    case TF_BOOL:
      type = napi_uint8_array;
      break;
    default:
      throw Failure("a step gives a tensor of a type that JavaScript has no array for");
  }
  const size_t bytes = TF_TensorByteSize(tensor);
  void *data;
  napi_value buffer, array;
  Check(napi_create_arraybuffer(env, bytes, &data, &buffer));
  if (bytes > 0) memcpy(data, TF_TensorData(tensor), bytes);
  const size_t width = type == napi_uint8_array ? 1 : 4;
  Check(napi_create_typedarray(env, type, bytes / width, buffer, 0, &array));
  std::vector<int64_t> shape;
  for (int i = 0; i < TF_NumDims(tensor); i++) shape.push_back(TF_Dim(tensor, i));
  return Object(env, {{"data", array}, {"shape", Shape(env, shape)}});
}

napi_value ValuesOf(napi_env env, const std::vector<TensorPtr> &tensors) {
  std::vector<napi_value> values;
  for (const TensorPtr &tensor : tensors) values.push_back(ValueOf(env, tensor.get()));
  return List(env, values);
}

class Session {
 public:
  Session(napi_env env, Bytes config, Bytes call) : env_(env), options_(TF_NewBufferFromString(call.data, call.size)) {
    Status status;
    std::unique_ptr<TF_SessionOptions, decltype(&TF_DeleteSessionOptions)> options(TF_NewSessionOptions(), TF_DeleteSessionOptions);
    TF_SetConfig(options.get(), config.data, config.size, status);
    status.Check();
    graph_ = TF_NewGraph();
    session_ = TF_NewSession(graph_, options.get(), status);
    if (TF_GetCode(status) != TF_OK) TF_DeleteGraph(graph_);
    status.Check();
    napi_value name;
    Check(napi_create_string_utf8(env, "netloom-session", NAPI_AUTO_LENGTH, &name));
    Check(napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, this, Settle, &settled_));
    // Only while a promise is open does it keep the process.
    Check(napi_unref_threadsafe_function(env, settled_));
    Check(napi_add_env_cleanup_hook(env, OnExit, this));
    worker_ = std::thread([this] { Work(); });
  }

  ~Session() {
    if (settled_ == nullptr) return;
    Close();
    napi_remove_env_cleanup_hook(env_, OnExit, this);
    napi_release_threadsafe_function(settled_, napi_tsfn_abort);
  }

  void Extend(Bytes graph_def, const std::string &prefix) {
    Status status;
    const BufferPtr buffer(TF_NewBufferFromString(graph_def.data, graph_def.size));
    std::unique_ptr<TF_ImportGraphDefOptions, decltype(&TF_DeleteImportGraphDefOptions)> options(
        TF_NewImportGraphDefOptions(), TF_DeleteImportGraphDefOptions);
    TF_ImportGraphDefOptionsSetPrefix(options.get(), prefix.c_str());
    TF_GraphImportGraphDef(graph_, buffer.get(), options.get(), status);
    status.Check();
  }

  size_t AddPlan(const std::vector<std::string> &inputs, const std::vector<std::string> &outputs,
                 const std::vector<std::string> &targets) {
    auto plan = std::make_unique<Plan>();
    for (const std::string &name : inputs) plan->inputs.push_back(OutputNamed(graph_, name));
    for (const std::string &name : outputs) plan->outputs.push_back(OutputNamed(graph_, name));
    for (const std::string &name : targets) plan->targets.push_back(OutputNamed(graph_, name).oper);
    plans_.push_back(std::move(plan));
    return plans_.size() - 1;
  }

  // The inputs are copied: JavaScript may change its arrays at once. Each is { data, shape }.
  std::shared_ptr<Job> Prepare(napi_env env, size_t plan, napi_value feeds) {
    auto job = std::make_shared<Job>();
    job->plan = plans_.at(plan).get();
    const std::vector<napi_value> items = Items(env, feeds);
    if (items.size() != job->plan->inputs.size()) throw Failure("Invariant: a plan gets as many tensors as it has inputs");
    for (size_t i = 0; i < items.size(); i++) {
      napi_value data, shape;
      Check(napi_get_named_property(env, items[i], "data", &data));
      Check(napi_get_named_property(env, items[i], "shape", &shape));
      const Bytes bytes = BytesOf(env, data);
      std::vector<int64_t> sizes;
      for (napi_value size : Items(env, shape)) sizes.push_back(Integer(env, size));
      const TF_DataType type = TF_OperationOutputType(job->plan->inputs[i]);
      size_t wanted = TF_DataTypeSize(type);
      for (int64_t size : sizes) wanted *= size;
      if (wanted != bytes.size) throw Failure("Invariant: a tensor has as many bytes as its shape says");
      job->inputs.emplace_back(TF_AllocateTensor(type, sizes.data(), static_cast<int>(sizes.size()), bytes.size));
      if (bytes.size > 0) memcpy(TF_TensorData(job->inputs.back().get()), bytes.data, bytes.size);
    }
    return job;
  }

  // Later: through a promise.
  napi_value Start(napi_env env, const std::shared_ptr<Job> &job) {
    napi_value promise;
    Check(napi_create_promise(env, &job->promise, &promise));
    if (open_++ == 0) Check(napi_ref_threadsafe_function(env, settled_));
    Queue(job);
    return promise;
  }

  // Now: waits for it and for all that was started before it.
  void Wait(const std::shared_ptr<Job> &job) {
    Queue(job);
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return job->done; });
    if (!job->failure.empty()) throw Failure(job->failure);
  }

  // Lets what is being computed end, and drops the rest.
  void Close() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (closed_) return;
      closed_ = true;
    }
    changed_.notify_all();
    worker_.join();
    // Nobody hears of these any more.
    for (const std::shared_ptr<Job> &job : waiting_)
      if (job->promise != nullptr) open_--;
    waiting_.clear();
    if (open_ == 0) napi_unref_threadsafe_function(env_, settled_);
    Status status;
    TF_CloseSession(session_, status);
    TF_DeleteSession(session_, status);
    TF_DeleteGraph(graph_);
  }

 private:
  // Node frees the function of its own accord after this; releasing it in the destructor would be too late.
  static void OnExit(void *held) {
    Session &session = *static_cast<Session *>(held);
    session.Close();
    napi_release_threadsafe_function(session.settled_, napi_tsfn_abort);
    session.settled_ = nullptr;
  }

  void Queue(const std::shared_ptr<Job> &job) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (closed_) throw Failure("Invariant: the session is open");
      waiting_.push_back(job);
    }
    changed_.notify_all();
  }

  void Work() {
    for (;;) {
      std::shared_ptr<Job> job;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
        if (closed_) return;
        job = std::move(waiting_.front());
        waiting_.pop_front();
      }
      Compute(*job);
      const bool promised = job->promise != nullptr;
      {
        std::lock_guard<std::mutex> lock(mutex_);
        job->done = true;
      }
      if (promised)
        napi_call_threadsafe_function(settled_, new std::shared_ptr<Job>(std::move(job)), napi_tsfn_nonblocking);
      else
        changed_.notify_all();
    }
  }

  void Compute(Job &job) {
    // After a failure the variables may be half written: nothing of this session counts any more.
    if (!failure_.empty()) {
      job.failure = failure_;
      return;
    }
    const Plan &plan = *job.plan;
    std::vector<TF_Tensor *> inputs, outputs(plan.outputs.size(), nullptr);
    for (const TensorPtr &tensor : job.inputs) inputs.push_back(tensor.get());
    Status status;
    TF_SessionRun(session_, options_.get(), plan.inputs.data(), inputs.data(), static_cast<int>(inputs.size()), plan.outputs.data(),
                  outputs.data(), static_cast<int>(outputs.size()), plan.targets.data(), static_cast<int>(plan.targets.size()),
                  nullptr, status);
    for (TF_Tensor *tensor : outputs)
      if (tensor != nullptr) job.outputs.emplace_back(tensor);
    job.inputs.clear();
    if (TF_GetCode(status) != TF_OK) job.failure = failure_ = TF_Message(status);
  }

  // On JavaScript's thread.
  static void Settle(napi_env env, napi_value, void *context, void *data) {
    const std::unique_ptr<std::shared_ptr<Job>> held(static_cast<std::shared_ptr<Job> *>(data));
    // The process ends.
    if (env == nullptr) return;
    Session &session = *static_cast<Session *>(context);
    Job &job = **held;
    if (--session.open_ == 0) napi_unref_threadsafe_function(env, session.settled_);
    try {
      if (!job.failure.empty()) throw Failure(job.failure);
      napi_resolve_deferred(env, job.promise, ValuesOf(env, job.outputs));
    } catch (const std::exception &failure) {
      napi_value message, error;
      napi_create_string_utf8(env, failure.what(), NAPI_AUTO_LENGTH, &message);
      napi_create_error(env, nullptr, message, &error);
      napi_reject_deferred(env, job.promise, error);
    }
  }

  napi_env env_;
  const BufferPtr options_;
  TF_Graph *graph_;
  TF_Session *session_;
  std::vector<std::unique_ptr<Plan>> plans_;
  napi_threadsafe_function settled_;
  // Promises that are not settled; used on JavaScript's thread only.
  int open_ = 0;
  // Of the worker only.
  std::string failure_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Job>> waiting_;
  bool closed_ = false;
  std::thread worker_;
};

// sessionOpen(config: Uint8Array, a ConfigProto, call: Uint8Array, the RunOptions of each call): session
napi_value SessionOpen(napi_env env, const Arguments &arguments) {
  return External(env, std::make_unique<Session>(env, BytesOf(env, arguments[0]), BytesOf(env, arguments[1])));
}

// sessionExtend(session, graphDef: Uint8Array, prefix: string): void
napi_value SessionExtend(napi_env env, const Arguments &arguments) {
  Held<Session>(env, arguments[0]).Extend(BytesOf(env, arguments[1]), Text(env, arguments[2]));
  return nullptr;
}

// sessionPlan(session, inputs: string[], outputs: string[], targets: string[]): number
napi_value SessionPlan(napi_env env, const Arguments &arguments) {
  Session &session = Held<Session>(env, arguments[0]);
  return Number(env, session.AddPlan(Texts(env, arguments[1]), Texts(env, arguments[2]), Texts(env, arguments[3])));
}

// sessionStart(session, plan, inputs: { data, shape }[]): Promise<{ data, shape }[]>
napi_value SessionStart(napi_env env, const Arguments &arguments) {
  Session &session = Held<Session>(env, arguments[0]);
  return session.Start(env, session.Prepare(env, Integer(env, arguments[1]), arguments[2]));
}

// sessionRun(session, plan, inputs: { data, shape }[]): { data, shape }[]
napi_value SessionRun(napi_env env, const Arguments &arguments) {
  Session &session = Held<Session>(env, arguments[0]);
  const std::shared_ptr<Job> job = session.Prepare(env, Integer(env, arguments[1]), arguments[2]);
  session.Wait(job);
  return ValuesOf(env, job->outputs);
}

// sessionClose(session): void
napi_value SessionClose(napi_env env, const Arguments &arguments) {
  Held<Session>(env, arguments[0]).Close();
  return nullptr;
}

}  // namespace

std::vector<napi_property_descriptor> SessionMembers() {
  return {Member<SessionOpen, 2>("sessionOpen"),   Member<SessionExtend, 3>("sessionExtend"),
          Member<SessionPlan, 4>("sessionPlan"),   Member<SessionStart, 3>("sessionStart"),
          Member<SessionRun, 3>("sessionRun"),     Member<SessionClose, 1>("sessionClose")};
}

}  // namespace netloom
