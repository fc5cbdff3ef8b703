#include "parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace netloom {

namespace {

class Pool {
 public:
  explicit Pool(size_t helpers) {
    for (size_t i = 0; i < helpers; i++) std::thread([this] { Help(); }).detach();
    helpers_ = helpers;
  }

  void Run(size_t count, const std::function<void(size_t)> &part) {
    std::unique_lock<std::mutex> alone(busy_, std::try_to_lock);
    if (!alone || helpers_ == 0 || count < 2) {
      for (size_t i = 0; i < count; i++) part(i);
      return;
    }
    {
      std::lock_guard<std::mutex> lock(mutex_);
      part_ = &part;
      count_ = count;
      next_ = 0;
      working_ = helpers_;
      round_++;
    }
    begun_.notify_all();
    Take();
    std::unique_lock<std::mutex> lock(mutex_);
    ended_.wait(lock, [this] { return working_ == 0; });
  }

 private:
  void Take() {
    for (size_t i = next_++; i < count_; i = next_++) (*part_)(i);
  }

  void Help() {
    for (size_t seen = 0;;) {
      {
        std::unique_lock<std::mutex> lock(mutex_);
        begun_.wait(lock, [&] { return round_ != seen; });
        seen = round_;
      }
      Take();
      std::lock_guard<std::mutex> lock(mutex_);
      if (--working_ == 0) ended_.notify_one();
    }
  }

  std::mutex busy_, mutex_;
  std::condition_variable begun_, ended_;
  const std::function<void(size_t)> *part_ = nullptr;
  size_t helpers_ = 0, count_ = 0, working_ = 0, round_ = 0;
  std::atomic<size_t> next_{0};
};

}  // namespace

size_t Threads() {
  static const size_t threads = [] {
    const char *said = std::getenv("TF_NUM_INTRAOP_THREADS");
    const int number = said == nullptr ? 0 : std::atoi(said);
    return number > 0 ? static_cast<size_t>(number) : std::max<size_t>(1, std::thread::hardware_concurrency());
  }();
  return threads;
}

void InParallel(size_t count, const std::function<void(size_t)> &part) {
  // Stays until the process ends: its threads use it.
  static Pool *const pool = new Pool(Threads() - 1);
  pool->Run(count, part);
}

}  // namespace netloom
