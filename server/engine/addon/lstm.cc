#include "lstm.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif

namespace netloom {

namespace {

#define SET any
#define TARGET
#define LANES 4
#define ROWS 3
#include "lstm-rows.inc"
#undef SET
#undef TARGET
#undef LANES
#undef ROWS

#if defined(__x86_64__)

#define SET avx2
#define TARGET __attribute__((target("avx2,fma")))
#define LANES 8
#define ROWS 3
#include "lstm-rows.inc"
#undef SET
#undef TARGET
#undef LANES
#undef ROWS

#define SET avx512
#define TARGET __attribute__((target("avx512f,fma")))
#define LANES 16
#define ROWS 6
#include "lstm-rows.inc"

// Parts of the registers that the system keeps for each thread (XCR0).
uint64_t KeptRegisters() {
  uint32_t low, high;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (static_cast<uint64_t>(high) << 32) | low;
}

const Lstm &Choose() {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_FMA)) return any::kLstm;
  const uint64_t kept = KeptRegisters();
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return any::kLstm;
  if ((b & bit_AVX512F) && (kept & 0xe6) == 0xe6) return avx512::kLstm;
  return (b & bit_AVX2) && (kept & 0x06) == 0x06 ? avx2::kLstm : any::kLstm;
}

#else

const Lstm &Choose() { return any::kLstm; }

#endif

}  // namespace

const Lstm &BestLstm() {
  static const Lstm &best = Choose();
  return best;
}

}  // namespace netloom
